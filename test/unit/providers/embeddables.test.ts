import { EmbeddablesApi } from '../../../credentials/EmbeddablesApi.credentials';
import { embeddables } from '../../../nodes/Embeddables/embeddables.provider';
import { unescaped } from '../../../nodes/Embeddables/identifier';
import { entitiesIn } from '../../../nodes/shared/service/entities';
import { variantOf } from '../../../nodes/shared/delivery/run';
import { minimal, type JsonObject } from '../event/helpers';
import { assignments, findOperation, tryOut, partsOf } from './helpers';

const { track, identify, page, screen, group, alias } = minimal;
const send = findOperation(embeddables, 'event', 'send');
const identifyUser = findOperation(embeddables, 'user', 'identify');

const account = { projectId: 'pr_myexampleproject' };
const whose = {
	embeddableId: 'flow_myexampleflow',
	identifierKey: 'email',
	identifierFrom: 'emailElseUserId',
};
const event = tryOut(embeddables, send, account, whose);
const user = tryOut(embeddables, identifyUser, account, { ...whose, customEventName: 'user_identified' });

const fields = {
	identifierValue: 'test@test.com',
	customEventName: 'my_custom_event',
	timestamp: '2022-01-01T00:00:00.000Z',
	customEventPropsInput: 'fields',
	customEventProps: assignments({ my_prop: 'my_val' }),
	additionalFields: {},
};
const inJson = (json: string) => ({ ...fields, customEventPropsInput: 'json', customEventPropsJson: json });
const propsOf = (body: JsonObject) => JSON.parse(String(body.custom_event_props)) as unknown;

const guide = {
	embeddable_id: 'flow_myexampleflow',
	timestamp: '2022-01-01T00:00:00.000Z',
	custom_event_name: 'my_custom_event',
	custom_event_props: '{"my_prop":"my_val"}',
	identifiers: [{ key: 'email', value: '"test@test.com"' }],
};

