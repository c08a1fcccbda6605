import { credentials } from '../../sandbox';
import { byId, having, under, withApiKey } from '../harness/supr-send';
import { assignments, describeProvider, type RefusalCase, type RequestCase } from '../harness/provider-suite';
import { runNode } from '../harness/run-node';

const { workspaceKey } = credentials.suprsend;

const triggered = (...recipients: string[]) =>
	having(
		...recipients.map((recipient): [string, string, unknown] => [
			'POST',
			'/trigger/',
			{ workflow: 'order-shipped', recipients: [recipient], $idempotency_key: `order-${recipient}` },
		]),
	);

const firstMessage = '01HV0000000000000000000001';

const requests: RequestCase[] = [
	{
		title: 'with all documented fields',
		operation: 'broadcast:send',
		fields: {
			listId: byId('newsletter'),
			template: byId('task-reminder'),
			category: 'newsletter',
			data: assignments({ month: 'June' }),
			additionalFields: {
				channels: ['email', 'inbox'],
				delay: '1d2h30m10s',
				triggerAt: '2026-08-27T20:14:51.643Z',
				tenantId: 'acme',
				idempotencyKey: 'june',
			},
		},
		request: {
			method: 'POST',
			path: `/${workspaceKey}/broadcast/`,
			body: {
				list_id: 'newsletter',
				template: 'task-reminder',
				notification_category: 'newsletter',
				data: { month: 'June' },
				channels: ['email', 'inbox'],
				delay: '1d2h30m10s',
				trigger_at: '2026-08-27T20:14:51.643Z',
				tenant_id: 'acme',
				$idempotency_key: 'june',
			},
		},
		responses: ['Ok'],
	},
	{
		title: 'with a key of its own',
		operation: 'broadcast:send',
		fields: { listId: byId('newsletter'), template: byId('task-reminder'), category: 'newsletter' },
		request: {
			method: 'POST',
			path: `/${workspaceKey}/broadcast/`,
			body: {
				list_id: 'newsletter',
				template: 'task-reminder',
				notification_category: 'newsletter',
				data: {},
				$idempotency_key: expect.stringMatching(/^[\da-f]{32}$/),
			},
		},
	},
	{
		title: 'of all channels',
		operation: 'template:get',
		fields: { template: byId('task-reminder') },
		request: { method: 'GET', path: '/v1/template/task-reminder/', body: undefined },
		responses: [expect.objectContaining({ slug: 'task-reminder', channels: [expect.anything()] })],
	},
	{
		title: 'of one channel',
		operation: 'template:get',
		fields: { template: byId('task-reminder'), scope: 'channel', channel: 'email' },
		request: { method: 'GET', path: '/v1/template/task-reminder/channel/email/', body: undefined },
		responses: [expect.objectContaining({ is_enabled: true })],
	},
	{
		title: 'with filters',
		operation: 'template:getMany',
		fields: { filters: { channels: ['email', 'sms'], published: true, archived: false } },
		request: {
			method: 'GET',
			path: '/v1/template/',
			query: '?has_channels_any=email%2Csms&is_active=true&is_archived=false&limit=50&offset=0',
			body: undefined,
		},
		responses: [{ slug: 'task-reminder', name: 'Task Reminder', is_active: true }],
	},
	{
		title: 'by its key',
		operation: 'broadcast:cancel',
		fields: { filters: { idempotencyKey: 'june' } },
		request: { method: 'POST', path: '/v1/broadcast_run/cancel/', body: { idempotency_key: 'june' } },
		responses: [{ execution_ids: [] }],
	},
	{
		title: 'by recipients and workflow',
		operation: 'workflow:cancel',
		arrange: triggered('u1', 'u2'),
		fields: { filters: { recipients: 'u1', workflowSlug: 'order-shipped' } },
		request: {
			method: 'POST',
			path: '/v1/workflow_run/cancel/',
			body: { recipients: ['u1'], workflow_slug: 'order-shipped' },
		},
		requests: 3,
		responses: [{ execution_ids: [expect.stringMatching(/^dsl_/)] }],
	},
	{
		title: 'of a key',
		operation: 'message:getMany',
		arrange: triggered('u1', 'u2'),
		fields: { filters: { idempotencyKey: 'order-u2' } },
		request: {
			method: 'GET',
			path: '/v1/message/',
			query: '?idempotency_key=order-u2&limit=50',
			body: undefined,
		},
		requests: 3,
		responses: [
			{
				message_id: expect.any(String),
				status: 'delivered',
				channel: 'inbox',
				recipient: { $type: 'user', distinct_id: 'u2', object_type: null, id: null },
				failure_reason: null,
				idempotency_key: 'order-u2',
				execution_id: expect.stringMatching(/^dsl_/),
				created_at: expect.any(String),
				delivered_at: expect.any(String),
				seen_at: null,
			},
		],
	},
	{
		title: 'with filters of several values',
		operation: 'message:getMany',
		arrange: triggered('u1', 'u2', 'u3'),
		fields: {
			returnAll: true,
			simplify: false,
			filters: { recipients: 'u1, u3', status: ['delivered', 'seen'], createdAfter: '2026-01-01T00:00:00Z' },
		},
		request: {
			method: 'GET',
			path: '/v1/message/',
			query:
				'?created_at_gte=2026-01-01T00%3A00%3A00.000Z&recipient_id%5B%5D=u1&recipient_id%5B%5D=u3&status%5B%5D=delivered&status%5B%5D=seen&limit=1000',
			body: undefined,
		},
		requests: 4,
		responses: ['u3', 'u1'].map((distinct_id) =>
			expect.objectContaining({
				recipient: expect.objectContaining({ distinct_id }),
				vendor: { name: 'suprsend_inbox', nickname: 'Inbox' },
			}),
		),
	},
	{
		title: 'of one message',
		operation: 'message:updateStatus',
		arrange: triggered('u1'),
		fields: { messageId: firstMessage, markAs: 'seen' },
		request: {
			method: 'PATCH',
			path: '/v1/bulk/message/',
			body: { messages: [{ message_id: firstMessage, action: 'seen' }] },
		},
		requests: 2,
		responses: [{ message_id: firstMessage, status_code: 202, error: null }],
	},
];

