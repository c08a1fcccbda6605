import { canonicalEventSchema, eventTypes } from '../../../nodes/shared/event';
import { accept, minimal, now, nowIso, parsed, rejectOf, codeOf, warnings } from './helpers';

const { track, identify, page } = minimal;
const nobody = { type: 'track', event: 'Order Completed' };

test.each(eventTypes)('accepts a %s event with only the required fields', (type) => {
	expect(canonicalEventSchema.parse(accept(minimal[type]))).toMatchObject({ ...minimal[type], version: '1' });
	expect(warnings(minimal[type])).toEqual([]);
});

test('gives a minimal event all fields of the contract and no others', () => {
	expect(accept(track)).toEqual({
		type: 'track',
		messageId: 'fallback-id',
		event: 'Order Completed',
		userId: 'u1',
		anonymousId: null,
		traits: {},
		properties: {},
		context: {},
		integrations: {},
		receivedAt: nowIso,
		timestamp: nowIso,
		version: '1',
		_meta: {
			format: 'segment',
			transport: 'webhook',
			batchIndex: 0,
			batchSize: 1,
			verified: false,
			warnings: [],
		},
	});
});

describe('type', () => {
	test.each(eventTypes)('accepts %s in any case and returns it in lower case', (type) => {
		expect(accept({ ...minimal[type], type: type.toUpperCase() }).type).toBe(type);
	});

	const untyped = { event: 'Order Completed', userId: 'u1', groupId: 'g1', previousId: 'p1', traits: {} };
	test.each([
		['the URL, before all else', untyped, 'identify', 'identify'],
		['the URL, for a null type', { ...untyped, type: null }, 'group', 'group'],
		['the URL, for an empty type', { ...untyped, type: '' }, 'alias', 'alias'],
		['"event", which makes it a track', untyped, undefined, 'track'],
		['"traits", which make it an identify', { userId: 'u1', traits: {} }, undefined, 'identify'],
		['"traits" beside a null event', { userId: 'u1', event: null, traits: {} }, undefined, 'identify'],
		['"traits" beside an empty event', { userId: 'u1', event: '', traits: {} }, undefined, 'identify'],
		['"traits" beside a blank event', { userId: 'u1', event: '  ', traits: {} }, undefined, 'identify'],
	] as const)('is inferred from %s if it is missing', (_, received, typeHint, type) => {
		expect(accept(received, { typeHint }).type).toBe(type);
	});

	test('of the event wins over the type in the URL', () => {
		expect(accept(track, { typeHint: 'identify' }).type).toBe('track');
	});

	test.each([
		['nothing tells', { userId: 'u1' }],
		['what could tell is null', { userId: 'u1', event: null, traits: null }],
		['it is of no known kind', { ...track, type: 'charge' }],
		['it is a number', { ...track, type: 7 }],
	])('is rejected if %s', (_, received) => {
		expect(codeOf(received)).toBe('unknown_type');
	});
});

test.each(['', '  '])('a blank event name, %j, is the reason to reject an event without a type', (event) => {
	expect(codeOf({ event, userId: 'u1' })).toBe('missing_event_name');
});

describe('messageId', () => {
	test.each([
		['as it is', 'm-1', 'm-1'],
		['trimmed', '  m-1\n', 'm-1'],
		['a number as text', 42, '42'],
		['zero as text', 0, '0'],
		['of one character', 'm', 'm'],
		['of 100 characters', 'm'.repeat(100), 'm'.repeat(100)],
		['of 100 characters after trimming', ` ${'m'.repeat(100)} `, 'm'.repeat(100)],
	])('is kept %s', (_, messageId, expected) => {
		expect(accept({ ...track, messageId }).messageId).toBe(expected);
	});

	test.each([[undefined], [null], [''], ['   '], [{}], [true], [1234567890123456789]])(
		'%j gets the id of the transport',
		(messageId) => {
			expect(accept({ ...track, messageId }).messageId).toBe('fallback-id');
		},
	);

	test('requests a new ID only for an event without one', () => {
		const fallbackId = jest.fn(() => 'fallback-id');
		accept({ ...track, messageId: 'm-1' }, { fallbackId });
		expect(fallbackId).not.toHaveBeenCalled();
	});

	test('is rejected if it has 101 characters', () => {
		expect(codeOf({ ...track, messageId: 'm'.repeat(101) })).toBe('message_id_too_long');
	});
});