describe('Event: Send', () => {
	test('sends the request of Embeddables’ guide for an event', () => {
		const received = {
			type: 'track',
			event: 'My Custom Event',
			userId: 'u1',
			traits: { email: 'test@test.com' },
			properties: { my_prop: 'my_val' },
			timestamp: '2022-01-01T00:00:00.000Z',
		};
		expect(partsOf(send, event.prepared(received))).toEqual({
			params: { projectId: 'pr_myexampleproject' },
			body: JSON.stringify(guide),
		});
	});

	test('sends the request of Embeddables’ guide for fields', () => {
		expect(event.bodyOfFields(fields)).toEqual(guide);
	});

	test.each([
		['track', { ...track, properties: { total: 42 } }, 'order_completed', { total: 42 }],
		['identify', { ...identify, traits: { plan: 'pro' } }, 'user_identified', { plan: 'pro' }],
		['page', { ...page, name: 'Pricing' }, 'page_viewed', { name: 'Pricing' }],
		['screen', { ...screen, properties: { a: 1 } }, 'screen_viewed', { a: 1 }],
		['group', { ...group, traits: { plan: 'team' } }, 'group_joined', { groupId: 'g1', plan: 'team' }],
		['alias', alias, 'user_aliased', { previousId: 'a1' }],
	])('maps an event of the type %s', (_, received, name, props) => {
		const body = event.body(received);
		expect(body).toMatchObject({ custom_event_name: name, identifiers: [{ key: 'email', value: '"u1"' }] });
		expect(propsOf(body)).toEqual(props);
	});

	test('sends props even when they are empty, as the API reference requires', () => {
		expect(event.body(track).custom_event_props).toBe('{}');
		expect(event.bodyOfFields({ ...fields, customEventProps: {} }).custom_event_props).toBe('{}');
	});

	test('sends times as ISO 8601 in UTC', () => {
		const timestamp = '2026-01-02T03:04:05';
		expect(event.bodyOfFields({ ...fields, timestamp })).toMatchObject({
			timestamp: '2026-01-02T08:04:05.000Z',
		});
	});

	test('uses the time of the run without a timestamp', () => {
		jest.useFakeTimers({ now: Date.UTC(2026, 0, 2) });
		expect(event.bodyOfFields({ ...fields, timestamp: '' })).toMatchObject({
			timestamp: '2026-01-02T00:00:00.000Z',
		});
		jest.useRealTimers();
	});

	test('sends one event in each request and resends only if asked, as documented', () => {
		expect([send.bulk, identifyUser.bulk]).toEqual([undefined, undefined]);
		expect([event.prepared(track).resendable, user.prepared(identify).resendable]).toEqual([false, false]);
	});

	test('keeps the order of one user’s events', () => {
		expect(event.prepared(track).orderKey).toBe('"u1"');
		expect(user.prepared(identify).orderKey).toBe('"u1"');
	});

	test.each([
		['an Embeddable ID of spaces', { embeddableId: ' ' }, /Choose the embeddable in 'Embeddable'/],
		['no Embeddable ID', { embeddableId: undefined }, /Choose the embeddable in 'Embeddable'/],
		['no Identifier Key', { identifierKey: '' }, /Fill in 'Identifier Key'/],
	])('rejects settings with %s', (_, changed, message) => {
		expect(tryOut(embeddables, send, account, { ...whose, ...changed }).verdict(track)).toMatch(message);
	});

	test.each([
		[
			'a number that was rounded',
			{ identifierValue: 2 ** 60 },
			/1152921504606847000 has lost its last digits.* Send it as text/,
		],
		['no value', { identifierValue: '' }, /Fill in 'Identifier Value'/],
		['a value that an expression doesn’t find', { identifierValue: undefined }, /Fill in 'Identifier Value'/],
		['several values', { identifierValue: ['a@e.com', 'b@e.com'] }, /Fill in 'Identifier Value'/],
		['no name', { customEventName: '' }, /needs a name/],
		['props that are a list', inJson('[1]'), /must be an object/],
		['props that are not JSON', inJson('{"a"'), /'Custom Event Props' is not valid JSON/],
		['props that are the JSON string of a list', inJson('"[1]"'), /must be an object/],
	])('rejects fields with %s', (_, changed, message) => {
		expect(event.verdictOfFields({ ...fields, ...changed })).toMatch(message);
	});

	test('skips an event that excludes Embeddables', () => {
		expect(event.verdict({ ...track, integrations: { Embeddables: false } })).toMatch(/exclude Embeddables/);
	});
});

