import { createHash } from 'node:crypto';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { runNode, type RunOptions } from './harness/run-node';

async function run(
	parameters: INodeParameters,
	items: IDataObject[],
	more: Pick<RunOptions, 'binary' | 'executionId' | 'onError'> = {},
) {
	const { stored, error } = await runNode({
		node: 'customerEvents',
		parameters,
		credentials: {},
		items,
		...more,
	});
	const [events = [], rejected = []] = stored[0]?.data?.main ?? [];
	return { events: events ?? [], rejected: rejected ?? [], error, hints: stored[0]?.hints ?? [] };
}

const track = (more: IDataObject = {}): IDataObject => ({
	type: 'track',
	event: 'Order Completed',
	userId: 'u1',
	messageId: 'm1',
	timestamp: '2026-01-02T03:04:05.678Z',
	...more,
});

describe.each(['convert', 'validate'])('the files of an item, with the operation %s,', (operation) => {
	const binary = { data: { data: 'eHh4', mimeType: 'application/pdf', fileName: 'invoice.pdf' } };

	test('stay with its event or its reject', async () => {
		const { events, rejected } = await run({ operation }, [track(), track({ userId: null })], { binary });
		expect(events).toMatchObject([{ binary }]);
		expect(rejected).toMatchObject([{ binary }]);
	});

	test('stay with an item that cannot be read', async () => {
		const parameters = { operation, eventField: '={{ $json.missing.field }}', payloadField: '={{ nope() }}' };
		const { rejected } = await run(parameters, [track()], { binary, onError: 'continueRegularOutput' });
		expect(rejected).toMatchObject([{ binary }]);
	});
});

test('leaves files out of the events of a batch, which would each hold a copy', async () => {
	const binary = { data: { data: 'eHh4', mimeType: 'application/pdf' } };
	const { events } = await run({ operation: 'convert' }, [{ batch: [track(), track({ messageId: 'm2' })] }], {
		binary,
	});
	expect(events).toHaveLength(2);
	for (const event of events) expect(event).not.toHaveProperty('binary');
});