const nothing = '={{ $json.missing }}';
const refusals: RefusalCase[] = [
	{
		title: 'without a condition',
		operation: 'workflow:cancel',
		fields: {},
		message: /Add an 'Execution ID', an 'Idempotency Key' or 'Recipients' under 'Cancel Runs With'/,
	},
	{
		title: 'with a slug alone, which could mean every run of the workflow',
		operation: 'workflow:cancel',
		fields: { filters: { workflowSlug: 'order-shipped' } },
		message: /Add an 'Execution ID'/,
	},
	{
		title: 'with recipients that an expression does not find',
		operation: 'workflow:cancel',
		fields: { filters: { workflowSlug: 'order-shipped', recipients: nothing } },
		message: /Enter at least one ID in 'Recipients'/,
	},
	{
		title: 'without a condition',
		operation: 'broadcast:cancel',
		fields: {},
		message: /Add at least one condition under 'Cancel Broadcasts With'/,
	},
	{
		title: 'with a condition that finds nothing',
		operation: 'broadcast:cancel',
		fields: { filters: { idempotencyKey: 'june', executionId: nothing } },
		message: /Enter the 'Execution ID', or remove the field/,
	},
	{
		title: 'without a template',
		operation: 'broadcast:send',
		fields: {
			listId: byId('newsletter'),
			template: { __rl: true, mode: 'id', value: nothing },
			category: 'newsletter',
		},
		message: /Choose a 'Template', or enter its slug/,
	},
	{
		title: 'a delay in words',
		operation: 'broadcast:send',
		fields: {
			listId: byId('newsletter'),
			template: byId('t'),
			category: 'newsletter',
			additionalFields: { delay: 'two hours' },
		},
		message: /Enter the 'Delay' in a format such as 1d2h30m10s, or in seconds, e.g. 90/,
	},
	{
		title: 'a key that an expression does not find',
		operation: 'message:getMany',
		fields: { filters: { idempotencyKey: nothing } },
		message: /Enter the 'Idempotency Key', or remove the filter/,
	},
	{
		title: 'a time that is no date',
		operation: 'message:getMany',
		fields: { filters: { createdAfter: 'soon' } },
		message: /'Created After' must be a date and time/,
	},
	{
		title: 'no recipients',
		operation: 'message:getMany',
		fields: { filters: { recipients: nothing } },
		message: /Enter at least one ID in 'Recipients'/,
	},
];