describe('event', () => {
	test.each([
		['as it is', 'Order Completed', 'Order Completed'],
		['trimmed', '\tOrder Completed ', 'Order Completed'],
		['a number as text', 404, '404'],
		['of one character', 'x', 'x'],
		['of 200 characters', 'x'.repeat(200), 'x'.repeat(200)],
	])('is kept %s', (_, event, expected) => {
		expect(accept({ ...track, event }).event).toBe(expected);
	});

	test.each([
		['a missing one', undefined, 'missing_event_name'],
		['null', null, 'missing_event_name'],
		['empty text', '', 'missing_event_name'],
		['blank text', '  ', 'missing_event_name'],
		['an object', {}, 'event_name_not_text'],
		['a list', ['a'], 'event_name_not_text'],
		['true', true, 'event_name_not_text'],
		['201 characters', 'x'.repeat(201), 'event_name_too_long'],
	])('%s is rejected in a track event', (_, event, code) => {
		expect(codeOf({ ...track, event })).toBe(code);
	});

	test.each(['identify', 'page', 'screen', 'group', 'alias'] as const)(
		'is not required in %s events',
		(type) => {
			expect(accept(minimal[type])).not.toHaveProperty('event');
		},
	);

	test.each(['page', 'screen'] as const)('%s events have a name and a category', (type) => {
		const received = { ...minimal[type], name: 'Pricing', category: 'Docs' };
		expect(accept(received)).toMatchObject({ name: 'Pricing', category: 'Docs' });
	});
});

describe('userId and anonymousId', () => {
	describe.each(['userId', 'anonymousId'] as const)('%s', (field) => {
		const other = field === 'userId' ? 'anonymousId' : 'userId';

		test.each([
			['as it is', 'p-1', 'p-1'],
			['a number as text', 97980, '97980'],
			['zero as text', 0, '0'],
			['of one character', 'p', 'p'],
			['of 256 characters', 'p'.repeat(256), 'p'.repeat(256)],
		])('is enough without the other one, %s', (_, id, expected) => {
			expect(accept({ ...nobody, [field]: id })).toMatchObject({ [field]: expected, [other]: null });
		});

		test.each([[undefined], [null], [''], ['  ']])('%j becomes null next to the other one', (id) => {
			expect(accept({ ...nobody, [field]: id, [other]: 'p-2' })).toMatchObject({
				[field]: null,
				[other]: 'p-2',
			});
		});

		test.each([
			['of 257 characters', 'p'.repeat(257), 'id_too_long'],
			['an object', { id: 1 }, 'id_not_text'],
			['a list', ['p-1'], 'id_not_text'],
			['false', false, 'id_not_text'],
			['a number that JSON rounds', 1234567890123456789, 'id_not_text'],
			['a negative one', -(2 ** 53), 'id_not_text'],
			['a number too large for JavaScript', Infinity, 'id_not_text'],
		])('%s is rejected', (_, id, code) => {
			expect(rejectOf({ ...nobody, [field]: id, [other]: 'p-2' })).toMatchObject({ code, path: field });
		});
	});

	test('accepts only numbers that JSON parsing does not round as IDs', () => {
		expect(accept({ ...nobody, userId: Number.MAX_SAFE_INTEGER }).userId).toBe('9007199254740991');
		const { message } = rejectOf(parsed('{"type":"track","event":"e","userId":9007199254740993}'));
		expect(message).toContain('Send this ID as text');
	});

	test.each([
		['missing', {}],
		['empty', { userId: '', anonymousId: '' }],
		['null', { userId: null, anonymousId: null }],
	])('both %s: the event is rejected', (_, ids) => {
		expect(codeOf({ ...nobody, ...ids })).toBe('no_user_anon_id');
	});
});

describe('groupId and previousId', () => {
	test.each([
		['group', 'groupId', { userId: 'u1' }],
		['group', 'groupId', { anonymousId: 'a1' }],
		['alias', 'previousId', { userId: 'u1' }],
	] as const)('%s events need their %s next to %j', (type, field, person) => {
		expect(accept({ type, ...person, [field]: 'x' })).toMatchObject({ [field]: 'x' });
		expect(accept({ type, ...person, [field]: 5 })).toMatchObject({ [field]: '5' });
	});

	test.each([
		['a group without a groupId', { type: 'group', userId: 'u1' }, 'missing_group_id'],
		['a group with an empty groupId', { type: 'group', userId: 'u1', groupId: '' }, 'missing_group_id'],
		['a group of nobody', { type: 'group', groupId: 'g1' }, 'no_user_anon_id'],
		['an alias without a previousId', { type: 'alias', userId: 'u1' }, 'missing_previous_id'],
		[
			'an alias with only an anonymousId',
			{ type: 'alias', anonymousId: 'a1', previousId: 'p1' },
			'missing_user_id',
		],
		['a groupId that is a list', { type: 'group', userId: 'u1', groupId: [] }, 'id_not_text'],
		['a previousId of 257', { type: 'alias', userId: 'u1', previousId: 'p'.repeat(257) }, 'id_too_long'],
	])('%s is rejected', (_, received, code) => {
		expect(codeOf(received)).toBe(code);
	});

	test('are missing, not null, in events without them', () => {
		expect(Object.keys(accept(track))).not.toEqual(expect.arrayContaining(['groupId']));
		expect(Object.keys(accept(track))).not.toEqual(expect.arrayContaining(['previousId']));
	});
});