describe('the props', () => {
	test('that are already a JSON string, as in the guide, are not serialized again', () => {
		expect(event.bodyOfFields(inJson('"{\\"my_prop\\": \\"my_val\\"}"'))).toEqual(guide);
	});

	const rows = {
		payloadMetrics: { metric: [{ name: 'revenue', value: 42 }] },
		payloadDimensions: {
			dimension: [
				{ name: 'currency', value: 'USD' },
				{ name: 'plan', value: 'pro' },
			],
		},
	};
	const structured = {
		my_prop: 'my_val',
		payload_metrics: { revenue: 42 },
		payload_dimensions: { currency: 'USD', plan: 'pro' },
	};

	test('contain metrics and dimensions from fields and from an event', () => {
		expect(propsOf(event.bodyOfFields({ ...fields, additionalFields: rows }))).toEqual(structured);
		expect(propsOf(event.body({ ...track, properties: structured }))).toEqual(structured);
	});

	test('contain numbers and text, also when an expression returns the other', () => {
		const additionalFields = {
			payloadMetrics: { metric: [{ name: 'revenue', value: '49.90' }] },
			payloadDimensions: { dimension: [{ name: 'seats', value: 5 }] },
		};
		expect(propsOf(event.bodyOfFields({ ...fields, additionalFields }))).toMatchObject({
			payload_metrics: { revenue: 49.9 },
			payload_dimensions: { seats: '5' },
		});
	});

	test.each([
		['metric', { payloadMetrics: { metric: [{ name: 'revenue', value: 'much' }] } }, /must be a number/],
		['dimension', { payloadDimensions: { dimension: [{ name: 'plan', value: {} }] } }, /must be text/],
	])('are sent without a %s that cannot be converted: %j', (_, additionalFields, message) => {
		const { warnings } = event.preparedFromFields({ ...fields, additionalFields });
		expect(warnings).toMatchObject([
			{ code: 'unusable_value', message: expect.stringMatching(message) as string },
		]);
	});

	test('are sent without an empty metric', () => {
		const additionalFields = { payloadMetrics: { metric: [{ name: 'revenue', value: '' }] } };
		expect(propsOf(event.bodyOfFields({ ...fields, additionalFields }))).toEqual({
			my_prop: 'my_val',
			payload_metrics: {},
		});
	});

	test('do not contain them when no row was added', () => {
		const additionalFields = { payloadMetrics: {}, payloadDimensions: { dimension: [] } };
		expect(event.bodyOfFields({ ...fields, additionalFields })).toEqual(guide);
	});

	test.each([
		['payload_metrics.revenue', { payload_metrics: { revenue: 'much', tax: '4.2' } }, { tax: 4.2 }],
		['payload_metrics', { payload_metrics: [42] }, undefined],
		['payload_dimensions.plan', { payload_dimensions: { plan: [], seats: 3 } }, { seats: '3' }],
		['payload_dimensions', { payload_dimensions: 'USD' }, undefined],
	])('are sent without %s in %j', (path, properties, rest) => {
		const [name = ''] = path.split('.');
		for (const prepared of [
			event.prepared({ ...track, properties }),
			event.preparedFromFields(inJson(JSON.stringify(properties))),
		]) {
			expect(prepared.warnings).toMatchObject([
				{ path: `custom_event_props.${path}`, code: 'unusable_value' },
			]);
			const { custom_event_props: props } = prepared.record as { custom_event_props: string };
			expect((JSON.parse(props) as JsonObject)[name]).toEqual(rest);
		}
	});
});

describe('the event name', () => {
	const asIs = (name: string) => name;
	const named = (name: string) => {
		const mapping = {
			nameFormat: asIs,
			account,
			warn: () => {},
			messageId: 'm',
			timeZone: 'utc',
			options: {},
			file: neverRead,
		};
		const record = send.record.fromFields((field) => ({ ...fields, customEventName: name })[field], {
			...mapping,
			settings: (field) => whose[field as keyof typeof whose],
		});
		return send.record.schema.safeParse(record);
	};

	test.each(['order_completed', 'login', 'step_2_done', '2fa_passed', 'größe_gewählt'])(
		'may be %s as it is',
		(name) => {
			expect(named(name).success).toBe(true);
		},
	);

	test.each([
		['Order Completed', 'order_completed'],
		['order-completed', 'order_completed'],
		['orderCompleted', 'order_completed'],
		['Order_Completed', 'order_completed'],
		['_order_completed', 'order_completed'],
	])('may not be %s as it is', (name, better) => {
		const [issue] = named(name).error?.issues ?? [];
		expect(issue?.message).toBe(
			`Embeddables accepts only snake_case names: write ${better} instead of ${name}, or set the option 'Event Name Format' to 'Snake Case'`,
		);
	});

	test('must have a letter or a digit', () => {
		expect(named('!!!').error?.issues).toMatchObject([
			{ message: expect.stringMatching(/use letters and digits/) },
		]);
	});
});

function neverRead(): never {
	throw new Error('No file is read');
}

