import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { id, properties } from '../generators';
import { generatedCases, type Judge } from '../judging';
import { expectAgreement, expectSameRequests, recordsOf, sentByBoth, type BothSides } from './both-sides';
import type { SdkEvent } from './sdk';

/** The facts of an event. */
export interface EventFacts {
	distinctId: string;
	name: string;
	properties: IDataObject;
	key?: string;
}

export function sdkEvent({ sdk }: BothSides, facts: EventFacts, tenant?: string): SdkEvent {
	const { distinctId, name, properties: values, key } = facts;
	return new sdk.Event(distinctId, name, asParsed(values), {
		idempotency_key: key,
		tenant_id: tenant,
	});
}

/** A copy that the SDK may change. Its check for objects accepts only objects of this realm. */
function asParsed(values: IDataObject): IDataObject {
	return JSON.parse(JSON.stringify(values)) as IDataObject;
}

/** Sends one event alone and several in bulk. In our node, the number of items decides that. */
export async function sendViaSdk(
	sides: BothSides,
	all: readonly EventFacts[],
	tenant?: string,
): Promise<unknown> {
	const events = all.map((facts) => sdkEvent(sides, facts, tenant));
	const [only] = events;
	if (only !== undefined && events.length === 1) return await sides.client.track_event(only);
	const bulk = sides.client.bulk_events.new_instance();
	bulk.append(...events);
	return await bulk.trigger();
}

export function canonical({ distinctId, name, properties: values, key }: EventFacts): IDataObject {
	return { type: 'track', event: name, userId: distinctId, properties: values, messageId: key };
}

const send = { resource: 'event', operation: 'send' };
/** Sends one request after the other, so that the server gets them in this order. */
const inOrder = { concurrency: 1 };

export async function sendViaNode(
	{ node }: BothSides,
	all: readonly EventFacts[],
	additionalFields: IDataObject = {},
) {
	const parameters = { ...send, additionalFields, options: inOrder } as INodeParameters;
	return await node(parameters, all.map(canonical));
}

/** Sends them with "Define Below". All values are expressions, because a value like `=1` would be one, too. */
const fromFields: INodeParameters = {
	...send,
	mappingMode: 'defineBelow',
	distinctId: '={{ $json.distinctId }}',
	eventName: '={{ $json.name }}',
	propertiesInput: 'json',
	propertiesJson: '={{ $json.properties }}',
	options: inOrder,
};

export async function sendFields({ node }: BothSides, all: readonly EventFacts[]) {
	return await node(
		fromFields,
		all.map((facts) => ({ ...facts })),
	);
}

export const purchase: EventFacts = {
	distinctId: 'user_1',
	name: 'product_purchased',
	properties: { amount: 10, currency: 'USD' },
};

const anyEvent = fc.record({
	distinctId: id,
	// At least two characters. Both sides refuse shorter names.
	name: id.filter((name) => [...name].length > 1 && !/^(?:\$|ss_)/i.test(name)),
	properties,
	key: fc.uuid(),
});

