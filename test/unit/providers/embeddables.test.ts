import { EmbeddablesApi } from '../../../credentials/EmbeddablesApi.credentials';
import { embeddables } from '../../../nodes/Embeddables/embeddables.provider';
import { unescaped } from '../../../nodes/Embeddables/identifier';
import { operationFor } from '../../../nodes/shared/delivery/run';
import { minimal, type JsonObject } from '../event/helpers';
import { assignments, findOperation, tryOut, partsOf } from './helpers';

const { track, identify, page, screen, group, alias } = minimal;
const send = findOperation(embeddables, 'event', 'send');
const identifyUser = findOperation(embeddables, 'user', 'identify');

const facts = { projectId: 'pr_myexampleproject' };
const whose = {
	embeddableId: 'flow_myexampleflow',
	identifierKey: 'email',
	identifierFrom: 'emailElseUserId',
};
const event = tryOut(embeddables, send, facts, whose);
const user = tryOut(embeddables, identifyUser, facts, { ...whose, customEventName: 'user_identified' });

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
	test('the request of the guide by Embeddables, from an event', () => {
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

	test('the request of the guide by Embeddables, from fields', () => {
		expect(event.bodyOfFields(fields)).toEqual(guide);
	});

	test.each([
		['track', { ...track, properties: { total: 42 } }, 'order_completed', { total: 42 }],
		['identify', { ...identify, traits: { plan: 'pro' } }, 'user_identified', { plan: 'pro' }],
		['page', { ...page, name: 'Pricing' }, 'page_viewed', { name: 'Pricing' }],
		['screen', { ...screen, properties: { a: 1 } }, 'screen_viewed', { a: 1 }],
		['group', { ...group, traits: { plan: 'team' } }, 'group_joined', { groupId: 'g1', plan: 'team' }],
		['alias', alias, 'user_aliased', { previousId: 'a1' }],
	])('an event of type %s', (_, received, name, props) => {
		const body = event.body(received);
		expect(body).toMatchObject({ custom_event_name: name, identifiers: [{ key: 'email', value: '"u1"' }] });
		expect(propsOf(body)).toEqual(props);
	});

	test('props are sent even when there are none: the API reference requires them', () => {
		expect(event.body(track).custom_event_props).toBe('{}');
		expect(event.bodyOfFields({ ...fields, customEventProps: {} }).custom_event_props).toBe('{}');
	});

	test('there is no time of day that is not sent as ISO 8601 in UTC', () => {
		const timestamp = '2026-01-02T03:04:05';
		expect(event.bodyOfFields({ ...fields, timestamp })).toMatchObject({
			timestamp: '2026-01-02T08:04:05.000Z',
		});
	});

	test('without a timestamp it is the time of the run', () => {
		jest.useFakeTimers({ now: Date.UTC(2026, 0, 2) });
		expect(event.bodyOfFields({ ...fields, timestamp: '' })).toMatchObject({
			timestamp: '2026-01-02T00:00:00.000Z',
		});
		jest.useRealTimers();
	});

	test('Embeddables documents no requests with several events, and nothing to tell a repeated one by', () => {
		expect([send.bulk, identifyUser.bulk]).toEqual([undefined, undefined]);
		expect([event.prepared(track).resendable, user.prepared(identify).resendable]).toEqual([false, false]);
	});

	test('what one person did goes out in one lane', () => {
		expect(event.prepared(track).orderKey).toBe('"u1"');
		expect(user.prepared(identify).orderKey).toBe('"u1"');
	});

	test.each([
		['a blank embeddable', { embeddableId: ' ' }, /Fill in 'Embeddable ID'/],
		['no embeddable', { embeddableId: undefined }, /Fill in 'Embeddable ID'/],
		['no key', { identifierKey: '' }, /Fill in 'Identifier Key'/],
	])('settings with %s send nothing', (_, changed, message) => {
		expect(tryOut(embeddables, send, facts, { ...whose, ...changed }).verdict(track)).toMatch(message);
	});

	test.each([
		['no value', { identifierValue: '' }, /finds a person by one identifier/],
		['a value that an expression does not find', { identifierValue: undefined }, /finds a person by one/],
		['several values', { identifierValue: ['a@e.com', 'b@e.com'] }, /finds a person by one identifier/],
		['no name', { customEventName: '' }, /needs a name/],
		['a timestamp that is none', { timestamp: 'soon' }, /timestamp must be a date and time/],
		['props that are a list', inJson('[1]'), /must be an object/],
		['props that are no JSON', inJson('{"a"'), /must be an object/],
		['props that are the JSON string of a list', inJson('"[1]"'), /must be an object/],
	])('fields with %s send nothing', (_, changed, message) => {
		expect(event.verdictOfFields({ ...fields, ...changed })).toMatch(message);
	});

	test('an event that leaves Embeddables out is not sent', () => {
		expect(event.verdict({ ...track, integrations: { Embeddables: false } })).toMatch(
			/leave out Embeddables/,
		);
	});
});