describe('the identifier', () => {
	const from = (identifierFrom: string, identifierField = '') =>
		tryOut(embeddables, send, account, { ...whose, identifierFrom, identifierField });
	const identifierIn = (body: JsonObject) => (body.identifiers as Array<{ value: string }>)[0]?.value;

	test.each([
		['traits', { ...track, traits: { email: 'a@e.com' }, properties: { email: 'c@e.com' } }, '"a@e.com"'],
		['context.traits', { ...track, context: { traits: { email: 'b@e.com' } } }, '"b@e.com"'],
		['properties', { ...track, properties: { email: ' c@e.com ' } }, '"c@e.com"'],
		['nowhere, which means the userId', track, '"u1"'],
		[
			'traits of a group, which are not the person’s',
			{ ...group, traits: { email: 'info@acme.com' } },
			'"u1"',
		],
	])('is the email from %s', (_, received, expected) => {
		expect(identifierIn(event.body(received))).toBe(expected);
	});

	test('is the userId when that is chosen, even with an email', () => {
		const received = { ...track, traits: { email: 'a@e.com' } };
		expect(identifierIn(from('userId').body(received))).toBe('"u1"');
	});

	test.each([
		['text', '+49 30 1234', '"+49 30 1234"'],
		['stays a number', 42, '42'],
	])('is a field of the event with %s', (_, phone, expected) => {
		const received = { ...track, traits: { phone } };
		expect(identifierIn(from('field', 'traits.phone').body(received))).toBe(expected);
		expect(identifierIn(event.bodyOfFields({ ...fields, identifierValue: phone }))).toBe(expected);
	});

	test.each([
		['a missing email', from('email'), track],
		['the userId of an anonymous user', from('userId'), { ...track, userId: null, anonymousId: 'a1' }],
		['the email or userId of an anonymous user', event, { ...track, userId: null, anonymousId: 'a1' }],
		['a missing field', from('field', 'traits.phone'), track],
		['a field with an object', from('field', 'traits'), { ...track, traits: { a: 1 } }],
		['an unnamed field', from('field'), track],
	])('is missing when it should be %s', (_, tried, received) => {
		expect(tried.verdict(received)).toMatch(/with text or a number.*'Identifier Value From'/);
	});

	test('is missing when Identifier Field has the value instead of its path, and the reason says so', () => {
		const received = { ...track, properties: { mail: 'test@test.com' } };
		expect(from('field', 'test@test.com').verdict(received)).toMatch(
			/'Identifier Field' must be a path such as traits.phone, not an expression/,
		);
	});

	test.each([
		['plain', 'test@test.com', 'test@test.com'],
		['loses the spaces around it', ' test@test.com\n', 'test@test.com'],
		['is unescaped when it is escaped once', '"test@test.com"', 'test@test.com'],
		['is unescaped when it is escaped twice', String.raw`"\"test@test.com\""`, 'test@test.com'],
		['is unescaped when it is escaped three times', String.raw`"\"\\\"test@test.com\\\"\""`, 'test@test.com'],
		['is unescaped when it is copied from source code', String.raw`\"test@test.com\"`, 'test@test.com'],
		[
			'is unescaped when it is copied from source code and escaped twice',
			String.raw`\\\"test@test.com\\\"`,
			'test@test.com',
		],
		['loses the spaces inside its quotes', '" test@test.com "', 'test@test.com'],
		['keeps quotes within it', 'the "real" one', 'the "real" one'],
		['keeps a quote at one end', '12"', '12"'],
		['is empty when it only has quotes', '""', ''],
		['stays as it is when it only resembles JSON', '"a"b"', '"a"b"'],
		['stays text when it has only digits', '"42"', '42'],
		['stays a number', 42, 42],
	])('%s', (_, value, expected) => {
		expect(unescaped(value)).toBe(expected);
	});

	test('that is already escaped is sent correctly with a warning', () => {
		const prepared = event.prepared({ ...track, traits: { email: '"test@test.com"' } });
		expect(JSON.parse(partsOf(send, prepared).body ?? '')).toMatchObject({
			identifiers: [{ key: 'email', value: '"test@test.com"' }],
		});
		expect(prepared.warnings).toEqual([
			expect.objectContaining({ path: 'identifiers.0.value', code: 'already_escaped' }),
		]);
		expect(event.prepared({ ...track, traits: { email: ' test@test.com' } }).warnings).toEqual([]);
	});
});