describe('Convert', () => {
	const convert = { operation: 'convert' };

	test('converts a batch to events that are linked to their item', async () => {
		const items = [
			{ batch: [track(), track({ messageId: 'm2', userId: null })] },
			track({ messageId: 'm3' }),
		];
		const { events, rejected } = await run(convert, items);

		expect(events.map(({ json, pairedItem }) => [json.messageId, pairedItem])).toEqual([
			['m1', { item: 0 }],
			['m3', { item: 1 }],
		]);
		expect(events[0]?.json).toMatchObject({
			version: '1',
			_meta: { format: 'segment-batch', transport: 'item' },
		});
		expect(rejected.map(({ json, pairedItem }) => [json.code, json.messageId, pairedItem])).toEqual([
			['no_user_anon_id', 'm2', { item: 0 }],
		]);
	});

	test('reads database rows by the paths', async () => {
		const parameters = {
			...convert,
			format: 'generic',
			...{ userId: 'customer.id', properties: 'data' },
			paths: { event: 'action', timestamp: 'created' },
		};
		const row = { action: 'Signed Up', customer: { id: 7 }, created: 1767323045, data: { plan: 'pro' } };
		const { events } = await run(parameters, [row]);

		expect(events[0]?.json).toMatchObject({
			type: 'track',
			event: 'Signed Up',
			userId: '7',
			timestamp: '2026-01-02T03:04:05.000Z',
			properties: { plan: 'pro' },
		});
	});

	const rows = [
		{ id: 'u1', email: 'ada@example.com', name: 'Ada', plan: 'pro' },
		{ id: 'u2', email: 'grace@example.com', name: 'Grace', plan: 'free' },
	];

	test('makes identify events of rows, with all other fields as traits', async () => {
		const { events, rejected } = await run({ ...convert, eventType: 'identify', userId: 'id' }, rows);
		expect(rejected).toEqual([]);
		expect(events.map(({ json }) => json)).toMatchObject(
			rows.map(({ id, ...traits }) => ({ type: 'identify', userId: id, traits, properties: {} })),
		);
	});

	test('makes track events of rows, with a name for each row and the fields that are listed', async () => {
		const parameters = {
			...convert,
			userId: 'id',
			eventName: '=Plan {{ $json.plan }}',
			properties: 'plan, email',
		};
		const { events } = await run(parameters, rows);
		expect(events.map(({ json }) => json)).toMatchObject(
			rows.map(({ id, plan, email }) => ({ event: `Plan ${plan}`, userId: id, properties: { plan, email } })),
		);
	});

	test('makes the event of each row that its type says, and rejects types that do not exist', async () => {
		const parameters = {
			...convert,
			format: 'generic',
			eventType: 'fromPath',
			eventTypePath: 'kind',
			userId: 'id',
		};
		const { events, rejected } = await run(parameters, [
			{ kind: 'identify', id: 'u1', plan: 'pro' },
			{ kind: 'track', id: 'u1', event: 'Signed Up', plan: 'pro' },
			{ kind: 'customer', id: 'u1' },
		]);
		expect(events.map(({ json }) => json)).toMatchObject([
			{ type: 'identify', traits: { plan: 'pro' }, properties: {} },
			{ type: 'track', event: 'Signed Up', traits: {}, properties: { plan: 'pro' } },
		]);
		expect(rejected.map(({ json }) => json)).toMatchObject([{ item: 2, code: 'unknown_type' }]);
	});

	test('says which field to fill in when no row has a user', async () => {
		const { rejected } = await run({ ...convert, eventType: 'identify' }, rows.slice(0, 1));
		expect(rejected[0]?.json).toMatchObject({
			code: 'no_user_anon_id',
			message: expect.stringMatching(/Fill in 'User ID'/),
		});
	});

	test('reads the output of another trigger with its headers', async () => {
		const item = {
			headers: {
				'Ce-Specversion': '1.0',
				'Ce-Id': 'c1',
				'Ce-Source': '/shop',
				'Ce-Type': 'order',
				'Ce-Subject': 'u9',
			},
			body: { total: 42 },
		};
		const parameters = { ...convert, payloadField: 'body', options: { headersField: 'headers' } };
		const { events } = await run(parameters, [item]);

		expect(events[0]?.json).toMatchObject({
			event: 'order',
			userId: 'u9',
			messageId: 'c1',
			properties: { total: 42 },
		});
	});

	test('gives events without an ID one that stays the same in a retry', async () => {
		const items = [{ batch: [track({ messageId: '' }), track({ messageId: '' })] }];
		const ids = async (executionId: string) =>
			(await run(convert, items, { executionId })).events.map(({ json }) => json.messageId);
		const [first, again, other] = [await ids('7'), await ids('7'), await ids('8')];

		expect(new Set(first).size).toBe(2);
		expect(again).toEqual(first);
		expect(other).not.toEqual(first);
	});

	test('ignores what a payload says about its verification', async () => {
		const _meta = {
			...{ format: 'segment', transport: 'webhook', batchIndex: 0, batchSize: 1, verified: 'write-key' },
			warnings: [],
		};
		const { events } = await run(convert, [track({ _meta })]);

		expect(events[0]?.json._meta).toMatchObject({ transport: 'item', verified: false });
	});

	test('says how many duplicates it dropped', async () => {
		const { events, hints } = await run(convert, [{ batch: [track(), track()] }]);

		expect(events).toHaveLength(1);
		expect(hints.map(({ message }) => message)).toEqual([
			'1 event was skipped because the same payload contains another event with the same messageId.',
		]);
	});

	test.each([[{}], [{ batch: 'no list' }], [{ event: {} }]])(
		'rejects or accepts %j instead of losing it',
		async (item) => {
			const { events, rejected, error } = await run(convert, [item]);

			expect(error).toBeUndefined();
			expect(events.length + rejected.length).toBe(1);
		},
	);
});

