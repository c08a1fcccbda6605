import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { runNode, type NodeRun } from '../../engine/harness/run-node';
import { id, properties } from '../generators';
import { generatedCases, judgedBy, testDifferences } from '../judging';
import { startRecordingServer, type Recorded, type RecordingServer } from '../recording-server';
import { startDestination } from './segment-destination';

const judge = judgedBy('rehook');
const keys = { apiKey: 'conformance-api-key-not-real', secretKey: 'conformance-secret-key-not-real' };

let server: RecordingServer;
let segment: (event: IDataObject) => Promise<unknown>;

beforeAll(async () => {
	server = await startRecordingServer();
	segment = await startDestination(server.url, keys);
});
afterAll(async () => await server.close());
beforeEach(() => server.take());

async function node(event: IDataObject): Promise<NodeRun> {
	return await runNode({
		node: 'rehook',
		parameters: {
			...(event.type === 'identify'
				? { resource: 'customer', operation: 'identify' }
				: { resource: 'event', operation: 'send' }),
			mappingMode: 'canonicalEvent',
		},
		credentials: { rehookApi: { ...keys, baseUrl: server.url } },
		items: [event],
		onError: 'continueRegularOutput',
	});
}

function seen({ method, target, headers, body }: Recorded) {
	const { authorization } = headers;
	return { method, target, authorization, content: JSON.parse(body.toString()) as IDataObject };
}

async function sentByBoth(event: IDataObject) {
	await segment(event);
	const theirs = server.take();
	await node(event);
	return { theirs: theirs.map(seen), ours: server.take().map(seen) };
}

async function expectSameRequest(event: IDataObject): Promise<void> {
	const { theirs, ours } = await sentByBoth(event);
	expect(theirs).toHaveLength(1);
	expect(ours).toEqual(theirs);
}

async function bodies(event: IDataObject): Promise<{ their?: IDataObject; our?: IDataObject }> {
	const { theirs, ours } = await sentByBoth(event);
	return { their: theirs[0]?.content, our: ours[0]?.content };
}

function reasonOf({ output }: NodeRun): { message: string; description: string } {
	const { status, reason } = output[0]?.json ?? {};
	expect(status).toBe('failed');
	return reason as { message: string; description: string };
}

const track = (more: IDataObject = {}): IDataObject => ({
	type: 'track',
	event: 'order_success',
	userId: 'krishna@123',
	properties: { Payment_mode: 'UPI', total_amount: '250' },
	...more,
});
const identify = (more: IDataObject = {}): IDataObject => ({
	type: 'identify',
	userId: 'krishna@123',
	traits: { Name: 'Krishna', location: 'Bangalore' },
	...more,
});

test.each<[string, IDataObject]>([
	['track', track()],
	[
		"track, as in the destination's own tests",
		track({ event: 'Test Event', userId: 'user1234', properties: {} }),
	],
	[
		'track of a sign-up through a referral',
		track({ event: 'signup', properties: { referral_code: 'KBLGPN' } }),
	],
	['track of a direct sign-up', track({ event: 'signup', properties: { referral_code: '' } })],
	[
		'track with null, lists and objects in objects',
		track({ properties: { a: null, b: [1, { c: [] }], d: { e: {} } } }),
	],
	['track in other scripts', track({ event: '注文 ✅', userId: '用户', properties: { naïve: '🙂' } })],
	["track with the words of Segment's mappings", track({ properties: { '@path': '$.userId', 'a.b': 1 } })],
	['track with a number for an ID', track({ userId: 42 })],
	['identify', identify()],
	["identify, as in the destination's own tests", identify({ userId: 'user1234', traits: { name: 'abc' } })],
	['identify in other scripts', identify({ userId: '用户', traits: { naïve: '🙂', list: [{}] } })],
	['identify with a number for an ID', identify({ userId: 42 })],
])('the same request: %s', async (_, event) => {
	await judge.agrees(() => expectSameRequest(event));
});

test('the same request, whatever is tracked', async () => {
	const event = fc.record({ event: id, userId: fc.oneof(id, fc.nat()), properties });
	await fc.assert(
		fc.asyncProperty(event, (facts) => judge.agrees(() => expectSameRequest(track(facts)))),
		generatedCases(500),
	);
});

test('the same request, whoever is identified', async () => {
	const person = fc.record({
		userId: fc.oneof(id, fc.nat()),
		traits: properties.filter((traits) => Object.keys(traits).length > 0),
	});
	await fc.assert(
		fc.asyncProperty(person, (facts) => judge.agrees(() => expectSameRequest(identify(facts)))),
		generatedCases(500),
	);
});

