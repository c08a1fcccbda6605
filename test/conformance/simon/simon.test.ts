import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { identify } from '../../../nodes/SimonData/actions/contact/identify.operation';
import { send } from '../../../nodes/SimonData/actions/event/send.operation';
import { runNode, type NodeRun } from '../../engine/harness/run-node';
import { requireClient } from '../../host/clients';
import { anyEvent } from '../../unit/event/arbitraries';
import { id, properties } from '../generators';
import { generatedCases, judgedBy, testDifferences } from '../judging';
import { startRecordingServer, type RecordingServer } from '../recording-server';
import { anyBody, validBody, validObject } from './generators';
import {
	eventSchemas,
	identifySchema,
	namedOnly,
	trackSchema,
	traitsSchema,
	type Schema,
} from './published-schema';

const judge = judgedBy('simon');
const keys = { partnerId: 'conformance-partner-not-real', partnerSecret: 'conformance-secret-not-real' };

/** The part of ajv that the tests use. */
interface Validate {
	(body: unknown): boolean;
	errors?: unknown[] | null;
}
type Ajv = new (options: object) => { compile(schema: Schema): Validate };

let server: RecordingServer;
let published: Record<'track' | 'identify', Validate>;
/** Stricter than the published one: no names that it doesn't have. */
let publishedNamesOnly: Record<'track' | 'identify', Validate>;

beforeAll(async () => {
	server = await startRecordingServer();
	const { default: Ajv } = await requireClient<{ default: Ajv }>('ajv');
	const ajv = new Ajv({ allErrors: true, strict: false });
	published = { track: ajv.compile(trackSchema), identify: ajv.compile(identifySchema) };
	publishedNamesOnly = {
		track: ajv.compile(namedOnly(trackSchema)),
		identify: ajv.compile(namedOnly(identifySchema)),
	};
});
afterAll(async () => await server.close());
beforeEach(() => server.take());

async function run(parameters: INodeParameters, items: IDataObject[]): Promise<NodeRun> {
	return await runNode({
		node: 'simonData',
		parameters: { mappingMode: 'canonicalEvent', ...parameters },
		credentials: { simonDataApi: { environment: 'custom', ...keys, baseUrl: server.url } },
		items,
		onError: 'continueRegularOutput',
	});
}

function sentBodies(): IDataObject[] {
	return server.take().map(({ body }) => JSON.parse(body.toString()) as IDataObject);
}

function typeOf(body: IDataObject): 'track' | 'identify' {
	return body.type === 'identify' ? 'identify' : 'track';
}

function expectValid(body: IDataObject): void {
	const validate = publishedNamesOnly[typeOf(body)];
	const isValid = validate(body);
	expect({ body, errors: isValid ? [] : validate.errors }).toEqual({ body, errors: [] });
}

const custom = {
	clientId: 'c',
	sentAt: 1,
	context: {},
	type: 'track',
	event: 'custom',
	properties: { eventName: 'e' },
};

const eventTypes = Object.keys(eventSchemas);
const sendEvent = { resource: 'event', operation: 'send' };
const identifyContact = { resource: 'contact', operation: 'identify' };
const email = 'jane@example.com';
const person = { clientId: 'client-1', userId: 'user-1', email };

describe('what is filled in goes out whole, and valid', () => {
	const formOf = (
		event: string,
		{ cartItems, properties: others, ...values }: IDataObject,
	): INodeParameters => {
		const { required = [] } = eventSchemas[event] ?? {};
		const details = Object.entries(values).filter(([name]) => !required.includes(name) || name in person);
		return {
			...sendEvent,
			mappingMode: 'defineBelow',
			...person,
			eventType: event,
			...values,
			...(details.length === 0 ? {} : { details: Object.fromEntries(details) }),
			...(cartItems === undefined
				? {}
				: { cartItemsInput: 'json', cartItemsJson: JSON.stringify(cartItems) }),
			...(others === undefined ? {} : { propertiesInput: 'json', propertiesJson: JSON.stringify(others) }),
			...person,
		} as INodeParameters;
	};

	test.each(eventTypes)('%s', async (event) => {
		await fc.assert(
			fc.asyncProperty(validObject(eventSchemas[event] ?? {}), (values) =>
				judge.agrees(async () => {
					await run(formOf(event, values), [{}]);
					const [body = {}, ...more] = sentBodies();
					expectValid(body);
					expect(more).toEqual([]);
					expect(body).toMatchObject({ ...keys, type: 'track', event, clientId: 'client-1' });
					expect(withoutEmpty(body.properties)).toEqual(
						withoutEmpty({ ...ofPerson(event, values), ...values }),
					);
				}),
			),
			generatedCases(60),
		);
	});

	/** Fields that the form has once for the contact, and the event as well. */
	function ofPerson(event: string, values: IDataObject): IDataObject {
		const { properties: fields = {} } = eventSchemas[event] ?? {};
		return Object.fromEntries(
			(['userId', 'email'] as const)
				.filter((name) => name in fields && !(name in values))
				.map((name) => [name, person[name]]),
		);
	}

	test('identify', async () => {
		await fc.assert(
			fc.asyncProperty(validObject(traitsSchema), ({ properties: others = {}, ...values }) =>
				judge.agrees(async () => {
					const { email: ofContact, userId: _, ...traits } = values;
					await run(
						{
							...identifyContact,
							mappingMode: 'defineBelow',
							...person,
							email: ofContact as string,
							traits: traits as INodeParameters,
							customTraitsInput: 'json',
							customTraitsJson: JSON.stringify(others),
						},
						[{}],
					);
					const [body = {}] = sentBodies();
					expectValid(body);
					expect(withoutEmpty(body.traits)).toEqual(
						withoutEmpty({ ...traits, email: ofContact, properties: others }),
					);
				}),
			),
			generatedCases(100),
		);
	});

	/** Leaves out objects without content, as the node does. */
	function withoutEmpty(value: unknown): unknown {
		if (Array.isArray(value)) return value.map(withoutEmpty);
		if (typeof value !== 'object' || value === null) return value;
		const { properties: own, ...rest } = value as IDataObject;
		const kept = Object.fromEntries(Object.entries(rest).map(([name, each]) => [name, withoutEmpty(each)]));
		const given = Object.entries(own ?? {}).filter(([, each]) => each !== null && each !== '');
		return given.length === 0 ? kept : { ...kept, properties: Object.fromEntries(given) };
	}
});