describe('an ID that comes from a broken expression', () => {
	const suspicious = (more: object, options = {}) =>
		warnings({ ...minimal.alias, ...more }, options).filter((warning) => warning.endsWith('suspicious_id'));

	test.each(['userId', 'anonymousId', 'groupId', 'previousId'])('gives a warning: %s', (field) => {
		expect(suspicious({ [field]: 'undefined' })).toEqual([`${field}: suspicious_id`]);
		expect(suspicious({ [field]: 'u-1' })).toEqual([]);
	});

	test.each([
		'#N/A',
		'#REF!',
		'#VALUE!',
		'#NAME?',
		'#DIV/0!',
		'#ERROR!',
		'N/A',
		'nil',
		'Infinity',
		'{}',
		'[]',
	])('gives a warning for %s', (id) => {
		expect(suspicious({ userId: id })).toEqual(['userId: suspicious_id']);
	});

	test.each(['#1', 'N/A-7', 'nils', 'infinity-pool', '{}x', '0', '-'])('gives none for %s', (id) => {
		expect(suspicious({ userId: id })).toEqual([]);
	});

	test('gives none inside a workflow, where the service that gets it does', () => {
		expect(suspicious({ userId: 'undefined' }, { trustMeta: true })).toEqual([]);
	});
});

describe('traits', () => {
	const context = { traits: { plan: 'free', email: 'ada@example.com' }, ip: '::1' };

	test.each(['identify', 'group'] as const)(
		'of %s events are merged over context.traits, which stay',
		(type) => {
			expect(accept({ ...minimal[type], traits: { plan: 'pro' }, context })).toMatchObject({
				traits: { plan: 'pro', email: 'ada@example.com' },
				context,
			});
		},
	);

	test.each(['identify', 'group'] as const)(
		'of %s events are read from context.traits if there are no others',
		(type) => {
			expect(accept({ ...minimal[type], context }).traits).toEqual(context.traits);
		},
	);

	test.each(['track', 'page', 'screen', 'alias'] as const)(
		'of %s events do not include context.traits',
		(type) => {
			expect(accept({ ...minimal[type], context }).traits).toEqual({});
		},
	);

	test.each([null, ''])('that are %j do not hide context.traits', (email) => {
		const traits = { email, plan: 'pro', name: null };
		expect(accept({ ...identify, traits, context }).traits).toEqual({
			...{ plan: 'pro', email: 'ada@example.com', name: null },
		});
	});

	test.each([['text'], [5], [[1]], [true]])('%j is ignored as context.traits', (traits) => {
		expect(accept({ ...identify, context: { traits } }).traits).toEqual({});
	});
});

describe.each(['properties', 'traits', 'context', 'integrations'] as const)('%s', (field) => {
	test.each([[undefined], [null]])('%j becomes {}', (value) => {
		expect(accept({ ...track, [field]: value })[field]).toEqual({});
	});

	test('is kept unchanged', () => {
		const value = { total: 42, lines: [{ sku: 'a', tags: ['x', null, 1.5, false] }], '': 'empty' };
		expect(accept({ ...track, [field]: value })[field]).toEqual(value);
	});

	test('is an empty object if it is an empty list, as PHP sends it', () => {
		expect(accept({ ...track, [field]: [] })[field]).toEqual({});
	});

	test.each([['text'], [''], [5], [0], [[1, 2]], [[{}]], [true], [false]])('%j is rejected', (value) => {
		const expected = { code: `${field}_not_object`, path: field };
		expect(rejectOf({ ...track, [field]: value })).toMatchObject(expected);
	});
});