describe('refused by both, and by ours with a better message', () => {
	test.each<[string, IDataObject, RegExp, RegExp]>([
		[
			'nobody but an anonymous ID, tracked',
			track({ userId: null, anonymousId: 'anon-1' }),
			/missing the required field 'source_id'/,
			/Fill in the source ID, which is your own ID for the customer/,
		],
		[
			'nobody but an anonymous ID, identified',
			identify({ userId: null, anonymousId: 'anon-1' }),
			/missing the required field 'source_id'/,
			/doesn't accept an anonymous ID instead/,
		],
		['nobody at all', track({ userId: '' }), /missing the required field 'source_id'/, /has no user/],
		['a list for properties', track({ properties: [1] }), /must be an object/, /"properties" .*object/],
		['text for traits', identify({ traits: 'Krishna' }), /must be an object/, /"traits" .*object/],
	])('%s', async (_, event, theirs, ours) => {
		await judge.agrees(async () => {
			await expect(segment(event)).rejects.toThrow(theirs);
			const { message, description } = reasonOf(await node(event));
			expect(message).toMatch(ours);
			expect(description).toMatch(/[Cc]orrect the item|Correct it/);
			expect(server.take()).toEqual([]);
		});
	});
});

testDifferences('rehook', judge, {
	async charset() {
		await segment(track());
		await node(track());
		expect(server.take().map(({ headers }) => headers['content-type'])).toEqual([
			'application/json',
			'application/json; charset=utf-8',
		]);
	},

	async otherTypes() {
		const page = { type: 'page', name: 'Pricing', userId: 'krishna@123' };
		const { theirs, ours } = await sentByBoth(page);
		expect(theirs).toEqual([]);
		expect(ours).toMatchObject([
			{ target: '/events/invoke', content: { event_name: 'Page Viewed', metadata: { name: 'Pricing' } } },
		]);
	},

	async referralCodes() {
		const event = identify({ traits: { referral_code: { a: 1 } } });
		await expect(segment(event)).rejects.toThrow(/Referral Code must be a string/);
		const { output } = await node(event);
		expect(output[0]?.json).toMatchObject({
			status: 'delivered',
			warnings: [{ path: 'referral_code', code: 'unusable_value' }],
		});
		expect(server.take().map(seen)).toMatchObject([{ content: { source_id: 'krishna@123' } }]);
	},

	async noProperties() {
		const { their, our } = await bodies(track({ properties: undefined }));
		expect(their).not.toHaveProperty('metadata');
		expect(our?.metadata).toEqual({});
	},

	async noTraits() {
		const { their, our } = await bodies(identify({ traits: {} }));
		expect(their).toEqual({ source_id: 'krishna@123', metadata: {} });
		expect(our).toEqual({ source_id: 'krishna@123' });
	},

	async referralCodeOnce() {
		const { their, our } = await bodies(identify({ traits: { Name: 'Krishna', referral_code: 'KMN' } }));
		expect(their).toMatchObject({
			referral_code: 'KMN',
			metadata: { Name: 'Krishna', referral_code: 'KMN' },
		});
		expect(our).toEqual({ source_id: 'krishna@123', referral_code: 'KMN', metadata: { Name: 'Krishna' } });
	},

	async referralCodeOfNothing() {
		const { their, our } = await bodies(identify({ traits: { Name: 'Krishna', referral_code: null } }));
		expect(their).toMatchObject({ referral_code: null });
		expect(our).toEqual({ source_id: 'krishna@123', metadata: { Name: 'Krishna' } });
	},

	async referralCodeInCamelCase() {
		const { their, our } = await bodies(track({ properties: { referralCode: 'KBLGPN' } }));
		expect(their?.metadata).toEqual({ referralCode: 'KBLGPN' });
		expect(our?.metadata).toEqual({ referral_code: 'KBLGPN' });
	},

	async referralCodeOfDigits() {
		const { their, our } = await bodies(track({ properties: { referral_code: 4711 } }));
		expect(their?.metadata).toEqual({ referral_code: 4711 });
		expect(our?.metadata).toEqual({ referral_code: '4711' });
	},

	async blanks() {
		const { their, our } = await bodies(track({ event: ' signup ', userId: ' krishna@123 ' }));
		expect(their).toMatchObject({ event_name: ' signup ', source_id: ' krishna@123 ' });
		expect(our).toMatchObject({ event_name: 'signup', source_id: 'krishna@123' });

		await segment(track({ event: ' ' }));
		expect(server.take()).toHaveLength(1);
		expect(reasonOf(await node(track({ event: ' ' }))).message).toMatch(/"event"/);
		expect(server.take()).toEqual([]);
	},

	async longTexts() {
		for (const long of [{ userId: 'u'.repeat(257) }, { event: 'e'.repeat(201) }]) {
			await segment(track(long));
			expect(server.take()).toHaveLength(1);
			expect(reasonOf(await node(track(long))).message).toMatch(
				/up to 256 characters|longer than 200 characters/,
			);
			expect(server.take()).toEqual([]);
		}
	},

	async unsafePropertyNames() {
		const { their, our } = await bodies(track({ properties: { amount: 1, constructor: 'evil' } }));
		expect(their?.metadata).toEqual({ amount: 1, constructor: 'evil' });
		expect(our?.metadata).toEqual({ amount: 1 });
	},

	async tooManyRequests() {
		const later = { status: 429, headers: { 'retry-after': '0' } };
		server.answerNext(later);
		await expect(segment(track())).rejects.toThrow('Too Many Requests');
		expect(server.take()).toHaveLength(1);

		server.answerNext(later);
		const { output } = await node(track());
		expect(output[0]?.json).toMatchObject({ status: 'delivered', attempts: 2 });
		expect(server.take()).toHaveLength(2);
	},
});
