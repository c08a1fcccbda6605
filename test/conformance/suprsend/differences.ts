import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { NodeRun } from '../../engine/harness/run-node';
import { testDifferences, type Judge } from '../judging';
import { contentOf, recordsOf, sentByBoth, type BothSides } from './both-sides';
import { canonical, purchase, sendFields, sendViaNode, sendViaSdk, type EventFacts } from './events';
import { listParameters, tenantParameters } from './lists-and-tenants';
import { parametersFor } from './other-operations';
import { editParameters, identifyParameters } from './users';
import { triggerViaNode, triggerViaSdk } from './workflows';

const limit = 800 * 1024;

/** The result of one run of our node with one item. */
function resultOf({ output }: NodeRun): IDataObject {
	const [first] = output;
	if (first === undefined) throw new Error('The node gave no result');
	return first.json;
}

export function testSuprSendDifferences(sides: () => BothSides, judge: Judge): void {
	const { any, stringContaining } = expect;

	/** Expects that the SDK sends it, and that our node refuses it for this reason and sends nothing. */
	const sentByThemOnly = async (
		viaSdk: () => Promise<unknown>,
		viaNode: () => Promise<NodeRun>,
		message: RegExp,
	): Promise<IDataObject> => {
		let result: IDataObject = {};
		const { theirs, ours } = await sentByBoth(sides(), viaSdk, async () => {
			result = resultOf(await viaNode());
		});
		expect(ours).toEqual([]);
		expect(result).toMatchObject({ status: 'failed', attempts: 0 });
		expect((result.reason as IDataObject).message).toMatch(message);
		expect(theirs).toHaveLength(1);
		return recordsOf(theirs)[0] ?? {};
	};

	/** Sends events with both and returns the records of each. */
	const bothSend = async (
		theirFacts: EventFacts,
		ourFacts = theirFacts,
		additionalFields: IDataObject = {},
	) => {
		const { theirs, ours } = await sentByBoth(
			sides(),
			() => sendViaSdk(sides(), [theirFacts], additionalFields.tenantId as string | undefined),
			() => sendViaNode(sides(), [ourFacts], additionalFields),
		);
		const [their = {}] = recordsOf(theirs);
		const [our = {}] = recordsOf(ours);
		return { their, our, theirs, ours };
	};

	const eventOnlyTheySend = async (facts: EventFacts, message: RegExp) =>
		await sentByThemOnly(
			() => sendViaSdk(sides(), [facts]),
			() => sendViaNode(sides(), [facts]),
			message,
		);

	const upsertOnlyTheySend = async (profile: IDataObject, message: RegExp) =>
		await sentByThemOnly(
			() => sides().client.users.upsert('user_1', profile),
			() => sides().node(identifyParameters, [{ distinctId: 'user_1', profile }]),
			message,
		);

	/** Expects that the SDK sends this value of a user, and that our node sends the user without it, and warns. */
	const leftOutByUs = async (profile: IDataObject, message: RegExp) => {
		let result: IDataObject = {};
		const { theirs, ours } = await sentByBoth(
			sides(),
			() => sides().client.users.upsert('user_1', profile),
			async () => {
				result = resultOf(await sides().node(identifyParameters, [{ distinctId: 'user_1', profile }]));
			},
		);
		expect(recordsOf(theirs)).toEqual([profile]);
		expect(recordsOf(ours)).toEqual([{}]);
		expect(result).toMatchObject({
			status: 'delivered',
			warnings: [{ code: 'unusable_value', message: expect.stringMatching(message) }],
		});
	};

	const editViaNode = async (operations: IDataObject[], options: IDataObject = {}) =>
		await sides().node(editParameters(options), [{ distinctId: 'user_1', operations }]);

	const user = () => sides().client.users.get_edit_instance('user_1');

	testDifferences('suprsend', judge, {
		async stableIds() {
			const facts = { ...purchase, key: 'message-1' };
			const first = await bothSend(facts);
			const second = await bothSend(facts);
			expect(second.their.$insert_id).not.toBe(first.their.$insert_id);
			expect(second.our.$insert_id).toBe(first.our.$insert_id);
		},

		async eventTime() {
			const before = Date.now();
			const { theirs, ours } = await sentByBoth(
				sides(),
				() => sendViaSdk(sides(), [purchase]),
				async () => {
					const item = { ...canonical(purchase), timestamp: '2025-01-02T03:04:05.678Z' };
					await sides().node({ resource: 'event', operation: 'send' }, [item]);
					await sendFields(sides(), [purchase]);
				},
			);
			expect(recordsOf(theirs)[0]?.$time).toBeGreaterThanOrEqual(before);
			const [fromEvent = {}, byHand = {}] = recordsOf(ours);
			expect(fromEvent.$time).toBe(Date.parse('2025-01-02T03:04:05.678Z'));
			expect(byHand).not.toHaveProperty('$time');
		},

		async nameOfTheSdk() {
			const { their, our, theirs, ours } = await bothSend(purchase);
			const name = stringContaining('@suprsend/node-sdk/');
			expect(their.properties).toMatchObject({ $ss_sdk_version: name });
			expect(theirs[0]?.headers).toMatchObject({
				'user-agent': name,
				'x-suprsend-client-user-agent': any(String),
			});
			expect(our.properties).toEqual(purchase.properties);
			expect(JSON.stringify(ours[0]?.headers)).not.toContain('node-sdk');
		},

		async alwaysAKey() {
			const { their, our } = await bothSend(purchase);
			expect(their).not.toHaveProperty('$idempotency_key');
			expect(our.$idempotency_key).toMatch(/^.{1,255}$/);
		},

		async aListOfOne() {
			const all = Array.from({ length: 101 }, (_, index) => ({ ...purchase, distinctId: `user_${index}` }));
			const { theirs, ours } = await sentByBoth(
				sides(),
				() => sendViaSdk(sides(), all),
				() => sendViaNode(sides(), all),
			);
			expect(theirs.slice(1).map(contentOf)).toEqual([
				[expect.objectContaining({ distinct_id: 'user_100' })],
			]);
			expect(ours.slice(1).map(contentOf)).toEqual([expect.objectContaining({ distinct_id: 'user_100' })]);
		},

		async retries() {
			const { server } = sides();
			server.take();
			server.answerNext({ status: 503 });
			expect(await sendViaSdk(sides(), [purchase])).toMatchObject({ success: false, status_code: 503 });
			expect(server.take()).toHaveLength(1);

			server.answerNext({ status: 503 });
			expect(resultOf(await sendViaNode(sides(), [purchase]))).toMatchObject({
				status: 'delivered',
				attempts: 2,
			});
			const [first, second] = server.take();
			expect(second?.body).toEqual(first?.body);
		},

		async halves() {
			const { server } = sides();
			const all = ['good_one', 'bad_one'].map((name) => ({ ...purchase, name }));
			const refusal = { status: 400, body: '{"code":400,"message":"bad_one is not welcome"}' };
			server.answerNext(refusal);
			expect(await sendViaSdk(sides(), all)).toMatchObject({ status: 'fail', success: 0, failure: 2 });

			const welcome = { status: 202, body: '"OK"' };
			server.answerNext(refusal, welcome, refusal);
			const { output } = await sendViaNode(sides(), all);
			expect(output.map(({ json }) => json.status)).toEqual(['delivered', 'failed']);
			server.take();
		},

		async wordsOfTheService() {
			const { server } = sides();
			const refusal = { status: 400, body: '{"code":400,"message":"unknown tenant acme"}' };
			server.answerNext(refusal);
			const answer = await sendViaSdk(sides(), [purchase]);
			expect(answer).toMatchObject({ message: 'Request failed with status code 400' });
			expect(JSON.stringify(answer)).not.toContain('acme');

			server.answerNext(refusal);
			const { reason } = resultOf(await sendViaNode(sides(), [purchase]));
			expect(reason).toMatchObject({ message: stringContaining('unknown tenant acme') });
		},

		async failedBulkEdit() {
			const { server, client } = sides();
			const edit = user();
			edit.set({ plan: 'pro' });
			const bulk = client.users.get_bulk_edit_instance();
			bulk.append(edit);
			const refusal = { status: 400, body: '{"message":"not today"}' };
			server.answerNext(refusal);
			await expect(bulk.save()).rejects.toThrow('err is not defined');

			server.answerNext(refusal);
			const result = resultOf(await editViaNode([{ $set: { plan: 'pro' } }], { sendInBulk: true }));
			expect(result).toMatchObject({ status: 'failed', reason: { message: stringContaining('not today') } });
		},

		async redirects() {
			const { server } = sides();
			const elsewhere = { status: 302, headers: { location: '/elsewhere' } };
			server.take();
			server.answerNext(elsewhere);
			expect(await sendViaSdk(sides(), [purchase])).toMatchObject({ success: true });
			expect(server.take().map(({ method, target }) => `${method} ${target}`)).toEqual([
				'POST /event/',
				'GET /elsewhere',
			]);

			server.answerNext(elsewhere);
			expect(resultOf(await sendViaNode(sides(), [purchase]))).toMatchObject({ status: 'failed' });
			expect(server.take()).toHaveLength(1);
		},

		async reservedPropertyNames() {
			for (const name of ['$foo', 'ss_foo', 'SS_foo']) {
				const properties = { [name]: 1 };
				const { their, our } = await bothSend({ ...purchase, properties: { amount: 10, ...properties } });
				expect(their.properties).toMatchObject({ amount: 10, ...properties });
				expect(our.properties).toEqual({ amount: 10 });
				expect(await upsertOnlyTheySend(properties, /SuprSend reserves/)).toEqual(properties);
			}
		},

		async unsafeNames() {
			const properties = { amount: 10, constructor: 'evil' };
			const { their, our } = await bothSend({ ...purchase, properties });
			expect(their.properties).toMatchObject(properties);
			expect(our.properties).toEqual({ amount: 10 });
		},

		async listsForProperties() {
			const record = await eventOnlyTheySend(
				{ ...purchase, properties: [1] as unknown as IDataObject },
				/properties/,
			);
			expect(record.properties).toMatchObject({ 0: 1 });
		},

		async numbersForIds() {
			const { server } = sides();
			const facts = { ...purchase, distinctId: 42 as unknown as string };
			server.take();
			await expect(async () => await sendViaSdk(sides(), [facts])).rejects.toThrow('must be a string');
			expect(server.take()).toEqual([]);
			await sendViaNode(sides(), [facts]);
			expect(recordsOf(server.take())).toMatchObject([{ distinct_id: '42' }]);

			for (const [recipient, text] of [
				[42 as unknown as string, '42'],
				[{ distinct_id: 42 }, { distinct_id: '42' }],
			] as const) {
				const trigger = { recipients: [recipient], data: {} };
				await expect(async () => await triggerViaSdk(sides(), [trigger])).rejects.toThrow('recipients');
				expect(server.take()).toEqual([]);
				await triggerViaNode(sides(), [trigger]);
				expect(recordsOf(server.take())).toMatchObject([{ recipients: [text] }]);
			}
		},

		async longIds() {
			const distinctId = 'u'.repeat(256);
			const record = await eventOnlyTheySend({ ...purchase, distinctId }, /up to 255 characters/);
			expect(record.distinct_id).toBe(distinctId);
		},

		async longEventNames() {
			const name = 'e'.repeat(201);
			expect((await eventOnlyTheySend({ ...purchase, name }, /longer than 200 characters/)).event).toBe(name);
		},

		async blanksAroundKeys() {
			const key = ' order-1 ';
			const options = { tenantId: ' acme ', idempotencyKey: key };
			const { their, our } = await bothSend({ ...purchase, key }, purchase, options);
			expect(their).toMatchObject({ tenant_id: ' acme ', $idempotency_key: ' order-1 ' });
			expect(our).toMatchObject({ tenant_id: 'acme', $idempotency_key: 'order-1' });
		},

		async blanksAroundRecipients() {
			const recipients = [
				' user-42 ',
				{ distinct_id: ' user-43' },
				{ object_type: 'teams ', id: ' finance' },
			];
			const actor = { distinct_id: 'user-7 ', name: ' Ada ' };
			const trigger = { recipients, data: {} };
			const { theirs, ours } = await sentByBoth(
				sides(),
				() => triggerViaSdk(sides(), [trigger], { body: { actor } }),
				() => triggerViaNode(sides(), [trigger], { actor: JSON.stringify(actor) }),
			);
			expect(recordsOf(theirs)).toMatchObject([{ recipients, actor }]);
			expect(recordsOf(ours)).toMatchObject([
				{
					recipients: ['user-42', { distinct_id: 'user-43' }, { object_type: 'teams', id: 'finance' }],
					actor: { distinct_id: 'user-7', name: ' Ada ' },
				},
			]);
		},

		async blanksAroundChannels() {
			const profile = { $email: [' a@example.com'], $sms: ['+15555555555 '], $timezone: ' UTC ' };
			const bare = { $email: ['a@example.com'], $sms: ['+15555555555'], $timezone: 'UTC' };
			const users = await sentByBoth(
				sides(),
				() => sides().client.users.upsert('user_1', profile),
				() => sides().node(identifyParameters, [{ distinctId: 'user_1', profile }]),
			);
			expect(users.theirs.map(contentOf)).toEqual([profile]);
			expect(users.ours.map(contentOf)).toEqual([bare]);

			const recipient = { distinct_id: 'user_1', $preferred_language: 'en ' };
			const trigger = { recipients: [{ ...recipient, ...profile }], data: {} };
			const workflows = await sentByBoth(
				sides(),
				() => triggerViaSdk(sides(), [trigger]),
				() => triggerViaNode(sides(), [trigger]),
			);
			expect(recordsOf(workflows.theirs)).toMatchObject([trigger]);
			expect(recordsOf(workflows.ours)).toMatchObject([
				{ recipients: [{ ...recipient, ...bare, $preferred_language: 'en' }] },
			]);

			const operations = [{ $append: { $email: ' a@example.com' } }, { $set: { $timezone: ' UTC ' } }];
			const edit = user();
			edit.add_email(' a@example.com');
			edit.set_timezone(' UTC ');
			const edits = await sentByBoth(
				sides(),
				() => sides().client.users.edit(edit),
				() => editViaNode(operations),
			);
			expect(edits.theirs.map(contentOf)).toEqual([{ operations }]);
			expect(edits.ours.map(contentOf)).toEqual([
				{ operations: [{ $append: { $email: 'a@example.com' } }, { $set: { $timezone: 'UTC' } }] },
			]);
		},

		async largeEvents() {
			const ofBytes = async (bytes: number): Promise<EventFacts> => {
				const key = 'message-1';
				const { ours } = await bothSend({ ...purchase, key, properties: { text: '' } });
				const rest = ours[0]?.body.length ?? 0;
				return { ...purchase, key, properties: { text: 'x'.repeat(bytes - rest) } };
			};
			const { ours } = await bothSend(await ofBytes(100 * 1024));
			expect(ours[0]?.body.length).toBe(100 * 1024);
			for (const bytes of [100 * 1024 + 1, 150 * 1024, 790 * 1024]) {
				await eventOnlyTheySend(await ofBytes(bytes), /and the service accepts up to/);
			}
		},

		async bytesNotCharacters() {
			const values = { text: 'é'.repeat(6000) };
			const edit = user();
			edit.set(values);
			await sentByThemOnly(
				() => sides().client.users.async_edit(edit),
				() => editViaNode([{ $set: values }], { sendInBulk: true }),
				/and the service accepts up to/,
			);

			const all = Array.from({ length: 20 }, (_, index) => ({
				...purchase,
				distinctId: `user_${index}`,
				properties: { text: 'é'.repeat(45_000) },
			}));
			const { theirs, ours } = await sentByBoth(
				sides(),
				() => sendViaSdk(sides(), all),
				() => sendViaNode(sides(), all),
			);
			expect(theirs[0]?.body.length).toBeGreaterThan(1.9 * limit);
			expect(Math.max(...ours.map(({ body }) => body.length))).toBeLessThanOrEqual(limit);
			expect(recordsOf(ours)).toHaveLength(20);
		},

		async commasCount() {
			const plain = { ...purchase, properties: { text: '' } };
			const { theirs: measured } = await bothSend(plain);
			const rest = measured[0]?.body.length ?? 0;
			const tenth = { ...purchase, properties: { text: 'x'.repeat(limit / 10 - rest) } };
			const all = Array.from({ length: 10 }, () => tenth);
			const { theirs, ours } = await sentByBoth(
				sides(),
				() => sendViaSdk(sides(), all),
				() => sendViaNode(sides(), all),
			);
			expect(theirs.map(({ body }) => body.length)).toEqual([limit + '[]'.length + 9 * ','.length]);
			expect(recordsOf(ours)).toHaveLength(10);
			for (const { body } of ours) expect(body.length).toBeLessThanOrEqual(limit);
		},

		async largeAttachments() {
			const data = 'A'.repeat(50 * 1024);
			const properties = { $attachments: [{ filename: 'a.bin', contentType: null, data, url: null }] };
			const record = await eventOnlyTheySend({ ...purchase, properties }, /Attach the file by its URL/);
			expect(record.properties).toMatchObject(properties);
		},

		async channelsAreLists() {
			const profile = { $email: 'jane@example.com' };
			const { theirs, ours } = await sentByBoth(
				sides(),
				() => sides().client.users.upsert('user_1', profile),
				() => sides().node(identifyParameters, [{ distinctId: 'user_1', profile }]),
			);
			expect(theirs.map(contentOf)).toEqual([profile]);
			expect(ours.map(contentOf)).toEqual([{ $email: ['jane@example.com'] }]);
		},

		async valuesOfChannels() {
			await leftOutByUs({ $email: ['nonsense'] }, /email address/);
			await leftOutByUs({ $sms: ['0155 555'] }, /E\.164/);
			await leftOutByUs({ $timezone: '+05:30' }, /IANA time zone/);
		},

		async channelsAreAppended() {
			const values = { $email: 'jane@example.com' };
			const edit = user();
			edit.set(values);
			const record = await sentByThemOnly(
				() => sides().client.users.edit(edit),
				() => editViaNode([{ $set: values }]),
				/add them with \$append/,
			);
			expect(record).toEqual({ operations: [{ $set: values }] });
		},

		async incrementsAreNumbers() {
			const values = { login_count: 'one' };
			const edit = user();
			edit.increment(values);
			await sentByThemOnly(
				() => sides().client.users.edit(edit),
				() => editViaNode([{ $add: values }]),
				/\$add requires numbers/,
			);
		},

		async namesLikeNumbers() {
			const values = { 0: 'first' };
			const { theirs, ours } = await sentByBoth(
				sides(),
				async () => {
					const edit = user();
					edit.set(values);
					await sides().client.users.edit(edit);
				},
				() => editViaNode([{ $set: values }]),
			);
			expect(theirs.map(contentOf)).toEqual([{ operations: [] }]);
			expect(ours.map(contentOf)).toEqual([{ operations: [{ $set: values }] }]);
		},

		async blanksAroundNames() {
			const values = { ' plan ': 'pro' };
			const { theirs, ours } = await sentByBoth(
				sides(),
				async () => {
					const edit = user();
					edit.set(values);
					await sides().client.users.edit(edit);
				},
				() => editViaNode([{ $set: values }]),
			);
			expect(theirs.map(contentOf)).toEqual([{ operations: [{ $set: { plan: 'pro' } }] }]);
			expect(ours.map(contentOf)).toEqual([{ operations: [{ $set: values }] }]);
		},

		async dotsForIds() {
			const { server, client } = sides();
			server.take();
			await client.users.delete('..');
			expect(server.take().map(({ method, target }) => `${method} ${target}`)).toEqual(['DELETE /v1/']);
			const parameters: INodeParameters = {
				resource: 'user',
				operation: 'delete',
				distinctId: { __rl: true, mode: 'id', value: '..' },
			};
			const { reason } = resultOf(await sides().node(parameters, [{}]));
			expect(reason).toMatchObject({ message: stringContaining('only of dots') });
			expect(server.take()).toEqual([]);
		},

		async pushTokens() {
			const trigger = { recipients: [{ distinct_id: 'u', $androidpush: ['token'] }], data: {} };
			await refusedByThemOnly(trigger);
		},

		async slackTokens() {
			const $slack = [{ user_id: 'U01ABCDE2F3', access_token: 'other-token' }];
			await refusedByThemOnly({ recipients: [{ distinct_id: 'u', $slack }], data: {} });
		},

		async manyRecipients() {
			const recipients = Array.from({ length: 101 }, (_, index) => `user-${index}`);
			const record = await sentByThemOnly(
				() => triggerViaSdk(sides(), [{ recipients, data: {} }]),
				() => triggerViaNode(sides(), [{ recipients, data: {} }]),
				/up to 100 recipients/,
			);
			expect(record.recipients).toHaveLength(101);
		},

		async oddListIds() {
			const list = 'a?b';
			const { server, client } = sides();
			server.take();
			await client.subscriber_lists.add(list, ['user-42']);
			expect(server.take().map(({ target }) => target)).toEqual(['/v1/subscriber_list/a?b/subscriber/add/']);
			const run = await sides().node(listParameters('addUsers'), [{ list, ids: ['user-42'] }]);
			expect(resultOf(run).reason).toMatchObject({ message: stringContaining('A list ID can have') });
			expect(server.take()).toEqual([]);
		},

		async emptyLists() {
			const { server, client } = sides();
			server.take();
			expect(await client.subscriber_lists.add('newsletter', [])).toMatchObject({ success: true });
			const run = await sides().node(listParameters('addUsers'), [{ list: 'newsletter', ids: [] }]);
			expect(resultOf(run).reason).toMatchObject({ message: stringContaining('at least one distinct ID') });
			expect(server.take()).toEqual([]);
		},

		async oddTenantIds() {
			const tenant = 'a/b';
			const { server, client } = sides();
			server.take();
			await client.tenants.upsert(tenant, { tenant_name: 'Acme' });
			expect(server.take().map(({ target }) => target)).toEqual(['/v1/tenant/a/b/']);
			const run = await sides().node(tenantParameters(), [{ tenant, name: 'Acme', properties: {} }]);
			expect(resultOf(run).reason).toMatchObject({ message: stringContaining('A tenant ID can have') });
			expect(server.take()).toEqual([]);
		},

		async slashAfterLists() {
			const { theirs, ours } = await sentByBoth(
				sides(),
				() => sides().client.subscriber_lists.get_all({ limit: 50, offset: 0 }),
				() => sides().node(parametersFor('list:getMany'), [{}]),
			);
			expect(theirs.map(({ target }) => target)).toEqual(['/v1/subscriber_list?limit=50&offset=0']);
			expect(ours.map(({ target }) => target)).toEqual(['/v1/subscriber_list/?limit=50&offset=0']);
		},

		async idsOfBroadcasts() {
			const body = {
				list_id: 'newsletter',
				template: 'weekly',
				notification_category: 'newsletter',
				data: { month: 'June' },
				channels: ['email'],
				delay: '1d',
				tenant_id: 'acme',
			};
			const byId = (value: string) => ({ __rl: true, mode: 'id', value });
			const parameters = {
				listId: byId('newsletter'),
				template: byId('weekly'),
				category: 'newsletter',
				dataInput: 'json',
				dataJson: '{"month": "June"}',
				additionalFields: { channels: ['email'], delay: '1d', tenantId: 'acme' },
			};
			const { SubscriberListBroadcast } = sides().sdk;
			const { theirs, ours } = await sentByBoth(
				sides(),
				() => sides().client.subscriber_lists.broadcast(new SubscriberListBroadcast({ ...body })),
				() => sides().node(parametersFor('broadcast:send', parameters), [{}]),
			);
			expect(ours.map(({ target }) => target)).toEqual(theirs.map(({ target }) => target));
			expect(theirs.map(contentOf)).toEqual([{ ...body, $insert_id: any(String), $time: any(Number) }]);
			expect(ours.map(contentOf)).toEqual([{ ...body, $idempotency_key: any(String) }]);
		},

		async twoNamesForAPage() {
			const url = 'https://app.example.com/notifications';
			const { theirs, ours } = await sentByBoth(
				sides(),
				() => sides().client.tenants.upsert('acme', { tenant_name: 'Acme', preference_page_url: url }),
				() =>
					sides().node(tenantParameters({ preferencePageUrl: url }), [
						{ tenant: 'acme', name: 'Acme', properties: {} },
					]),
			);
			expect(theirs.map(contentOf)).toEqual([{ tenant_name: 'Acme', preference_page_url: url }]);
			expect(ours.map(contentOf)).toEqual([
				{ tenant_name: 'Acme', preference_page_url: url, embedded_preference_url: url, properties: {} },
			]);
		},
	});

	/** Expects that the SDK throws and our node sends the recipients as they are. */
	async function refusedByThemOnly(trigger: { recipients: IDataObject[]; data: IDataObject }): Promise<void> {
		const { server } = sides();
		server.take();
		await expect(async () => await triggerViaSdk(sides(), [trigger])).rejects.toThrow('instance.recipients');
		expect(server.take()).toEqual([]);
		await triggerViaNode(sides(), [trigger]);
		expect(recordsOf(server.take())).toMatchObject([{ recipients: trigger.recipients }]);
	}
}