describe('the props', () => {
	test('given as a JSON string, as in the guide, are not made one again', () => {
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

	test('hold metrics and dimensions, from fields and from an event alike', () => {
		expect(propsOf(event.bodyOfFields({ ...fields, additionalFields: rows }))).toEqual(structured);
		expect(propsOf(event.body({ ...track, properties: structured }))).toEqual(structured);
	});

	test('hold numbers and texts, also where an expression gives the other', () => {
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
		['metric', { payloadMetrics: { metric: [{ name: 'revenue', value: '' }] } }, /must be a number/],
		['dimension', { payloadDimensions: { dimension: [{ name: 'plan', value: {} }] } }, /must be text/],
	])('are refused with a %s that cannot be made one: %j', (_, additionalFields, message) => {
		expect(event.verdictOfFields({ ...fields, additionalFields })).toMatch(message);
	});

	test('do not hold them where no row was added', () => {
		const additionalFields = { payloadMetrics: {}, payloadDimensions: { dimension: [] } };
		expect(event.bodyOfFields({ ...fields, additionalFields })).toEqual(guide);
	});

	test.each([
		[{ payload_metrics: { revenue: '42' } }, /payload_metrics.revenue\)?: A payload metric must be a number/],
		[{ payload_metrics: [42] }, /Payload metrics must be an object of numbers/],
		[{ payload_dimensions: { seats: 3 } }, /payload_dimensions.seats\)?: A payload dimension must be text/],
		[{ payload_dimensions: 'USD' }, /Payload dimensions must be an object of texts/],
	])('that are %j send nothing', (properties, message) => {
		expect(event.verdict({ ...track, properties })).toMatch(message);
		expect(event.verdictOfFields(inJson(JSON.stringify(properties)))).toMatch(message);
	});
});

