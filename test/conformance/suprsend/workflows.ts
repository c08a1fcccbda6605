import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { id, properties } from '../generators';
import { generatedCases, type Judge } from '../judging';
import { expectAgreement, type BothSides } from './both-sides';

export const triggerParameters = (additionalFields: IDataObject = {}): INodeParameters =>
	({
		resource: 'workflow',
		operation: 'trigger',
		mappingMode: 'defineBelow',
		workflow: 'order-shipped',
		recipientsInput: 'json',
		recipientsJson: '={{ $json.recipients }}',
		dataInput: 'json',
		dataJson: '={{ $json.data }}',
		additionalFields,
		options: { concurrency: 1 },
	}) as INodeParameters;

export interface Trigger {
	recipients: Array<string | IDataObject>;
	data: IDataObject;
}

interface More {
	sdk?: { idempotency_key?: string; tenant_id?: string; cancellation_key?: string };
	body?: IDataObject;
	options?: IDataObject;
}

export async function triggerViaSdk({ sdk, client }: BothSides, all: readonly Trigger[], more: More = {}) {
	const requests = all.map((trigger) => {
		const body = { workflow: 'order-shipped', ...trigger, ...more.body };
		return new sdk.WorkflowTriggerRequest(JSON.parse(JSON.stringify(body)) as IDataObject, more.sdk);
	});
	const [only] = requests;
	if (only !== undefined && requests.length === 1) return await client.workflows.trigger(only);
	const bulk = client.workflows.bulk_trigger_instance();
	bulk.append(...requests);
	return await bulk.trigger();
}

export async function triggerViaNode({ node }: BothSides, all: readonly Trigger[], options?: IDataObject) {
	return await node(
		triggerParameters(options),
		all.map((trigger) => ({ ...trigger })),
	);
}

const data = { invoice_id: 'Invoice-1234', amount: '$5000', items: [{ name: 'Café ☕', quantity: 2 }] };

const recipients: Record<string, Trigger['recipients']> = {
	'a distinct ID': ['user-42'],
	'several, in other scripts': ['user-42', '用户', 'a b/c'],
	'channels along with an ID': [
		{ distinct_id: 'user-43', $email: ['jane@example.com'], $sms: ['+15555555555'], name: 'Jane' },
	],
	'somebody without a profile': [{ is_transient: true, $email: ['jane@example.com'] }],
	'an object': [{ object_type: 'teams', id: 'finance' }],
	'push tokens, with whose they are': [
		{
			distinct_id: 'user-43',
			$androidpush: [{ token: 'android-token', provider: 'fcm' }],
			$iospush: [{ token: 'ios-token', provider: 'apns' }],
		},
	],
	'Slack and MS Teams': [
		{
			distinct_id: 'user-43',
			$slack: [
				{ channel_id: 'C02XXXXXXXX', access_token: 'xoxb-XXXXXXXX' },
				{ incoming_webhook: { url: 'https://hooks.slack.com/services/TXXXX/BXXXX/XXXXXXX' } },
			],
			$ms_teams: [
				{
					tenant_id: 'c1981ab2-9aaf-xxxx-xxxx',
					service_url: 'https://smba.trafficmanager.net/amer',
					user_id: '29:1nsLcmJ2RKtYH6Cxxxx-xxxx',
				},
			],
		},
	],
	'a language, a time zone and chosen channels': [
		{ distinct_id: 'u', $preferred_language: 'en', $timezone: 'Asia/Kolkata', $channels: ['email'] },
	],
	'100, as many as a trigger takes': Array.from({ length: 100 }, (_, index) => `user-${index}`),
};

export function testWorkflows(sides: () => BothSides, judge: Judge): void {
	describe('workflows', () => {
		const agreesOn = async (all: readonly Trigger[], more: More = {}) =>
			await judge.agrees(() =>
				expectAgreement(
					sides(),
					() => triggerViaSdk(sides(), all, more),
					() => triggerViaNode(sides(), all, more.options),
				),
			);

		test.each(Object.entries(recipients))('for %s', async (_, to) => {
			await agreesOn([{ recipients: to, data }]);
		});

		test.each<[string, More]>([
			['a tenant', { sdk: { tenant_id: 'acme' }, options: { tenantId: 'acme' } }],
			[
				'keys of 255 characters',
				{
					sdk: { idempotency_key: 'i'.repeat(255), cancellation_key: 'c'.repeat(255) },
					options: { idempotencyKey: 'i'.repeat(255), cancellationKey: 'c'.repeat(255) },
				},
			],
			['an actor', { body: { actor: 'user-7' }, options: { actor: 'user-7' } }],
			[
				'an actor with more',
				{
					body: { actor: { distinct_id: 'user-7', name: 'Ada' } },
					options: { actor: '{"distinct_id": "user-7", "name": "Ada"}' },
				},
			],
			['metadata', { body: { metadata: { source: 'n8n' } }, options: { metadata: '{"source": "n8n"}' } }],
		])('with %s', async (_, more) => {
			await agreesOn([{ recipients: ['user-42'], data }], more);
		});

		test.each([2, 100, 101, 201])('%d at once', async (count) => {
			const all = Array.from({ length: count }, (_, index) => ({
				recipients: [`user-${index}`],
				data: { index },
			}));
			await agreesOn(all);
		});

		test('whoever gets whatever', async () => {
			const recipient = fc.oneof(
				id,
				fc.tuple(id, properties).map(([distinct_id, more]) => ({ ...more, distinct_id })),
			);
			const trigger = fc.record({
				recipients: fc.array(recipient, { minLength: 1, maxLength: 4 }),
				data: properties,
			});
			await fc.assert(
				fc.asyncProperty(fc.array(trigger, { minLength: 1, maxLength: 4 }), (all) =>
					agreesOn(all as Trigger[]),
				),
				generatedCases(200),
			);
		});

		describe('refused by both, before anything is sent', () => {
			const ok: Trigger = { recipients: ['user-42'], data };
			test.each<[string, Trigger, More?]>([
				['no recipients', { ...ok, recipients: [] }],
				['an empty recipient', { ...ok, recipients: [''] }],
				['data that is no object', { ...ok, data: 'text' as unknown as IDataObject }],
				[
					'a tenant ID of 65 characters',
					ok,
					{ sdk: { tenant_id: 't'.repeat(65) }, options: { tenantId: 't'.repeat(65) } },
				],
				[
					'an idempotency key of 256 characters',
					ok,
					{ sdk: { idempotency_key: 'k'.repeat(256) }, options: { idempotencyKey: 'k'.repeat(256) } },
				],
				[
					'a cancellation key of 256 characters',
					ok,
					{ sdk: { cancellation_key: 'k'.repeat(256) }, options: { cancellationKey: 'k'.repeat(256) } },
				],
				[
					'eleven emails of one recipient',
					{ ...ok, recipients: [{ distinct_id: 'u', $email: Array<string>(11).fill('a@example.com') }] },
				],
				['more than 800 KB', { ...ok, data: { text: 'x'.repeat(800 * 1024) } }],
			])('%s', async (_, trigger, more = {}) => {
				await judge.agrees(async () => {
					const { server } = sides();
					server.take();
					await expect(async () => await triggerViaSdk(sides(), [trigger], more)).rejects.toThrow();
					const { output } = await triggerViaNode(sides(), [trigger], more.options);
					expect(output[0]?.json).toMatchObject({ status: 'failed', attempts: 0 });
					expect(server.take()).toEqual([]);
				});
			});
		});
	});
}