describe('events go out valid, or not at all', () => {
	const check = async (parameters: INodeParameters, events: IDataObject[]) =>
		await judge.agrees(async () => {
			const { output } = await run(parameters, events);
			const bodies = sentBodies();
			bodies.forEach(expectValid);
			const delivered = output.filter(({ json }) => json.status === 'delivered');
			expect(bodies).toHaveLength(delivered.length);
			expect(output).toHaveLength(events.length);
		});

	test('whatever a sender may post', async () => {
		const events = fc.array(anyEvent as fc.Arbitrary<IDataObject>, { minLength: 1, maxLength: 5 });
		await fc.assert(
			fc.asyncProperty(events, fc.constantFrom(sendEvent, identifyContact), async (all, parameters) => {
				await check(parameters, all);
			}),
			generatedCases(400),
		);
	});

	const standardNames = [
		...['Product Viewed', 'Product Added', 'Product Removed', 'Product Added to Wishlist', 'Cart Viewed'],
		...['Order Completed', 'Signed Up', 'Page Viewed', ...eventTypes],
	];
	const loosely = fc.oneof(id, fc.integer(), fc.double(), fc.constantFrom(null, true, '12', '', {}, []));
	const product = fc.dictionary(
		fc.constantFrom(
			...['product_id', 'productId', 'sku', 'variant', 'quantity', 'price', 'name', 'category', 'url'],
			...['image_url', 'brand', 'color', 'size', 'position', 'properties'],
		),
		loosely,
		{ noNullPrototype: true },
	);
	const standardEvent = fc.record({
		type: fc.constant('track'),
		event: fc.constantFrom(...standardNames),
		userId: id,
		properties: fc
			.tuple(
				product,
				fc.record(
					{
						products: fc.oneof({ weight: 4, arbitrary: fc.array(product, { maxLength: 3 }) }, loosely),
						order_id: loosely,
						revenue: loosely,
						email: loosely,
						isLoggedIn: loosely,
						ARN: loosely,
						optIn: loosely,
						eventName: loosely,
					},
					{ requiredKeys: [], noNullPrototype: true },
				),
			)
			.map(([one, more]) => ({ ...one, ...more })),
		context: fc.record(
			{
				traits: fc.tuple(properties, loosely).map(([traits, mail]) => ({ ...traits, email: mail })),
				page: fc.record({ url: loosely }),
				device: fc.record({ type: loosely }),
				library: fc.record({ name: loosely, version: loosely }),
				userAgent: loosely,
				ip: loosely,
				timezone: fc.oneof(loosely, fc.constant('Europe/Amsterdam')),
			},
			{ requiredKeys: [], noNullPrototype: true },
		),
	});

	test.each(['translate', 'refuse', 'custom'])('shops, with standard events: %s', async (standardEvents) => {
		const events = fc.array(standardEvent, { minLength: 1, maxLength: 5 });
		await fc.assert(
			fc.asyncProperty(events, async (all) => {
				await check({ ...sendEvent, options: { standardEvents } }, all as IDataObject[]);
			}),
			generatedCases(200),
		);
	});
});