describe('User: Identify', () => {
	test('sends the traits as an event from an event and from fields', () => {
		const received = {
			type: 'identify',
			userId: 'u1',
			traits: { email: 'test@test.com', plan: 'pro' },
			timestamp: '2022-01-01T00:00:00.000Z',
		};
		const expected = {
			...guide,
			custom_event_name: 'user_identified',
			custom_event_props: '{"email":"test@test.com","plan":"pro"}',
		};
		expect(user.body(received)).toEqual(expected);
		const customEventProps = assignments({ email: 'test@test.com', plan: 'pro' });
		expect(user.bodyOfFields({ ...fields, customEventProps })).toEqual(expected);
	});

	test('sends the event under the chosen name', () => {
		const settings = { ...whose, customEventName: 'Profile Updated' };
		const { body, bodyOfFields } = tryOut(embeddables, identifyUser, account, settings);
		expect(body(identify)).toMatchObject({ custom_event_name: 'profile_updated' });
		expect(bodyOfFields(fields)).toMatchObject({ custom_event_name: 'profile_updated' });
	});

	test.each(['track', 'page', 'screen', 'group', 'alias'] as const)('skips a %s event', (type) => {
		expect(user.verdict(minimal[type])).toMatch(new RegExp(`this is an? ${type} event`));
	});
});

describe('Entry: Get Many', () => {
	const getMany = findOperation(embeddables, 'entry', 'getMany');
	const entries = tryOut(embeddables, getMany, account);
	const given = { returnAll: false, limit: 50, filters: {}, sort: {} };
	const queryOf = (changed: JsonObject) => {
		return partsOf(getMany, entries.preparedFromFields({ ...given, ...changed }));
	};

	test('requests only what was chosen', () => {
		expect(queryOf({})).toEqual({ params: { projectId: 'pr_myexampleproject' }, query: { limit: '50' } });
	});

	test('requests as many as there can be with Return All, and says when there may be more', () => {
		const all = entries.preparedFromFields({ ...given, returnAll: true });
		expect(partsOf(getMany, all).query).toEqual({ limit: '1000' });
		const { result = {} } = getMany;
		const view = all.view ?? { limit: 0, isSimplified: false };
		expect(entitiesIn(Array(999).fill({}), result, view).warnings).toEqual([]);
		expect(entitiesIn(Array(1000).fill({}), result, view).warnings).toMatchObject([{ code: 'more_entries' }]);
	});

	test('sorts and filters', () => {
		const filters = { updatedAfter: '2026-01-02T03:04:05', updatedBefore: '2026-02-01T00:00:00Z' };
		expect(queryOf({ limit: '1000', filters, sort: { sortBy: 'created_at', direction: 'DESC' } })).toEqual({
			params: { projectId: 'pr_myexampleproject' },
			query: {
				limit: '1000',
				sort: 'created_at',
				direction: 'DESC',
				updated_after: '2026-01-02T08:04:05.000Z',
				updated_before: '2026-02-01T00:00:00.000Z',
			},
		});
	});

	test.each([
		['no limit', { limit: '' }, /'Limit' must be/],
		['a limit of 0', { limit: 0 }, /of at least 1/],
		['a limit of 1001', { limit: 1001 }, /up to 1000/],
		['a limit of 1.5', { limit: 1.5 }, /whole number/],
		['an unreadable time', { filters: { updatedAfter: 'soon' } }, /'Updated After' must be/],
		['another unreadable time', { filters: { updatedBefore: {} } }, /'Updated Before' must be/],
		['an unknown direction', { sort: { direction: 'UP' } }, /'Direction' must be/],
		['an unknown field to sort by', { sort: { sortBy: 'updated_at' } }, /'Sort By' must be/],
	])('rejects %s', (_, changed, message) => {
		expect(entries.verdictOfFields({ ...given, ...changed })).toMatch(message);
	});

	const itemsOf = (body: unknown, options = {}) => variantOf(getMany, options).result?.items?.(body);
	const stored = { entry_id: 'entry_1', embeddable_id: 'flow_1', entry_data: '{"email":"a@e.com"}' };

	test('returns each entry separately with its data as fields', () => {
		expect(itemsOf([stored, { ...stored, entry_data: '{"broken"' }, 'other'])).toEqual([
			{ ...stored, entry_data: { email: 'a@e.com' } },
			{ ...stored, entry_data: '{"broken"' },
			'other',
		]);
		expect(itemsOf([])).toEqual([]);
		expect(itemsOf({ answer: 'of another kind' })).toEqual([{ answer: 'of another kind' }]);
	});

	test.each([[false], ['false']])('leaves the data as text when Parse Entry Data is %j', (parseEntryData) => {
		expect(itemsOf([stored], { parseEntryData })).toEqual([stored]);
	});

	test.each([[undefined], [true]])('parses the data when Parse Entry Data is %j', (parseEntryData) => {
		expect(itemsOf([stored], { parseEntryData })).toEqual([{ ...stored, entry_data: { email: 'a@e.com' } }]);
	});
});