describe('Suggest Plan', () => {
	const suggest = { operation: 'suggestPlan' };
	const events = [
		track({ properties: { total: 42, currency: 'EUR', address: { city: 'Rome' } } }),
		track({ messageId: 'm2', properties: { total: 1 } }),
		{ type: 'identify', userId: 'u1', traits: { email: 'ada@example.com' } },
	];

	test('returns the rows of a plan, and rejects what is not an event', async () => {
		const { events: rows, rejected, hints } = await run(suggest, [...events, { total: 42 }]);

		expect(rows.map(({ json }) => json)).toEqual([
			{ event: 'Order Completed', property: 'total', type: 'number', required: true },
			{ event: 'Order Completed', property: 'currency', type: 'text', required: false },
			{ event: 'Order Completed', property: 'address', type: 'object', required: false },
			{ event: 'Order Completed', property: 'address.city', type: 'text', required: false },
			{ event: 'identify', property: 'email', type: 'text', required: true },
		]);
		expect(rejected).toMatchObject([{ json: { item: 3, code: 'unknown_type' } }]);
		expect(hints).toHaveLength(1);
	});

	test('can be pasted as the plan of Validate', async () => {
		const { events: rows } = await run(suggest, events);
		const parameters = {
			...{ operation: 'validate', planSource: 'json', unplanned: 'reject' },
			planJson: JSON.stringify(rows.map(({ json }) => json)),
		};
		expect((await run(parameters, events)).rejected).toEqual([]);
		const { rejected } = await run(parameters, [track({ properties: { total: 'much' } })]);
		expect(rejected).toMatchObject([{ json: { code: 'plan_violation', path: 'properties.total' } }]);
	});

	test('reads the events from a field', async () => {
		const { events: rows } = await run({ ...suggest, eventField: 'body' }, [{ body: events[2] ?? {} }]);
		expect(rows).toMatchObject([{ json: { event: 'identify', property: 'email' } }]);
	});
});

