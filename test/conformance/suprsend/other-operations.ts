import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Judge } from '../judging';
import { expectAgreement, type BothSides } from './both-sides';
import type { SuprsendClient } from './sdk';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
/** IDs that must be encoded in a URL. */
const [user, type, id] = ['a b/c@d+é', 'dev teams', 'finance & co'];
const ofUser = { distinctId: byId(user) };
const object = { objectType: type, objectId: byId(id) };
const page = { limit: 50 };

interface Call {
	/** Resource and operation, e.g. `user:get`. */
	operation: string;
	parameters?: IDataObject;
	viaSdk: (client: SuprsendClient) => Promise<unknown>;
}

/** Calls that make the same request, whatever the answer. */
const calls: Call[] = [
	{ operation: 'user:getMany', viaSdk: async ({ users }) => await users.list(page) },
	{
		operation: 'user:merge',
		parameters: { distinctId: user, fromUserId: 'anon 7' },
		viaSdk: async ({ users }) => await users.merge(user, 'anon 7'),
	},
	{
		operation: 'user:deleteMany',
		parameters: { distinctIds: '={{ ["u1", "u, 2"] }}' },
		viaSdk: async ({ users }) => await users.bulk_delete({ distinct_ids: ['u1', 'u, 2'] }),
	},
	{
		operation: 'user:getLists',
		parameters: ofUser,
		viaSdk: async ({ users }) => await users.get_lists_subscribed_to(user, page),
	},
	{
		operation: 'user:getObjects',
		parameters: ofUser,
		viaSdk: async ({ users }) => await users.get_objects_subscribed_to(user, page),
	},
	{
		operation: 'list:upsert',
		parameters: {
			newListId: 'newsletter',
			listName: 'Newsletter',
			additionalFields: { listDescription: 'Everybody' },
		},
		viaSdk: async ({ subscriber_lists }) =>
			await subscriber_lists.create({
				list_id: 'newsletter',
				list_name: 'Newsletter',
				list_description: 'Everybody',
			}),
	},
	{
		operation: 'list:get',
		parameters: { listId: byId('newsletter') },
		viaSdk: async ({ subscriber_lists }) => await subscriber_lists.get('newsletter'),
	},
	{
		operation: 'list:delete',
		parameters: { listId: byId('newsletter') },
		viaSdk: async ({ subscriber_lists }) => await subscriber_lists.delete('newsletter'),
	},
	{
		operation: 'tenant:get',
		parameters: { tenantId: byId('acme') },
		viaSdk: async ({ tenants }) => await tenants.get('acme'),
	},
	{
		operation: 'tenant:getMany',
		viaSdk: async ({ tenants }) => await tenants.list({ ...page, offset: 0 }),
	},
	{
		operation: 'message:getMany',
		parameters: {
			filters: { recipients: 'u1, u 2', status: ['delivered', 'seen'], idempotencyKey: 'order 1' },
		},
		viaSdk: async ({ messages }) =>
			await messages.list({
				idempotency_key: 'order 1',
				recipient_id: ['u1', 'u 2'],
				status: ['delivered', 'seen'],
				...page,
			}),
	},
	{
		operation: 'message:updateStatus',
		parameters: { messageId: '01HV', markAs: 'seen' },
		viaSdk: async ({ messages }) => await messages.bulk_update([{ message_id: '01HV', action: 'seen' }]),
	},
	{
		operation: 'object:getMany',
		parameters: { objectType: type },
		viaSdk: async ({ objects }) => await objects.list(type, page),
	},
	{ operation: 'object:get', parameters: object, viaSdk: async ({ objects }) => await objects.get(type, id) },
	{
		operation: 'object:upsert',
		parameters: { ...object, propertiesInput: 'json', propertiesJson: '{"city": "Paris"}' },
		viaSdk: async ({ objects }) => await objects.upsert(type, id, { city: 'Paris' }),
	},
	{
		operation: 'object:edit',
		parameters: { ...object, operationsInput: 'json', operationsJson: '[{"$set": {"city": "Rome"}}]' },
		viaSdk: async ({ objects }) => await objects.edit(type, id, { operations: [{ $set: { city: 'Rome' } }] }),
	},
	{
		operation: 'object:delete',
		parameters: object,
		viaSdk: async ({ objects }) => await objects.delete(type, id),
	},
	{
		operation: 'object:deleteMany',
		parameters: { objectType: type, objectIds: 'a, b' },
		viaSdk: async ({ objects }) => await objects.bulk_delete(type, { object_ids: ['a', 'b'] }),
	},
	{
		operation: 'object:getSubscriptions',
		parameters: object,
		viaSdk: async ({ objects }) => await objects.get_subscriptions(type, id, page),
	},
	{
		operation: 'object:addSubscription',
		parameters: {
			...object,
			recipientIds: 'u1, u2',
			propertiesInput: 'json',
			propertiesJson: '{"role": "lead"}',
		},
		viaSdk: async ({ objects }) =>
			await objects.create_subscriptions(type, id, {
				recipients: ['u1', 'u2'],
				properties: { role: 'lead' },
			}),
	},
	{
		operation: 'object:removeSubscription',
		parameters: { ...object, recipientIds: 'u1' },
		viaSdk: async ({ objects }) => await objects.delete_subscriptions(type, id, { recipients: ['u1'] }),
	},
	{
		operation: 'object:getParents',
		parameters: object,
		viaSdk: async ({ objects }) => await objects.get_objects_subscribed_to(type, id, page),
	},
];