describe('context and integrations of the batch', () => {
	const shared = {
		context: { app: 'shop', ip: '10.0.0.1' },
		integrations: { All: false, SuprSend: true },
	};

	test('are merged under the values of each event', () => {
		const received = { ...track, context: { ip: '10.0.0.2' }, integrations: { SuprSend: false } };
		expect(accept(received, { shared })).toMatchObject({
			context: { app: 'shop', ip: '10.0.0.2' },
			integrations: { All: false, SuprSend: false },
		});
	});

	test.each([[undefined], [null], [[]]])('replace the values of an event that are %j', (own) => {
		expect(accept({ ...track, context: own, integrations: own }, { shared })).toMatchObject(shared);
	});

	test('add their traits to an identify event', () => {
		const event = accept(identify, { shared: { context: { traits: { plan: 'pro' } } } });
		expect(event.traits).toEqual({ plan: 'pro' });
	});

	test.each([['text'], [5], [null], [[1]]])('have no effect if they are %j', (value) => {
		const received = { ...track, context: { ip: '::1' }, integrations: { All: true } };
		expect(accept(received, { shared: { context: value, integrations: value } })).toMatchObject(received);
	});

	test('do not hide that a value of the event is not an object', () => {
		expect(codeOf({ ...track, context: 'text' }, { shared })).toBe('context_not_object');
		expect(codeOf({ ...track, integrations: [1] }, { shared })).toBe('integrations_not_object');
	});
});

describe('version', () => {
	test('is always the version of the contract', () => {
		expect(accept({ ...track, version: '7' }).version).toBe('1');
		expect(accept({ ...track, version: { a: 1 } }).version).toBe('1');
	});

	test('moves the number that an SDK sent to context.version', () => {
		expect(accept({ ...track, version: 2, context: { ip: '::1' } }).context).toEqual({
			version: 2,
			ip: '::1',
		});
	});

	test('does not replace an existing context.version', () => {
		expect(accept({ ...track, version: 2, context: { version: 'v9' } }).context).toEqual({ version: 'v9' });
	});
});

describe('_meta', () => {
	const meta = {
		format: 'segment-batch',
		transport: 'webhook' as const,
		webhookId: 'req-1',
		batchIndex: 3,
		batchSize: 9,
		verified: 'write-key',
	};
	const claimed = {
		...{ format: 'made-up', transport: 'item', batchIndex: 7, batchSize: 8, verified: 'standard-webhooks' },
		warnings: [{ path: 'event', code: 'name_from_number', message: 'It was a number.' }],
	};

	test('says how the event was received', () => {
		expect(accept(track, { meta })._meta).toEqual({ ...meta, warnings: [] });
	});

	test('of a sender is ignored, so that senders cannot claim to be verified', () => {
		expect(accept({ ...track, _meta: claimed }, { meta, trustMeta: false })._meta).toEqual({
			...meta,
			warnings: [],
		});
	});

	test('from inside a workflow is kept', () => {
		expect(accept({ ...track, _meta: claimed }, { meta, trustMeta: true })._meta).toEqual(claimed);
	});

	test('from inside a workflow keeps its warnings before new ones', () => {
		const received = { ...track, userId: 5, _meta: claimed };
		const { _meta } = accept(received, { meta, trustMeta: true });
		expect(_meta.warnings.map(({ code }) => code)).toEqual(['name_from_number', 'id_from_number']);
	});

	test.each([
		['null', null],
		['text', 'verified'],
		['incomplete', { verified: 'write-key' }],
		['of wrong types', { ...claimed, batchIndex: -1 }],
		['with verified: true', { ...claimed, verified: true }],
	])('from inside a workflow is replaced if it is %s', (_, _meta) => {
		expect(accept({ ...track, _meta }, { meta, trustMeta: true })._meta).toEqual({ ...meta, warnings: [] });
	});
});

test('accepts an event from an error output unchanged', () => {
	const event = accept({ ...page, timestamp: '2025-01-01' });
	const failed = { ...event, error: { message: 'SuprSend refused the data', status: 'failed' } };
	expect(accept(failed, { trustMeta: true, now: now + 60_000 })).toEqual(event);
});

test('keeps a canonical event without its own time the same in the next node', () => {
	const event = accept(track);
	expect(accept(event, { trustMeta: true, now: now + 60_000 })).toEqual(event);
});

test('a group event can have the ID of its group in its traits', () => {
	const received = { type: 'group', userId: 'u1', traits: { groupId: 'g1' } };
	expect(accept(received)).toMatchObject({ groupId: 'g1', traits: { groupId: 'g1' } });
	expect(accept({ ...received, groupId: 'own' }).groupId).toBe('own');
	expect(codeOf({ ...received, traits: { groupId: {} } })).toBe('id_not_text');
	expect(accept({ ...received, type: 'identify' })).not.toHaveProperty('groupId');
});

test.each(['rudderId', 'request_ip', 'message_id', 'session_id'])(
	'%s, which RudderStack adds for itself, is left out without a warning',
	(field) => {
		expect(warnings({ ...track, [field]: 'x' })).toEqual([]);
	},
);