describe('an error response', () => {
	const explain = (statusCode: number, body: unknown) =>
		embeddables.explain?.({ statusCode, headers: {}, body });

	test.each([
		['as text', 'ENTRY_NOT_FOUND'],
		['as a code', { code: 'ENTRY_NOT_FOUND' }],
		['within an error', { error: { message: 'ENTRY_NOT_FOUND: no such entry' } }],
	])('404 with ENTRY_NOT_FOUND %s lists four causes', (_, body) => {
		const { message, description } = explain(404, body) ?? {};
		expect(message).toMatch(/ENTRY_NOT_FOUND/);
		expect(description?.split(' · ')).toHaveLength(4);
		for (const cause of ["'Embeddable'", 'Identifier Key', 'Identifier Value', 'escaped']) {
			expect(description).toContain(cause);
		}
	});

	test('with another 404 is about the address', () => {
		expect(explain(404, undefined)?.description).toMatch(/'Project ID'.*'Base URL'/);
	});

	test('with 403 mentions restricted keys', () => {
		expect(explain(403, undefined)?.description).toMatch(/might not have permission to read entries/);
	});

	test.each([[400], [401], [429], [500]])('with %i has the shared explanation', (statusCode) => {
		expect(explain(statusCode, 'ENTRY_NOT_FOUND')).toBeUndefined();
	});
});

describe('the credential', () => {
	const credential = { apiKey: 'rk_key', projectId: ' pr_1 ' };

	test('hides its key and shows its project', () => {
		expect(embeddables.readCredential(credential)).toEqual({
			secrets: ['rk_key'],
			shownHeaders: { 'X-Api-Key': '•••' },
			account: { projectId: 'pr_1' },
		});
	});

	test.each(['', ' ', '.', '..'])('needs a project ID that can be part of a URL, not "%s"', (projectId) => {
		expect(() => embeddables.readCredential({ ...credential, projectId })).toThrow(/'Project ID'/);
	});

	const api = new EmbeddablesApi();

	test('adds the key to the headers', async () => {
		const url = 'https://api.embeddables.com/projects/pr_1/events';
		expect(await api.authenticate(credential, { url, headers: { Accept: '*/*' } })).toEqual({
			url,
			headers: { Accept: '*/*', 'X-Api-Key': 'rk_key' },
		});
	});

	test('does not send the key to an unsafe address', async () => {
		await expect(api.authenticate(credential, { url: 'http://api.embeddables.com' })).rejects.toThrow(
			/must start with https/,
		);
	});
});