describe('our rules are the published ones', () => {
	const ourVerdict = ({ partnerId: _id, partnerSecret: _secret, ...record }: IDataObject) =>
		(record.type === 'identify' ? identify : send).record.schema.safeParse(record);

	test('every valid body passes, and loses nothing', async () => {
		await fc.assert(
			fc.asyncProperty(validBody, (generated) =>
				judge.agrees(() => {
					const body = { ...generated, ...keys };
					expectValid(body);
					expect({ ...ourVerdict(body).data, ...keys }).toEqual(body);
				}),
			),
			generatedCases(2000),
		);
	});

	const isOfNamedDifference = (body: IDataObject) =>
		body.clientId === '' ||
		[body.sentAt, body.timezone].some((time) => Number.isInteger(time) && !Number.isSafeInteger(time)) ||
		/"category":"(?:[^"/]*\/){5}/.test(JSON.stringify(body));

	test.each([
		['a client ID of 45 characters', { clientId: 'é'.repeat(45) }, true],
		['a client ID of 45 emoji', { clientId: '😀'.repeat(45) }, true],
		['a client ID of 46 characters', { clientId: 'c'.repeat(46) }, false],
		['a name of 38 characters', { properties: { eventName: 'n'.repeat(38) } }, true],
		['a name of 38 emoji', { properties: { eventName: '😀'.repeat(38) } }, true],
		['a name of 39 characters', { properties: { eventName: 'n'.repeat(39) } }, false],
	])('%s', async (_, more, isValid) => {
		const body = { ...keys, ...custom, ...more };
		await judge.agrees(() => {
			expect(published.track(body)).toBe(isValid);
			expect(ourVerdict(body).success).toBe(isValid);
		});
	});

	test('what is valid is accepted, and what is accepted is sent in a valid form', async () => {
		const refused = { times: 0, of: 0 };
		await fc.assert(
			fc.asyncProperty(anyBody, async (spoilt) => {
				const body: IDataObject = { ...spoilt, ...keys };
				fc.pre(!isOfNamedDifference(body));
				await judge.agrees(() => {
					const { success, data } = ourVerdict(body);
					if (published[typeOf(body)](body))
						expect({ body, accepted: success }).toEqual({ body, accepted: true });
					if (success)
						expect({ body, valid: published[typeOf(body)]({ ...data, ...keys }) }).toEqual({
							body,
							valid: true,
						});
					refused.of++;
					if (!success) refused.times++;
				});
			}),
			generatedCases(5000),
		);
		// The comparison says something only if both kinds occur.
		expect(refused.times).toBeGreaterThan(refused.of / 5);
		expect(refused.times).toBeLessThan((refused.of * 4) / 5);
	});
});

function expectOnlyTheyAllow(record: object): void {
	expect(published.track({ ...record, ...keys })).toBe(true);
	expect(send.record.schema.safeParse(record).success).toBe(false);
}

testDifferences('simon', judge, {
	async emptyClientId() {
		expectOnlyTheyAllow({ ...custom, clientId: '' });
		expect(send.record.schema.safeParse(custom).success).toBe(true);
	},

	async inexactIntegers() {
		expectOnlyTheyAllow({ ...custom, sentAt: 2 ** 53 });
		expect(send.record.schema.safeParse({ ...custom, sentAt: 2 ** 53 - 1 }).success).toBe(true);
	},

	async levelsOfCategories() {
		const favorite = (category: string) => ({
			...custom,
			event: 'favorite',
			properties: { productId: '1', category },
		});
		expectOnlyTheyAllow(favorite('a/b/c/d/e/f'));
		expect(send.record.schema.safeParse(favorite('a/b/c/d/e')).success).toBe(true);
	},

	async largeBodies() {
		const event = (length: number): IDataObject => ({
			type: 'track',
			event: 'some_event',
			userId: 'user-1',
			properties: { text: 'é'.repeat(length) },
		});
		await run(sendEvent, [event(50_000)]);
		const [largest] = server.take();
		expect(largest?.body.length).toBeGreaterThan(97 * 1024);
		expect(largest?.body.length).toBeLessThanOrEqual(100 * 1024);

		const { output } = await run(sendEvent, [event(51_200)]);
		expect(output[0]?.json).toMatchObject({ status: 'failed', reason: { code: 'record_too_large' } });
		expect(server.take()).toEqual([]);
		const body = JSON.parse(String(largest?.body)) as IDataObject;
		const properties = { eventName: 'some_event', properties: event(51_200).properties };
		expect(published.track({ ...body, properties })).toBe(true);
	},

	async namesOfTheirOwn() {
		const ofItem = { productId: '1', variant: 'a', quantity: 1, position: 3 };
		const body = { ...keys, ...custom, event: 'cart' };
		expect(published.track({ ...body, properties: { cartItems: [ofItem], currency: 'USD' } })).toBe(true);

		const event = {
			type: 'track',
			event: 'Cart Viewed',
			userId: 'c',
			properties: { products: [ofItem], currency: 'USD' },
		};
		const { output } = await run(sendEvent, [event]);
		const { position, ...known } = ofItem;
		expect(sentBodies()[0]?.properties).toEqual({ cartItems: [{ ...known, properties: { position } }] });
		expect(output[0]?.json.warnings).toMatchObject(
			expect.arrayContaining([expect.objectContaining({ code: 'left_out' })]) as unknown[],
		);
	},
});