const { run, sandbox } = describeProvider(under('supr-send-broadcasts-and-messages'), requests, refusals);

test('requests about messages are signed with the date as the SDK writes it', async () => {
	await run({ resource: 'message', operation: 'getMany' });
	expect(sandbox().requests('suprsend').at(-1)).toMatchObject({
		headers: { date: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) },
		status: 200,
	});
});

test('several messages are updated in one request, and each has its own answer', async () => {
	await triggered('u1', 'u2')(sandbox());
	const ids = [firstMessage, 'missing', firstMessage.replace(/1$/, '2')];
	const { output } = await run(
		{ resource: 'message', operation: 'updateStatus', messageId: '={{ $json.id }}', markAs: 'read' },
		ids.map((id) => ({ id })),
	);

	expect(output.map(({ json }) => json)).toMatchObject([
		{ status: 'delivered', statusCode: 202, response: { message_id: firstMessage } },
		{ status: 'failed', statusCode: 404, reason: { message: expect.stringContaining('not found') } },
		{ status: 'delivered', statusCode: 202 },
	]);
	expect(sandbox().requests('suprsend')).toHaveLength(3);
});

describe('a broadcast with an API key', () => {
	const send = async (credential: Record<string, string>) =>
		(
			await runNode({
				node: 'suprSend',
				parameters: {
					resource: 'broadcast',
					operation: 'send',
					listId: byId('newsletter'),
					template: byId('task-reminder'),
					category: 'newsletter',
				},
				credentials: {
					suprSendApi: { ...withApiKey, ...credential, baseUrl: sandbox().baseUrl('suprsend') },
				},
				items: [{}],
				onError: 'continueRegularOutput',
			})
		).output.map(({ json }) => json);

	test('needs the workspace key in the credential', async () => {
		expect(await send({})).toMatchObject([
			{
				status: 'failed',
				attempts: 0,
				reason: { message: expect.stringMatching(/Enter the 'Workspace Key'/) },
			},
		]);
		expect(sandbox().requests()).toEqual([]);
	});

	test('is sent with it', async () => {
		expect(await send({ workspaceKey })).toMatchObject([{ status: 'delivered' }]);
	});
});

test('a broadcast that may have been received is not sent again', async () => {
	sandbox().misbehave({ provider: 'suprsend', do: { reset: 'after-storing' } });
	const { output } = await run({
		resource: 'broadcast',
		operation: 'send',
		listId: byId('newsletter'),
		template: byId('task-reminder'),
		category: 'newsletter',
	});
	expect(output[0]?.json).toMatchObject({
		status: 'failed',
		attempts: 1,
		reason: { mayHaveBeenReceived: true },
	});
});

test('the result of a trigger has the key by which its message is found', async () => {
	const trigger = {
		resource: 'workflow',
		operation: 'trigger',
		mappingMode: 'defineBelow',
		workflow: 'order-shipped',
		recipientIds: 'ada',
	};
	const [result] = (await run(trigger)).output;
	const idempotencyKey = String(result?.json.idempotencyKey);
	const messages = await run({ resource: 'message', operation: 'getMany', filters: { idempotencyKey } });

	expect(messages.output.map(({ json }) => json)).toMatchObject([
		{ status: 'delivered', idempotency_key: idempotencyKey, recipient: { distinct_id: 'ada' } },
	]);
});
