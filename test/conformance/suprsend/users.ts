import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { id, jsonValue, properties, propertyName } from '../generators';
import { generatedCases, type Judge } from '../judging';
import { expectAgreement, type BothSides } from './both-sides';
import type { SdkUserEdit } from './sdk';

const user = (operation: string, more: INodeParameters = {}): INodeParameters => ({
	resource: 'user',
	operation,
	distinctId: { __rl: true, mode: 'id', value: '={{ $json.distinctId }}' },
	...more,
});

export const identifyParameters: INodeParameters = {
	resource: 'user',
	operation: 'identify',
	mappingMode: 'defineBelow',
	distinctId: '={{ $json.distinctId }}',
	propertiesInput: 'json',
	propertiesJson: '={{ $json.profile }}',
};

export const editParameters = (options: IDataObject = {}): INodeParameters =>
	user('edit', {
		operationsInput: 'json',
		operationsJson: '={{ $json.operations }}',
		options: { concurrency: 1, ...options },
	} as INodeParameters);

/** A change of a user for both sides. */
interface Change {
	sdk: (edit: SdkUserEdit) => void;
	operation: IDataObject;
}

const slack = { email: 'jane@example.com', access_token: 'xoxb-XXXXXXXX' };
const teams = {
	tenant_id: 'c1981ab2-9aaf-xxxx-xxxx',
	service_url: 'https://smba.trafficmanager.net/amer',
	conversation_id: '19:c1524d7c-a06f-456f-8abe-xxxx',
};
const subscription = {
	endpoint: 'https://fcm.googleapis.com/fcm/send/abc',
	keys: { auth: 'a', p256dh: 'p' },
};

/** Every change that the SDK has a method for, and the fields for it in our node. */
const changes: Array<[string, (edit: SdkUserEdit) => void, IDataObject]> = [
	['set', (edit) => edit.set({ name: 'Jane' }), { change: 'set', property: 'name', value: 'Jane' }],
	[
		'set once',
		(edit) => edit.set_once({ first_login: '2021-11-02' }),
		{ change: 'setOnce', property: 'first_login', value: '2021-11-02' },
	],
	[
		'append',
		(edit) => edit.append({ games: 'game_1' }),
		{ change: 'append', property: 'games', value: 'game_1' },
	],
	[
		'remove',
		(edit) => edit.remove({ games: 'game_1' }),
		{ change: 'remove', property: 'games', value: 'game_1' },
	],
	['increment', (edit) => edit.increment({ count: -2 }), { change: 'increment', property: 'count', by: -2 }],
	['unset', (edit) => edit.unset(['wishlist']), { change: 'unset', property: 'wishlist' }],
	[
		'timezone',
		(edit) => edit.set_timezone('Asia/Kolkata'),
		{ change: 'setTimezone', timezone: 'Asia/Kolkata' },
	],
	[
		'add email',
		(edit) => edit.add_email('jane@example.com'),
		{ change: 'addChannel', channel: 'email', email: 'jane@example.com' },
	],
	[
		'remove email',
		(edit) => edit.remove_email('jane@example.com'),
		{ change: 'removeChannel', channel: 'email', email: 'jane@example.com' },
	],
	[
		'add SMS',
		(edit) => edit.add_sms('+15555555555'),
		{ change: 'addChannel', channel: 'sms', phoneNumber: '+15555555555' },
	],
	[
		'add WhatsApp',
		(edit) => edit.add_whatsapp('+15555555555'),
		{ change: 'addChannel', channel: 'whatsapp', phoneNumber: '+15555555555' },
	],
	[
		'add Android push',
		(edit) => edit.add_androidpush('token', 'xiaomi'),
		{ change: 'addChannel', channel: 'androidpush', pushToken: 'token', provider: 'xiaomi' },
	],
	[
		'add iOS push',
		(edit) => edit.add_iospush('token', 'apns', 'com.example.app'),
		{ change: 'addChannel', channel: 'iospush', pushToken: 'token', bundleId: 'com.example.app' },
	],
	[
		'add web push',
		(edit) => edit.add_webpush(subscription, 'vapid'),
		{ change: 'addChannel', channel: 'webpush', subscription: JSON.stringify(subscription) },
	],
	[
		'add Slack',
		(edit) => edit.add_slack(slack),
		{
			change: 'addChannel',
			channel: 'slack',
			slackBy: 'email',
			slackId: slack.email,
			slackAccessToken: slack.access_token,
		},
	],
	[
		'add MS Teams',
		(edit) => edit.add_ms_teams(teams),
		{
			change: 'addChannel',
			channel: 'ms_teams',
			teamsBy: 'conversation_id',
			teamsId: teams.conversation_id,
			teamsTenantId: teams.tenant_id,
			teamsServiceUrl: teams.service_url,
		},
	],
	['unset a channel', (edit) => edit.unset(['$whatsapp']), { change: 'unsetChannel', channel: 'whatsapp' }],
];