describe('the name', () => {
	const asIs = (name: string) => name;
	const named = (name: string) => {
		const mapping = {
			nameFormat: asIs,
			account: facts,
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
		'as it is, may be %s',
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
	])('as it is, may not be %s', (name, better) => {
		const [issue] = named(name).error?.issues ?? [];
		expect(issue?.message).toBe(
			`Embeddables takes names in snake_case only: write ${better} in place of ${name}, or set the option 'Event Name Format' to Snake Case`,
		);
	});

	test('may not be without a single letter or digit', () => {
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
		tryOut(embeddables, send, facts, { ...whose, identifierFrom, identifierField });
	const identifierIn = (body: JsonObject) => (body.identifiers as Array<{ value: string }>)[0]?.value;

	test.each([
		['traits', { ...track, traits: { email: 'a@e.com' }, properties: { email: 'c@e.com' } }, '"a@e.com"'],
		['context.traits', { ...track, context: { traits: { email: 'b@e.com' } } }, '"b@e.com"'],
		['properties', { ...track, properties: { email: ' c@e.com ' } }, '"c@e.com"'],
		['nowhere: then it is the userId', track, '"u1"'],
		[
			'traits of a group, which are not the person’s',
			{ ...group, traits: { email: 'info@acme.com' } },
			'"u1"',
		],
	])('is the email in %s', (_, received, expected) => {
		expect(identifierIn(event.body(received))).toBe(expected);
	});

	test('is the userId where that is chosen, whatever the email', () => {
		const received = { ...track, traits: { email: 'a@e.com' } };
		expect(identifierIn(from('userId').body(received))).toBe('"u1"');
	});

	test.each([
		['text', '+49 30 1234', '"+49 30 1234"'],
		['a number', 42, '42'],
	])('is a field of the event that holds %s, and stays that', (_, phone, expected) => {
		const received = { ...track, traits: { phone } };
		expect(identifierIn(from('field', 'traits.phone').body(received))).toBe(expected);
		expect(identifierIn(event.bodyOfFields({ ...fields, identifierValue: phone }))).toBe(expected);
	});

	test.each([
		['an email that there is not', from('email'), track],
		['the userId of somebody anonymous', from('userId'), { ...track, userId: null, anonymousId: 'a1' }],
		['either, of somebody anonymous', event, { ...track, userId: null, anonymousId: 'a1' }],
		['a field that there is not', from('field', 'traits.phone'), track],
		['a field that holds an object', from('field', 'traits'), { ...track, traits: { a: 1 } }],
		['no field', from('field'), track],
	])('is missing where it is to be %s', (_, tried, received) => {
		expect(tried.verdict(received)).toMatch(/no text or number.*'Identifier Value From'/);
	});

	test('is missing where Identifier Field holds the value in place of its path, and the reason says so', () => {
		const received = { ...track, properties: { mail: 'test@test.com' } };
		expect(from('field', 'test@test.com').verdict(received)).toMatch(
			/'Identifier Field' takes a path within the event, such as traits.phone, not an expression/,
		);
	});

	test.each([
		['plain', 'test@test.com', 'test@test.com'],
		['with blanks around it', ' test@test.com\n', 'test@test.com'],
		['escaped once', '"test@test.com"', 'test@test.com'],
		['escaped twice', String.raw`"\"test@test.com\""`, 'test@test.com'],
		['escaped three times', String.raw`"\"\\\"test@test.com\\\"\""`, 'test@test.com'],
		['copied from source code', String.raw`\"test@test.com\"`, 'test@test.com'],
		['copied from source code, escaped twice', String.raw`\\\"test@test.com\\\"`, 'test@test.com'],
		['escaped, with blanks inside', '" test@test.com "', 'test@test.com'],
		['with quotes within', 'the "real" one', 'the "real" one'],
		['with a quote at one end', '12"', '12"'],
		['nothing but quotes', '""', ''],
		['no JSON', '"a"b"', '"a"b"'],
		['digits as text', '"42"', '42'],
		['a number', 42, 42],
	])('%s', (_, value, expected) => {
		expect(unescaped(value)).toBe(expected);
	});

	test('that was escaped already is sent right, with a warning', () => {
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
	test('sends the traits as an event, from an event and from fields alike', () => {
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

	test('the name of the event can be chosen', () => {
		const settings = { ...whose, customEventName: 'Profile Updated' };
		const { body, bodyOfFields } = tryOut(embeddables, identifyUser, facts, settings);
		expect(body(identify)).toMatchObject({ custom_event_name: 'profile_updated' });
		expect(bodyOfFields(fields)).toMatchObject({ custom_event_name: 'profile_updated' });
	});

	test.each(['track', 'page', 'screen', 'group', 'alias'] as const)(
		'a %s event is left to others',
		(type) => {
			expect(user.verdict(minimal[type])).toMatch(`this is a ${type} event`);
		},
	);
});

describe('Entry: Get Many', () => {
	const getMany = findOperation(embeddables, 'entry', 'getMany');
	const entries = tryOut(embeddables, getMany, facts);
	const given = { limit: 50, filters: {}, sort: {} };
	const queryOf = (changed: JsonObject) => {
		return partsOf(getMany, entries.preparedFromFields({ ...given, ...changed }));
	};

	test('asks for no more than was chosen', () => {
		expect(queryOf({})).toEqual({ params: { projectId: 'pr_myexampleproject' }, query: { limit: '50' } });
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
		['a limit of 0', { limit: 0 }, /from 1 to 1000/],
		['a limit of 1001', { limit: 1001 }, /from 1 to 1000/],
		['a limit of 1.5', { limit: 1.5 }, /whole number/],
		['an unreadable time', { filters: { updatedAfter: 'soon' } }, /'Updated After' must be/],
		['another unreadable time', { filters: { updatedBefore: {} } }, /'Updated Before' must be/],
		['an unknown order', { sort: { direction: 'UP' } }, /'Direction' must be/],
		['an unknown field to sort by', { sort: { sortBy: 'updated_at' } }, /'Sort By' must be/],
	])('asks nothing with %s', (_, changed, message) => {
		expect(entries.verdictOfFields({ ...given, ...changed })).toMatch(message);
	});

	const itemsOf = (body: unknown, options = {}) => operationFor(getMany, options).result?.items?.(body);
	const stored = { entry_id: 'entry_1', embeddable_id: 'flow_1', entry_data: '{"email":"a@e.com"}' };

	test('gives each entry on its own, its data as fields', () => {
		expect(itemsOf([stored, { ...stored, entry_data: '{"broken"' }, 'other'])).toEqual([
			{ ...stored, entry_data: { email: 'a@e.com' } },
			{ ...stored, entry_data: '{"broken"' },
			'other',
		]);
		expect(itemsOf([])).toEqual([]);
		expect(itemsOf({ answer: 'of another kind' })).toEqual([{ answer: 'of another kind' }]);
	});

	test.each([[false], ['false']])(
		'leaves the data as text where Parse Entry Data is %j',
		(parseEntryData) => {
			expect(itemsOf([stored], { parseEntryData })).toEqual([stored]);
		},
	);

	test.each([[undefined], [true]])('parses it where Parse Entry Data is %j', (parseEntryData) => {
		expect(itemsOf([stored], { parseEntryData })).toEqual([{ ...stored, entry_data: { email: 'a@e.com' } }]);
	});
});

describe('what an answer means', () => {
	const explain = (statusCode: number, body: unknown) =>
		embeddables.explain?.({ statusCode, headers: {}, body });

	test.each([
		['as text', 'ENTRY_NOT_FOUND'],
		['as a code', { code: 'ENTRY_NOT_FOUND' }],
		['within an error', { error: { message: 'ENTRY_NOT_FOUND: no such entry' } }],
	])('404 ENTRY_NOT_FOUND %s has four causes', (_, body) => {
		const { message, description } = explain(404, body) ?? {};
		expect(message).toMatch(/ENTRY_NOT_FOUND/);
		expect(description?.split(' · ')).toHaveLength(4);
		for (const cause of ['Embeddable ID', 'Identifier Key', 'Identifier Value', 'escaped']) {
			expect(description).toContain(cause);
		}
	});

	test('another 404 is about the address', () => {
		expect(explain(404, undefined)?.description).toMatch(/'Project ID'.*'Base URL'/);
	});

	test('403 may be about what a restricted key is for', () => {
		expect(explain(403, undefined)?.description).toMatch(/restricted keys/);
	});

	test.each([[400], [401], [429], [500]])('%i speaks for itself', (statusCode) => {
		expect(explain(statusCode, 'ENTRY_NOT_FOUND')).toBeUndefined();
	});
});

describe('the credential', () => {
	const credential = { apiKey: 'rk_key', projectId: ' pr_1 ' };

	test('hides its key and gives its project', () => {
		expect(embeddables.readCredential(credential)).toEqual({
			secrets: ['rk_key'],
			shownHeaders: { 'X-Api-Key': '•••' },
			account: { projectId: 'pr_1' },
		});
	});

	test.each(['', ' ', '.', '..'])('needs a project that can be part of an address, not "%s"', (projectId) => {
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

	test('hands it to no address that is not safe', async () => {
		await expect(api.authenticate(credential, { url: 'http://api.embeddables.com' })).rejects.toThrow(
			/must start with https/,
		);
	});
});