describe('Validate', () => {
	const validate = { operation: 'validate' };

	test('keeps the _meta of an event and rejects with the same codes', async () => {
		const _meta = {
			...{ format: 'segment', transport: 'webhook', batchIndex: 3, batchSize: 9, verified: 'write-key' },
			warnings: [],
		};
		const { events, rejected, hints } = await run(validate, [
			track({ _meta }),
			{ type: 'track', userId: 'u' },
		]);

		expect(events[0]?.json._meta).toEqual(_meta);
		expect(rejected[0]?.json).toMatchObject({ item: 1, index: 0, code: 'missing_event_name' });
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(
				/^1 of 2 was rejected and came out of the Rejected output\. The first rejected event \(from item 1, counted from 0\): /,
			),
		]);
	});

	test.each([['body.event'], ['={{ $json.body.event }}']])(
		'reads the event from the field %s',
		async (eventField) => {
			const { events } = await run({ ...validate, eventField }, [{ body: { event: track() } }]);

			expect(events[0]?.json).toMatchObject({ messageId: 'm1' });
		},
	);

	test('checks a plan from the form', async () => {
		const rows = [
			{ event: 'Order Completed', property: 'total', type: 'number', required: true, allowedValues: '' },
			{ event: 'Order Completed', property: 'currency', type: 'text', allowedValues: 'EUR, USD' },
		];
		const { events, rejected } = await run(
			{ ...validate, planSource: 'fields', planRows: { rows }, unplanned: 'reject' },
			[
				track({ messageId: 'good', properties: { total: 1, currency: 'EUR' } }),
				track({ messageId: 'bad', properties: { total: '1', currency: 'GBP' } }),
				track({ messageId: 'unplanned', event: 'Signed Up' }),
			],
		);

		expect(events.map(({ json }) => json.messageId)).toEqual(['good']);
		expect(rejected.map(({ json }) => [json.messageId, json.code, json.message])).toEqual([
			[
				'bad',
				'plan_violation',
				"'properties.total' must be a number. 'properties.currency' must be one of: EUR, USD.",
			],
			[
				'unplanned',
				'unplanned_event',
				expect.stringMatching(/^The tracking plan has no event 'Signed Up'\./),
			],
		]);
	});

	test.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'a value that cannot be printed rejects only its own event with On Error %s',
		async (onError) => {
			const rows = [
				{ event: 'Order Completed', property: 'currency', type: 'any', allowedValues: 'EUR, USD' },
			];
			const { events, rejected, error } = await run(
				{ ...validate, planSource: 'fields', planRows: { rows } },
				[
					track({ messageId: 'good', properties: { currency: 'EUR' } }),
					track({ messageId: 'odd', properties: { currency: { toString: 1 } } }),
				],
				{ onError },
			);

			expect(error).toBeUndefined();
			expect(events.map(({ json }) => json.messageId)).toEqual(['good']);
			expect(rejected.map(({ json }) => [json.messageId, json.code])).toEqual([['odd', 'plan_violation']]);
		},
	);

	test('checks a plan in JSON', async () => {
		const planJson = JSON.stringify([{ event: 'Order Completed', property: 'total', required: true }]);
		const { rejected } = await run({ ...validate, planSource: 'json', planJson }, [track()]);

		expect(rejected[0]?.json).toMatchObject({ code: 'plan_violation', path: 'properties.total' });
	});

	test('checks a plan in JSON Schema', async () => {
		const schema = {
			title: 'Order Completed',
			type: 'object',
			properties: {
				total: { type: 'number' },
				products: { type: 'array', items: { required: ['id'], properties: { id: {} } } },
			},
			required: ['total'],
		};
		const planJson = JSON.stringify(schema);
		const { events, rejected } = await run({ ...validate, planSource: 'json', planJson }, [
			track({ properties: { total: 1, products: [] } }),
			track({ messageId: 'm2', properties: { total: 1, products: [{}] } }),
		]);

		expect(events).toHaveLength(1);
		expect(rejected).toMatchObject([{ json: { code: 'plan_violation', path: 'properties.products[].id' } }]);
	});

	test('says what a JSON Schema without a name needs', async () => {
		const { error } = await run({ ...validate, planSource: 'json', planJson: '{"type":"object"}' }, [
			track(),
		]);
		expect(error?.message).toMatch(/no title/);
	});

	test.each([
		['JSON that is none', '[{', /not valid JSON/],
		['no list', '{"event": "a"}', /must be a list of rows/],
		['no rows', '[]', /tracking plan is empty/],
		['an expression that fails', '={{ JSON.parse("x") }}', /tracking plan is empty/],
		['a row without an event', '[{"event": "a"}, {"property": "b"}]', /Row 2 .*has no event name/],
		[
			'a type that there is not',
			'[{"event": "a", "property": "b", "type": "int"}]',
			/Row 1 .*must have one of these types/,
		],
	])('stops at a plan with %s and says what to correct', async (_, planJson, message) => {
		const { error, events } = await run({ ...validate, planSource: 'json', planJson }, [track()]);

		expect(error?.message).toMatch(message);
		expect(events).toEqual([]);
	});

	test('rejects events without consent, and hashes and drops fields', async () => {
		const consent = (Advertising: boolean) => ({ consent: { categoryPreferences: { Advertising } } });
		const options = {
			consent: 'Advertising',
			hash: 'traits.email, userId',
			drop: 'properties.card, context.ip',
		};
		const secrets = { traits: { email: 'Ada@Example.com' }, properties: { card: '4111', total: 1 } };
		const { events, rejected } = await run({ ...validate, options }, [
			track({ ...secrets, context: { ...consent(true), ip: '203.0.113.7' } }),
			track({ ...secrets, context: { ...consent(false), ip: '203.0.113.7' } }),
			track({ ...secrets, context: { ip: '203.0.113.7' }, event: '' }),
		]);

		expect(events).toHaveLength(1);
		expect(events[0]?.json).toMatchObject({
			userId: createHash('sha256').update('u1').digest('hex'),
			traits: { email: createHash('sha256').update('ada@example.com').digest('hex') },
			properties: { total: 1 },
		});
		expect(rejected.map(({ json }) => json.code)).toEqual(['consent_missing', 'missing_event_name']);
		const all = JSON.stringify([events, rejected]);
		for (const secret of ['Ada@Example.com', '4111', '203.0.113.7', '"u1"'])
			expect(all).not.toContain(secret);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'rejects only the item whose expression fails with On Error %s',
		async (onError) => {
			const eventField = "={{ $json.bad ? $('Nowhere').item.json.x : '' }}";
			const { events, rejected } = await run({ ...validate, eventField }, [track(), { bad: true }], {
				onError,
			});

			expect(events.map(({ json }) => json.messageId)).toEqual(['m1']);
			expect(rejected[0]).toMatchObject({
				json: { code: 'unreadable_item', event: { bad: true } },
				pairedItem: { item: 1 },
			});
		},
	);

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'accepts nothing unchecked with On Error %s',
		async (onError) => {
			const { events, rejected } = await run({ ...validate, options: { drop: 'email' } }, [track()], {
				onError,
			});

			expect(events).toEqual([]);
			expect(rejected[0]?.json).toMatchObject({ code: 'misconfigured', event: track() });
		},
	);

	test('stops at a field that does not exist in events', async () => {
		const { error } = await run({ ...validate, options: { drop: 'email' } }, [track()]);

		expect(error?.message).toMatch(/'email' isn't a field of an event/);
	});

	test('stops at the item whose expression fails', async () => {
		const eventField = "={{ $json.bad ? $('Nowhere').item.json.x : '' }}";
		const { error, events } = await run({ ...validate, eventField }, [track(), { bad: true }]);

		expect(error?.context).toMatchObject({ itemIndex: 1 });
		expect(events).toEqual([]);
	});

	test('says that nothing was checked if a setting cannot be used', async () => {
		const { error } = await run({ ...validate, options: { drop: 'email' } }, [track()]);

		expect(error?.description).toBe(
			"No events were checked. Correct the node's settings, then run the node again.",
		);
	});

	test('does not drop an ID, which can only be hashed', async () => {
		const { error } = await run({ ...validate, options: { drop: 'userId' } }, [track()]);

		expect(error?.message).toContain(
			"'userId' identifies the person, so it can't be dropped. Hash it instead",
		);
	});

	test.each([
		['a list', ['EUR', 'USD']],
		['text', 'EUR, USD'],
	])('reads the allowed values of a plan in JSON from %s', async (_, allowedValues) => {
		const planJson = JSON.stringify([{ event: 'Order Completed', property: 'currency', allowedValues }]);
		const { events, rejected } = await run({ ...validate, planSource: 'json', planJson }, [
			track({ properties: { currency: 'USD' } }),
			track({ properties: { currency: 'DM' } }),
		]);

		expect([events.length, rejected.length]).toEqual([1, 1]);
		expect(rejected[0]?.json).toMatchObject({ code: 'plan_violation', path: 'properties.currency' });
	});

	test('gives an event without _meta one that says it is from an item', async () => {
		const { events } = await run(validate, [track()]);

		expect(events[0]?.json._meta).toMatchObject({ format: 'item', transport: 'item', batchSize: 1 });
	});

	test('accepts events that are not in the plan with a warning, unless they must be rejected', async () => {
		const planJson = '[{"event": "Signed Up"}]';
		const plan = { ...validate, planSource: 'json', planJson };

		expect((await run({ ...plan, unplanned: 'warn' }, [track()])).events[0]?.json._meta).toMatchObject({
			warnings: [{ code: 'unplanned_event' }],
		});
		expect((await run({ ...plan, unplanned: 'pass' }, [track()])).events[0]?.json._meta).toMatchObject({
			warnings: [],
		});
		expect((await run({ ...plan, unplanned: 'reject' }, [track()])).rejected).toMatchObject([
			{ json: { code: 'unplanned_event' } },
		]);
	});
});

describe('the hints', () => {
	test('count rejects and duplicates, and are shown in the output panel', async () => {
		const batch = [track(), track(), track(), { type: 'track' }, { type: 'track' }];
		const { hints } = await run({ operation: 'convert' }, [{ batch }]);

		expect(hints).toEqual([
			{
				message: expect.stringMatching(
					/^2 of 3 were rejected and came out of the Rejected output\. The first rejected event \(from item 0, counted from 0\): /,
				) as string,
				location: 'outputPane',
				type: 'warning',
			},
			{
				message:
					'2 events were skipped because the same payload contains another event with the same messageId.',
				location: 'outputPane',
				type: 'info',
			},
		]);
	});

	test('show the markup of a sender as text', async () => {
		const event = '<img src="http://evil.example/b">';
		const plan = { operation: 'validate', planSource: 'json', planJson: '[{"event": "Planned"}]' };
		const [hint] = (await run({ ...plan, unplanned: 'reject' }, [track({ event })])).hints;

		expect(hint?.message).toContain('&lt;img src="http://evil.example/b"&gt;');
		expect(hint?.message).not.toContain('<');
	});

	test('are missing if every event is accepted', async () => {
		expect((await run({ operation: 'convert' }, [track()])).hints).toEqual([]);
	});
});