export function testUsers(sides: () => BothSides, judge: Judge): void {
	const run = async (parameters: INodeParameters, ...items: IDataObject[]) =>
		await sides().node(parameters, items);

	describe('users', () => {
		const oddIds = ['user_1', 'a b/c@d+é', '用户', '?q=1#x', '100%', "o'neil(1)*!~", '\\', '😀'];

		test.each(oddIds)('read and deleted: %s', async (distinctId) => {
			const { users } = sides().client;
			for (const operation of ['get', 'delete'] as const) {
				await judge.agrees(() =>
					expectAgreement(
						sides(),
						() => users[operation](distinctId),
						() => run(user(operation), { distinctId }),
					),
				);
			}
		});

		test('read and deleted, whatever their ID', async () => {
			const { users } = sides().client;
			await fc.assert(
				fc.asyncProperty(id, fc.constantFrom('get', 'delete'), (distinctId, operation) =>
					judge.agrees(() =>
						expectAgreement(
							sides(),
							() => users[operation](distinctId),
							() => run(user(operation), { distinctId }),
						),
					),
				),
				generatedCases(200),
			);
		});

		const profiles: Array<[string, IDataObject]> = [
			['nothing yet', {}],
			['properties', { name: 'Jane', plan: { seats: 5, tags: ['a', null] }, lost: null }],
			['an email', { name: 'Jane', $email: ['jane@example.com'] }],
			[
				'every channel',
				{
					$email: ['a@example.com', 'b@example.com'],
					$sms: ['+15555555555'],
					$whatsapp: ['+15555555555'],
					$inbox: ['4nlPk4XXLcDxxxHQ70xx2Cx24'],
					$androidpush: ['android-token'],
					$iospush: ['ios-token'],
					$webpush: [subscription],
					$slack: [slack],
					$ms_teams: [teams],
				},
			],
			['a language and a time zone', { $timezone: 'America/New_York', $locale: 'en_GB', name: 'Jane' }],
		];

		test.each(profiles)('created or updated: %s', async (_, profile) => {
			for (const distinctId of oddIds) {
				await judge.agrees(() =>
					expectAgreement(
						sides(),
						() => sides().client.users.upsert(distinctId, profile),
						() => run(identifyParameters, { distinctId, profile }),
					),
				);
				await judge.agrees(() =>
					expectAgreement(
						sides(),
						() => sides().client.users.upsert(distinctId, profile),
						() =>
							run(
								{ resource: 'user', operation: 'identify' },
								{ type: 'identify', userId: distinctId, traits: profile },
							),
					),
				);
			}
		});

		test('created or updated, whatever is known of them', async () => {
			const channels = fc.record(
				{
					$email: fc.array(fc.constantFrom('a@example.com', 'jöhn.doe+x@exämple.co'), { minLength: 1 }),
					$sms: fc.constant(['+15555555555']),
					$timezone: fc.constantFrom('Asia/Kolkata', 'Europe/Amsterdam', 'UTC'),
					$locale: fc.constantFrom('en', 'en_GB', 'pt-BR'),
				},
				{ requiredKeys: [], noNullPrototype: true },
			);
			await fc.assert(
				fc.asyncProperty(id, properties, channels, (distinctId, values, own) => {
					const profile = { ...values, ...own } as IDataObject;
					return judge.agrees(() =>
						expectAgreement(
							sides(),
							() => sides().client.users.upsert(distinctId, profile),
							() => run(identifyParameters, { distinctId, profile }),
						),
					);
				}),
				generatedCases(200),
			);
		});

		test.each(changes)('changed: %s', async (_, change, operation) => {
			const distinctId = 'user_1';
			const edit = () => {
				const instance = sides().client.users.get_edit_instance(distinctId);
				change(instance);
				return instance;
			};
			for (const sendInBulk of [false, true]) {
				const parameters = user('edit', {
					operations: { operation: [operation] },
					options: { sendInBulk },
				} as INodeParameters);
				const { users } = sides().client;
				await judge.agrees(() =>
					expectAgreement(
						sides(),
						() => (sendInBulk ? users.async_edit(edit()) : users.edit(edit())),
						() => run(parameters, { distinctId }),
					),
				);
			}
		});

		const values = fc
			.array(fc.tuple(propertyName, jsonValue), { minLength: 1, maxLength: 4 })
			.map((entries) => Object.fromEntries(entries) as IDataObject);
		const change = fc.oneof(
			values.map((each): Change => ({ sdk: (edit) => edit.set(each), operation: { $set: each } })),
			values.map((each): Change => ({ sdk: (edit) => edit.set_once(each), operation: { $set_once: each } })),
			values.map((each): Change => ({ sdk: (edit) => edit.append(each), operation: { $append: each } })),
			values.map((each): Change => ({ sdk: (edit) => edit.remove(each), operation: { $remove: each } })),
			fc.tuple(propertyName, fc.integer()).map(([name, by]): Change => ({
				sdk: (edit) => edit.increment({ [name]: by }),
				operation: { $add: { [name]: by } },
			})),
			fc
				.array(propertyName, { minLength: 1, maxLength: 3 })
				.map((names): Change => ({ sdk: (edit) => edit.unset(names), operation: { $unset: names } })),
		);
		const edits = (max: number) =>
			fc.array(fc.record({ distinctId: id, changes: fc.array(change, { minLength: 1, maxLength: 4 }) }), {
				minLength: 1,
				maxLength: max,
			});
		type Edit = { distinctId: string; changes: Change[] };
		const forSdk = ({ distinctId, changes: all }: Edit) => {
			const instance = sides().client.users.get_edit_instance(distinctId);
			for (const { sdk } of all) sdk(instance);
			return instance;
		};
		const forNode = ({ distinctId, changes: all }: Edit): IDataObject => ({
			distinctId,
			operations: all.map(({ operation }) => operation),
		});
		const saveViaSdk = async (all: readonly Edit[]) => {
			const bulk = sides().client.users.get_bulk_edit_instance();
			bulk.append(...all.map(forSdk));
			return await bulk.save();
		};

		test('changed, in whatever way', async () => {
			await fc.assert(
				fc.asyncProperty(edits(1), ([edit]) =>
					judge.agrees(async () => {
						if (edit === undefined) throw new Error('Nothing was generated');
						await expectAgreement(
							sides(),
							() => sides().client.users.edit(forSdk(edit)),
							() => run(editParameters(), forNode(edit)),
						);
					}),
				),
				generatedCases(200),
			);
		});

		test('changed in bulk, in whatever way', async () => {
			await fc.assert(
				fc.asyncProperty(edits(4), (all) =>
					judge.agrees(() =>
						expectAgreement(
							sides(),
							() => saveViaSdk(all),
							() => run(editParameters({ sendInBulk: true }), ...all.map(forNode)),
						),
					),
				),
				generatedCases(200),
			);
		});

		test.each([2, 399, 400, 401, 801])('%d changed in bulk', async (count) => {
			const all = Array.from({ length: count }, (_, index): Edit => {
				const values = { index };
				return {
					distinctId: `user_${index}`,
					changes: [{ sdk: (edit) => edit.set(values), operation: { $set: values } }],
				};
			});
			await judge.agrees(() =>
				expectAgreement(
					sides(),
					() => saveViaSdk(all),
					() => run(editParameters({ sendInBulk: true }), ...all.map(forNode)),
				),
			);
		});

		test('a change of more than 10 KB in bulk is refused by both', async () => {
			const values = { text: 'x'.repeat(11 * 1024) };
			const edit: Edit = {
				distinctId: 'user_1',
				changes: [{ sdk: (each) => each.set(values), operation: { $set: values } }],
			};
			await judge.agrees(async () => {
				sides().server.take();
				expect(await saveViaSdk([edit])).toMatchObject({ status: 'fail', failure: 1 });
				const { output } = await run(editParameters({ sendInBulk: true }), forNode(edit));
				expect(output[0]?.json).toMatchObject({ status: 'failed', reason: { code: 'record_too_large' } });
				expect(sides().server.take()).toEqual([]);
			});
		});

		test.each([
			['no distinct ID', ' ', { $set: { a: 1 } }],
			['an incomplete emoji for a distinct ID', '\ud83d', { $set: { a: 1 } }],
		])('refused by both, before anything is sent: %s', async (_, distinctId, operation) => {
			await judge.agrees(async () => {
				const { client, server } = sides();
				server.take();
				await expect(async () => await client.users.get(distinctId)).rejects.toThrow();
				await expect(async () => await client.users.upsert(distinctId, {})).rejects.toThrow();
				const runs = [
					await run(user('get'), { distinctId }),
					await run(identifyParameters, { distinctId, profile: {} }),
					await run(editParameters(), { distinctId, operations: [operation] }),
				];
				for (const { output } of runs) {
					expect(output[0]?.json).toMatchObject({
						status: 'failed',
						attempts: 0,
						reason: { code: 'invalid_record' },
					});
				}
				expect(server.take()).toEqual([]);
			});
		});
	});
}