export function parametersFor(name: string, parameters: IDataObject = {}): INodeParameters {
	const [resource, operation] = name.split(':');
	return { resource, operation, mappingMode: 'defineBelow', ...parameters } as INodeParameters;
}

export function testOtherOperations(sides: () => BothSides, judge: Judge): void {
	describe('other operations', () => {
		test.each(calls.map((call) => [call.operation, call] as const))('%s', async (_, call) => {
			await judge.agrees(() =>
				expectAgreement(
					sides(),
					() => call.viaSdk(sides().client),
					() => sides().node(parametersFor(call.operation, call.parameters), [{}]),
				),
			);
		});

		test('list:replaceUsers', async () => {
			const { server, client } = sides();
			const draft = { status: 201, body: '{"version_id": "01JR"}' };
			const added = { status: 201, body: '{"success": true}' };
			await judge.agrees(() =>
				expectAgreement(
					sides(),
					async () => {
						await client.subscriber_lists.start_sync('newsletter');
						await client.subscriber_lists.add_to_version('newsletter', '01JR', ['u1', 'u2']);
						await client.subscriber_lists.finish_sync('newsletter', '01JR');
					},
					async () => {
						server.answerNext(draft, added);
						const parameters = { listId: byId('newsletter'), distinctIds: 'u1, u2' };
						await sides().node(parametersFor('list:replaceUsers', parameters), [{}]);
					},
				),
			);
		});

		test('list:replaceUsers deletes a draft that cannot be filled', async () => {
			const { server, client } = sides();
			const attempt = async (add: () => Promise<unknown>) => await add().catch(() => undefined);
			const answers = [
				{ status: 201, body: '{"version_id": "01JR"}' },
				{ status: 400, body: '{"message": "No"}' },
			];
			const { subscriber_lists } = client;
			await judge.agrees(() =>
				expectAgreement(
					sides(),
					async () => {
						server.answerNext(...answers);
						await subscriber_lists.start_sync('newsletter');
						await attempt(() => subscriber_lists.add_to_version('newsletter', '01JR', ['u1']));
						await subscriber_lists.delete_version('newsletter', '01JR');
					},
					async () => {
						server.answerNext(...answers);
						const parameters = { listId: byId('newsletter'), distinctIds: 'u1' };
						await sides().node(parametersFor('list:replaceUsers', parameters), [{}]);
					},
				),
			);
		});
	});
}