export function testEvents(sides: () => BothSides, judge: Judge): void {
	describe('events', () => {
		const many = (count: number) =>
			Array.from({ length: count }, (_, index) => ({
				...purchase,
				distinctId: `user_${index}`,
				properties: { index },
				key: `key-${index}`,
			}));

		test.each<[string, EventFacts[]]>([
			['one', [purchase]],
			['one with an idempotency key', [{ ...purchase, key: 'order-1001-paid' }]],
			['no properties', [{ ...purchase, properties: {} }]],
			[
				'null, lists, objects in objects',
				[{ ...purchase, properties: { a: null, b: [1, { c: [[]] }], d: {} } }],
			],
			[
				'other scripts',
				[{ ...purchase, distinctId: '用户-٣', name: 'Achat terminé ✅', properties: { naïve: '🙂' } }],
			],
			['blanks around', [{ ...purchase, distinctId: '  user_1 ', name: ' product_purchased  ' }]],
			['a name of two characters', [{ ...purchase, name: 'ok' }]],
			[
				'SuprSend’s own event names',
				['$identify', '$app_launched', '$user_login'].map((name) => ({ ...purchase, name })),
			],
			['two', many(2)],
			['99', many(99)],
			['100, a full request', many(100)],
			['101, one more', many(101)],
			['250', many(250)],
		])('%s', async (_, all) => {
			await judge.agrees(() =>
				expectAgreement(
					sides(),
					() => sendViaSdk(sides(), all),
					() => sendViaNode(sides(), all),
				),
			);
			await judge.agrees(() =>
				expectAgreement(
					sides(),
					() =>
						sendViaSdk(
							sides(),
							all.map(({ key: _key, ...facts }) => facts),
						),
					() => sendFields(sides(), all),
				),
			);
		});

		test('for a tenant, whose ID has up to 64 characters', async () => {
			for (const tenant of ['acme', 't'.repeat(64)]) {
				await judge.agrees(() =>
					expectAgreement(
						sides(),
						() => sendViaSdk(sides(), [purchase], tenant),
						() => sendViaNode(sides(), [purchase], { tenantId: tenant }),
					),
				);
			}
		});

		test('an idempotency key of up to 255 characters', async () => {
			const key = 'k'.repeat(255);
			await judge.agrees(() =>
				expectAgreement(
					sides(),
					() => sendViaSdk(sides(), [{ ...purchase, key }]),
					() => sendViaNode(sides(), [purchase], { idempotencyKey: key }),
				),
			);
		});

		test('with files: by their address, and along with the event', async () => {
			const folder = mkdtempSync(join(tmpdir(), 'attachment-'));
			const path = join(folder, 'invoice.pdf');
			const file = Buffer.from('%PDF-1.4 not really');
			writeFileSync(path, file);
			const url = 'https://www.example.com/terms.pdf';
			const attachment = [
				{ source: 'url', url, fileName: 'terms.pdf' },
				{ source: 'url', url, fileName: 'terms.pdf', ignoreIfError: true },
				{ source: 'binary', binaryField: 'data' },
				{ source: 'binary', binaryField: 'data', fileName: 'your invoice.pdf' },
			];
			await judge.agrees(() =>
				expectAgreement(
					sides(),
					async () => {
						const event = sdkEvent(sides(), purchase);
						event.add_attachment(url, { file_name: 'terms.pdf' });
						event.add_attachment(url, { file_name: 'terms.pdf', ignore_if_error: true });
						event.add_attachment(path);
						event.add_attachment(path, { file_name: 'your invoice.pdf' });
						await sides().client.track_event(event);
					},
					() =>
						sides().node(
							{ ...send, additionalFields: { attachments: { attachment } } },
							[canonical(purchase)],
							{
								binary: {
									data: {
										data: file.toString('base64'),
										mimeType: 'application/pdf',
										fileName: 'invoice.pdf',
									},
								},
							},
						),
				),
			);
			rmSync(folder, { recursive: true });
		});

		test('whatever they say, from events', async () => {
			const events = fc.array(anyEvent, { minLength: 1, maxLength: 5 });
			await fc.assert(
				fc.asyncProperty(events, (all) =>
					judge.agrees(() =>
						expectAgreement(
							sides(),
							() => sendViaSdk(sides(), all),
							() => sendViaNode(sides(), all),
						),
					),
				),
				generatedCases(400),
			);
		});

		test('whatever they say, from fields', async () => {
			const events = fc.array(anyEvent, { minLength: 1, maxLength: 3 });
			await fc.assert(
				fc.asyncProperty(events, (all) =>
					judge.agrees(() =>
						expectAgreement(
							sides(),
							() =>
								sendViaSdk(
									sides(),
									all.map(({ key: _, ...facts }) => facts),
								),
							() => sendFields(sides(), all),
						),
					),
				),
				generatedCases(100),
			);
		});

		test('however large: both keep to 800 KB and 100 events a request, and lose none', async () => {
			const kilobytes = fc.integer({ min: 1, max: 98 });
			await fc.assert(
				fc.asyncProperty(fc.array(kilobytes, { minLength: 2, maxLength: 130 }), (sizes) =>
					judge.agrees(async () => {
						const all = sizes.map((size, index) => ({
							...purchase,
							distinctId: `user_${index}`,
							properties: { text: 'x'.repeat(size * 1024) },
							key: `key-${index}`,
						}));
						const { theirs, ours } = await sentByBoth(
							sides(),
							() => sendViaSdk(sides(), all),
							() => sendViaNode(sides(), all),
						);
						const ids = all.map(({ distinctId }) => distinctId);
						for (const requests of [theirs, ours]) {
							expect(recordsOf(requests).map(({ distinct_id }) => distinct_id)).toEqual(ids);
							for (const { body } of requests) expect(body.length).toBeLessThanOrEqual(820 * 1024);
						}
						for (const { body } of ours) expect(body.length).toBeLessThanOrEqual(800 * 1024);
						expect(ours.length).toBeLessThanOrEqual(theirs.length);
					}),
				),
				generatedCases(40),
			);
		});

		describe('refused by both, before anything is sent', () => {
			test.each<[string, EventFacts, { tenantId?: string; idempotencyKey?: string }?]>([
				['a reserved name, $', { ...purchase, name: '$foo' }],
				['a reserved name, ss_', { ...purchase, name: 'ss_foo' }],
				['a reserved name, SS_', { ...purchase, name: 'SS_foo' }],
				['a reserved name after blanks', { ...purchase, name: '  $foo' }],
				['a name of one character', { ...purchase, name: 'x' }],
				['a name of one character of two code units', { ...purchase, name: '😀' }],
				['a name of blanks', { ...purchase, name: '   ' }],
				['a distinct ID of blanks', { ...purchase, distinctId: '   ' }],
				['a tenant ID of 65 characters', purchase, { tenantId: 't'.repeat(65) }],
				['an idempotency key of 256 characters', purchase, { idempotencyKey: 'k'.repeat(256) }],
				['an event of 820 KB', { ...purchase, properties: { text: 'x'.repeat(820 * 1024) } }],
			])('%s', async (_, facts, options = {}) => {
				await judge.agrees(async () => {
					const { client, server } = sides();
					const bad = sdkEvent(sides(), { ...facts, key: options.idempotencyKey }, options.tenantId);
					const bulk = client.bulk_events.new_instance();
					bulk.append(bad);
					server.take();
					expect(await bulk.trigger()).toMatchObject({ status: 'fail', total: 1, failure: 1 });
					const { output } = await sendViaNode(sides(), [facts], options);
					expect(output[0]?.json).toMatchObject({
						status: 'failed',
						attempts: 0,
						reason: { message: expect.stringMatching(/\w/), description: expect.stringMatching(/\w/) },
					});
					expect(server.take()).toEqual([]);
				});
			});

			test('one bad event takes no good one down', async () => {
				const all = [purchase, { ...purchase, name: '$bad' }, { ...purchase, distinctId: 'user_2' }];
				await judge.agrees(async () => {
					const sent = await sentByBoth(
						sides(),
						() => sendViaSdk(sides(), all),
						() => sendViaNode(sides(), all),
					);
					expect(recordsOf(sent.theirs)).toHaveLength(2);
					expectSameRequests(sent);
				});
			});
		});
	});
}
