import type {
	IBinaryKeyData,
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeParameters,
	OnError,
} from 'n8n-workflow';
import { suprSend } from '../../../nodes/SuprSend/supr-send.provider';
import { insertId } from '../../../nodes/SuprSend/insert-id';
import { credentials, type Sandbox } from '../../sandbox';
import { runNode } from '../harness/run-node';
import { searchList } from '../harness/search-list';
import { partOf, under as partUnderTest } from '../harness/supr-send';
import {
	assignments,
	describeProvider,
	type LeftOutCase,
	type RefusalCase,
	type RequestCase,
} from '../harness/provider-suite';

const { apiKey, workspaceKey, workspaceSecret } = credentials.suprsend;
const contentType = { 'content-type': 'application/json; charset=utf-8' };

interface Mode {
	credential: ICredentialDataDecryptedObject;
	headers: Record<string, unknown>;
	/** The workspace in each record. */
	env?: string;
}

const withApiKey: Mode = {
	credential: { authentication: 'apiKey', apiKey },
	headers: { ...contentType, authorization: `Bearer ${apiKey}` },
};
const withWorkspace: Mode = {
	credential: { authentication: 'workspace', workspaceKey, workspaceSecret },
	headers: {
		...contentType,
		authorization: expect.stringMatching(new RegExp(`^${workspaceKey}:[\\w+/]{43}=$`)),
		date: expect.stringMatching(/^\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT$/),
	},
	env: workspaceKey,
};

/** An ID that must be encoded in a URL. The SDK encodes it the same way. */
const oddId = 'a b/c@d+é';
const oddPath = '/v1/user/a%20b%2Fc%40d%2B%C3%A9/';

const know = (id: string) => async (sandbox: Sandbox) => {
	const url = `${sandbox.baseUrl('suprsend')}/v1/user/${encodeURIComponent(id)}/`;
	const headers = { ...contentType, authorization: `Bearer ${apiKey}` };
	await fetch(url, { method: 'POST', headers, body: '{"name":"Marge Simpson"}' });
};

const user = (more: Record<string, unknown> = {}) =>
	expect.objectContaining({
		distinct_id: 'user_1',
		properties: {},
		created_at: expect.any(String),
		updated_at: expect.any(String),
		...more,
	});
const active = (value: unknown) => ({ value, status: 'active', perma_status: 'active' });

const requestsOf = ({ headers, env }: Mode): RequestCase[] => [
	{
		title: 'the guide’s own request',
		operation: 'event:send',
		fields: {
			distinctId: '0fxxx8f74-xxxx-41c5-8752-xxxcb6911fb08',
			eventName: 'product_purchased',
			propertiesInput: 'json',
			propertiesJson: JSON.stringify({
				first_name: 'User',
				spend_amount: '$10',
				nested_key_example: { nested_key1: 'some_value_1', nested_key2: { nested_key3: 'some_value_3' } },
			}),
		},
		event: {
			type: 'track',
			event: 'product_purchased',
			userId: '0fxxx8f74-xxxx-41c5-8752-xxxcb6911fb08',
			properties: {
				first_name: 'User',
				spend_amount: '$10',
				nested_key_example: { nested_key1: 'some_value_1', nested_key2: { nested_key3: 'some_value_3' } },
			},
		},
		request: {
			method: 'POST',
			path: '/event/',
			headers,
			body: expect.objectContaining({
				$insert_id: expect.stringMatching(/^[\da-f-]{36}$/),
				event: 'product_purchased',
				distinct_id: '0fxxx8f74-xxxx-41c5-8752-xxxcb6911fb08',
				properties: {
					first_name: 'User',
					spend_amount: '$10',
					nested_key_example: {
						nested_key1: 'some_value_1',
						nested_key2: { nested_key3: 'some_value_3' },
					},
				},
				$idempotency_key: expect.stringMatching(/^[\da-f]{32}$/),
				...(env === undefined ? {} : { env }),
			}),
		},
		responses: ['OK'],
	},
	{
		title: 'the reference’s request for a tenant with a key and attachments',
		operation: 'event:send',
		settings: {
			additionalFields: {
				tenantId: 'acme',
				idempotencyKey: 'uuid-1',
				attachments: {
					attachment: [
						{ source: 'url', url: 'https://bitcoincore.org/bitcoin.pdf', fileName: 'billing.pdf' },
						{ source: 'url', url: 'https://www.adobe.com/sample_file.pdf', ignoreIfError: true },
					],
				},
			},
		},
		fields: {
			distinctId: '0fxxx8f74',
			eventName: 'ON SHIPMENT ARRIVAL',
			properties: assignments({ amount: '3780$', number: 'TRXC1034' }),
		},
		event: {
			type: 'track',
			event: 'ON SHIPMENT ARRIVAL',
			userId: '0fxxx8f74',
			properties: { amount: '3780$', number: 'TRXC1034' },
		},
		request: {
			method: 'POST',
			path: '/event/',
			headers,
			body: expect.objectContaining({
				distinct_id: '0fxxx8f74',
				event: 'ON SHIPMENT ARRIVAL',
				properties: {
					amount: '3780$',
					number: 'TRXC1034',
					$attachments: [
						{
							filename: 'billing.pdf',
							contentType: null,
							data: null,
							url: 'https://bitcoincore.org/bitcoin.pdf',
							ignore_if_error: false,
						},
						{
							contentType: null,
							data: null,
							url: 'https://www.adobe.com/sample_file.pdf',
							ignore_if_error: true,
						},
					],
				},
				tenant_id: 'acme',
				$idempotency_key: 'uuid-1',
			}),
		},
	},
	{
		title: 'the SDK’s own request',
		operation: 'user:identify',
		settings: { options: { phoneChannels: ['sms'] } },
		fields: {
			distinctId: 'user_1',
			channels: {
				channel: [
					{ channel: 'email', email: 'jane@example.com' },
					{ channel: 'sms', phoneNumber: '+15555555555' },
				],
			},
			properties: assignments({ name: 'Jane' }),
			additionalFields: { timezone: 'America/New_York' },
		},
		event: {
			type: 'identify',
			userId: 'user_1',
			traits: {
				name: 'Jane',
				email: 'jane@example.com',
				phone: '+15555555555',
				timezone: 'America/New_York',
			},
		},
		request: {
			method: 'POST',
			path: '/v1/user/user_1/',
			headers,
			body: {
				name: 'Jane',
				$email: ['jane@example.com'],
				$sms: ['+15555555555'],
				$timezone: 'America/New_York',
			},
		},
		responses: [
			user({
				properties: { name: 'Jane', $timezone: 'America/New_York' },
				$email: [active('jane@example.com')],
				$sms: [active('+15555555555')],
			}),
		],
	},
	{
		title: 'every channel of the reference’s request',
		operation: 'user:identify',
		settings: { options: { phoneChannels: ['sms', 'whatsapp'] } },
		fields: {
			distinctId: oddId,
			channels: {
				channel: [
					{ channel: 'email', email: 'jsmith@example.com' },
					{ channel: 'sms', phoneNumber: '+1234567890' },
					{ channel: 'whatsapp', phoneNumber: '+1234567890' },
					{ channel: 'inbox', inboxId: '4nlPk4XXLcDxxxHQ70xx2Cx24' },
					{
						channel: 'webpush',
						subscription: JSON.stringify({
							endpoint: 'https://fcm.googleapis.com/fcm/send/abc123',
							keys: { p256dh: 'BNJxwH...', auth: 'tBH...' },
						}),
					},
					{ channel: 'androidpush', pushToken: 'android_push_token_xyz987' },
					{ channel: 'iospush', pushToken: 'ios_push_token_lmn456' },
					{
						channel: 'slack',
						slackBy: 'user_id',
						slackId: 'U01ABCDE2F3',
						slackAccessToken: 'xoxb-XXXXXXXX',
					},
					{
						channel: 'ms_teams',
						teamsBy: 'conversation_id',
						teamsId: '19:c1524d7c-a06f-456f-8abe-xxxx',
						teamsTenantId: 'c1981ab2-9aaf-xxxx-xxxx',
						teamsServiceUrl: 'https://smba.trafficmanager.net/amer',
					},
				],
			},
			properties: assignments({ custom_key: 'custom_value' }),
			additionalFields: { timezone: 'America/New_York', locale: 'en_GB' },
		},
		event: {
			type: 'identify',
			anonymousId: oddId,
			traits: {
				custom_key: 'custom_value',
				email: 'jsmith@example.com',
				phone: '+1234567890',
				timezone: 'America/New_York',
				locale: 'en_GB',
				$inbox: '4nlPk4XXLcDxxxHQ70xx2Cx24',
				$webpush: [
					{
						endpoint: 'https://fcm.googleapis.com/fcm/send/abc123',
						keys: { p256dh: 'BNJxwH...', auth: 'tBH...' },
					},
				],
				$androidpush: ['android_push_token_xyz987'],
				$iospush: 'ios_push_token_lmn456',
				$slack: { user_id: 'U01ABCDE2F3', access_token: 'xoxb-XXXXXXXX' },
				$ms_teams: [
					{
						tenant_id: 'c1981ab2-9aaf-xxxx-xxxx',
						service_url: 'https://smba.trafficmanager.net/amer',
						conversation_id: '19:c1524d7c-a06f-456f-8abe-xxxx',
					},
				],
			},
		},
		request: {
			method: 'POST',
			path: oddPath,
			headers,
			body: {
				custom_key: 'custom_value',
				$email: ['jsmith@example.com'],
				$sms: ['+1234567890'],
				$whatsapp: ['+1234567890'],
				$inbox: ['4nlPk4XXLcDxxxHQ70xx2Cx24'],
				$webpush: [
					{
						endpoint: 'https://fcm.googleapis.com/fcm/send/abc123',
						keys: { p256dh: 'BNJxwH...', auth: 'tBH...' },
					},
				],
				$androidpush: ['android_push_token_xyz987'],
				$iospush: ['ios_push_token_lmn456'],
				$slack: [{ user_id: 'U01ABCDE2F3', access_token: 'xoxb-XXXXXXXX' }],
				$ms_teams: [
					{
						tenant_id: 'c1981ab2-9aaf-xxxx-xxxx',
						service_url: 'https://smba.trafficmanager.net/amer',
						conversation_id: '19:c1524d7c-a06f-456f-8abe-xxxx',
					},
				],
				$timezone: 'America/New_York',
				$locale: 'en_GB',
			},
		},
	},
	{
		title: 'the reference’s request',
		operation: 'user:edit',
		fields: {
			distinctId: { __rl: true, mode: 'id', value: 'user123' },
			operationsInput: 'json',
			operationsJson: JSON.stringify({
				operations: [
					{ $set: { name: 'John Doe', $locale: 'en_GB', $timezone: 'America/New_York' } },
					{ $append: { $email: 'john@example.com' } },
				],
			}),
		},
		request: {
			method: 'PATCH',
			path: '/v1/user/user123/',
			headers,
			body: {
				operations: [
					{ $set: { name: 'John Doe', $locale: 'en_GB', $timezone: 'America/New_York' } },
					{ $append: { $email: 'john@example.com' } },
				],
			},
		},
		responses: [
			expect.objectContaining({
				distinct_id: 'user123',
				properties: { name: 'John Doe', $locale: 'en_GB', $timezone: 'America/New_York' },
				$email: [active('john@example.com')],
			}),
		],
	},
	{
		title: 'every kind of change',
		operation: 'user:edit',
		fields: {
			distinctId: { __rl: true, mode: 'list', value: oddId },
			operations: {
				operation: [
					{ change: 'set', property: 'name', value: 'John Doe' },
					{ change: 'setOnce', property: 'first_login', value: '2021-11-02' },
					{ change: 'append', property: 'played_games', value: 'game_1' },
					{ change: 'remove', property: 'played_games', value: 'game_2' },
					{ change: 'increment', property: 'login_count', by: -1 },
					{ change: 'unset', property: 'wishlist' },
					{ change: 'setLocale', locale: 'en' },
					{ change: 'setTimezone', timezone: 'Asia/Kolkata' },
					{ change: 'addChannel', channel: 'sms', phoneNumber: '+15555555555' },
					{ change: 'addChannel', channel: 'androidpush', pushToken: 'tok', provider: 'xiaomi' },
					{ change: 'addChannel', channel: 'iospush', pushToken: 'tok', bundleId: 'com.app' },
					{
						change: 'addChannel',
						channel: 'slack',
						slackBy: 'incoming_webhook',
						slackWebhookUrl: 'https://hooks.slack.com/services/T/B/X',
					},
					{ change: 'removeChannel', channel: 'email', email: 'user@example.com' },
					{ change: 'unsetChannel', channel: 'whatsapp' },
				],
			},
		},
		request: {
			method: 'PATCH',
			path: oddPath,
			headers,
			body: {
				operations: [
					{ $set: { name: 'John Doe' } },
					{ $set_once: { first_login: '2021-11-02' } },
					{ $append: { played_games: 'game_1' } },
					{ $remove: { played_games: 'game_2' } },
					{ $add: { login_count: -1 } },
					{ $unset: ['wishlist'] },
					{ $set: { $locale: 'en' } },
					{ $set: { $timezone: 'Asia/Kolkata' } },
					{ $append: { $sms: '+15555555555' } },
					{ $append: { $androidpush: 'tok', $id_provider: 'xiaomi' } },
					{ $append: { $iospush: 'tok', $id_provider: 'apns', $bundle_id: 'com.app' } },
					{ $append: { $slack: { incoming_webhook: { url: 'https://hooks.slack.com/services/T/B/X' } } } },
					{ $remove: { $email: 'user@example.com' } },
					{ $unset: ['$whatsapp'] },
				],
			},
		},
	},
	{
		title: 'a user with an odd ID',
		operation: 'user:get',
		arrange: know(oddId),
		fields: { distinctId: { __rl: true, mode: 'id', value: oddId } },
		request: { method: 'GET', path: oddPath, headers, body: undefined },
		requests: 2,
		responses: [user({ distinct_id: oddId, properties: { name: 'Marge Simpson' } })],
	},
	{
		title: 'a user with an odd ID',
		operation: 'user:delete',
		arrange: know(oddId),
		fields: { distinctId: { __rl: true, mode: 'id', value: oddId } },
		request: { method: 'DELETE', path: oddPath, headers, body: undefined },
		requests: 2,
		responses: [{ deleted: true }],
	},
	{
		title: 'the documentation’s request for users by their IDs',
		operation: 'workflow:trigger',
		settings: { workflow: '_workflow_slug_' },
		fields: { recipientIds: 'id1, id2', data: assignments({ first_name: 'User' }) },
		request: {
			method: 'POST',
			path: '/trigger/',
			headers,
			body: {
				workflow: '_workflow_slug_',
				recipients: ['id1', 'id2'],
				data: { first_name: 'User' },
				$idempotency_key: expect.stringMatching(/^[\da-f]{32}:_workflow_slug_$/),
			},
		},
		responses: [{ message_id: expect.any(String), status: 'success' }],
	},
	{
		title: 'one user with a channel',
		operation: 'workflow:trigger',
		settings: {
			workflow: 'new_comment',
			options: { phoneChannels: ['whatsapp'] },
			additionalFields: {
				actor: '{"distinct_id": "0fxxx8f74", "name": "actor_1"}',
				idempotencyKey: '_unique_identifier_of_the_request_',
				tenantId: 'tenant_id1',
				cancellationKey: 'comment-7',
				metadata: '{"source": "n8n"}',
				attachments: {
					attachment: [{ source: 'url', url: 'https://bitcoincore.org/bitcoin.pdf', fileName: 'b.pdf' }],
				},
			},
		},
		fields: {
			recipientsInput: 'fields',
			recipients: {
				recipient: [
					{
						type: 'user',
						distinctId: '0gxxx9f14',
						email: 'abc@example.com',
						whatsapp: '+15555555555',
					},
				],
			},
			dataInput: 'json',
			dataJson: '{"invoice_amount": "$5000", "invoice_id": "Invoice-1234"}',
		},
		event: {
			type: 'track',
			event: 'Invoice Due',
			userId: '0gxxx9f14',
			properties: { invoice_amount: '$5000', invoice_id: 'Invoice-1234' },
			context: { traits: { email: 'abc@example.com', phone: '+15555555555', plan: 'pro' } },
		},
		request: {
			method: 'POST',
			path: '/trigger/',
			headers,
			body: {
				workflow: 'new_comment',
				actor: { distinct_id: '0fxxx8f74', name: 'actor_1' },
				recipients: [{ distinct_id: '0gxxx9f14', $email: ['abc@example.com'], $whatsapp: ['+15555555555'] }],
				data: {
					invoice_amount: '$5000',
					invoice_id: 'Invoice-1234',
					$attachments: [
						{
							filename: 'b.pdf',
							contentType: null,
							data: null,
							url: 'https://bitcoincore.org/bitcoin.pdf',
							ignore_if_error: false,
						},
					],
				},
				tenant_id: 'tenant_id1',
				$idempotency_key: '_unique_identifier_of_the_request_',
				cancellation_key: 'comment-7',
				metadata: { source: 'n8n' },
			},
		},
	},
	{
		title: 'a user by their ID under the ID of the event',
		operation: 'workflow:trigger',
		settings: { workflow: 'welcome', additionalFields: { actor: 'id7' } },
		event: { type: 'identify', messageId: 'm-1', anonymousId: 'anon-1', traits: { plan: 'pro' } },
		request: {
			method: 'POST',
			path: '/trigger/',
			headers,
			body: {
				workflow: 'welcome',
				actor: 'id7',
				recipients: ['anon-1'],
				data: { plan: 'pro' },
				$idempotency_key: 'm-1:welcome',
			},
		},
	},
	{
		title: 'objects and an anonymous user, as documented',
		operation: 'workflow:trigger',
		settings: { workflow: '_workflow_slug_' },
		fields: {
			recipientsInput: 'fields',
			recipients: {
				recipient: [
					{ type: 'object', objectType: 'teams', objectId: 'finance' },
					{ type: 'anonymous', email: 'abc@example.com' },
				],
			},
		},
		request: {
			method: 'POST',
			path: '/trigger/',
			headers,
			body: expect.objectContaining({
				recipients: [
					{ object_type: 'teams', id: 'finance' },
					{ is_transient: true, $email: ['abc@example.com'] },
				],
				data: {},
			}),
		},
	},
	{
		title: 'recipients as JSON with all fields',
		operation: 'workflow:trigger',
		settings: { workflow: '_workflow_slug_' },
		fields: {
			recipientsInput: 'json',
			recipientsJson: JSON.stringify([
				'id1',
				{
					distinct_id: '0gxxx9f14',
					$email: ['abc@example.com'],
					$channels: ['email', 'inbox'],
					$preferred_language: 'en',
					$timezone: 'America/New_York',
					$androidpush: [{ token: '__token__', provider: 'fcm', device_id: '' }],
					$skip_create: true,
					user_prop1: 'value_1',
				},
			]),
		},
		request: {
			method: 'POST',
			path: '/trigger/',
			headers,
			body: expect.objectContaining({
				recipients: [
					'id1',
					{
						distinct_id: '0gxxx9f14',
						$email: ['abc@example.com'],
						$channels: ['email', 'inbox'],
						$preferred_language: 'en',
						$timezone: 'America/New_York',
						$androidpush: [{ token: '__token__', provider: 'fcm', device_id: '' }],
						$skip_create: true,
						user_prop1: 'value_1',
					},
				],
			}),
		},
	},
	{
		title: 'users by their IDs',
		operation: 'list:addUsers',
		arrange: know('_distinct_id1_'),
		fields: {
			listId: { __rl: true, mode: 'id', value: 'newsletter' },
			distinctIds: '_distinct_id1_, _distinct_id2_',
		},
		request: {
			method: 'POST',
			path: '/v1/subscriber_list/newsletter/subscriber/add/',
			headers,
			body: { distinct_ids: ['_distinct_id1_', '_distinct_id2_'] },
		},
		requests: 2,
		responses: [{ success: true, affected_count: 1 }],
	},
	{
		title: 'a list of IDs as it is',
		operation: 'list:removeUsers',
		fields: {
			listId: { __rl: true, mode: 'list', value: 'trial-users' },
			distinctIds: '={{ ["a, b", " c", 7] }}',
		},
		request: {
			method: 'POST',
			path: '/v1/subscriber_list/trial-users/subscriber/remove/',
			headers,
			body: { distinct_ids: ['a, b', ' c', '7'] },
		},
		responses: [{ success: true, affected_count: 0 }],
	},
	{
		title: 'every documented field',
		operation: 'tenant:upsert',
		fields: {
			tenantId: { __rl: true, mode: 'id', value: 'awesome-tenant_1' },
			tenantName: 'Awesome Tenant',
			properties: assignments({ address: 'my company address' }),
			additionalFields: {
				logo: 'https://ik.imagekit.io/logo.png',
				timezone: 'America/New_York',
				blockedChannels: ['email'],
				preferencePageUrl: 'https://app.suprsend.com/settings',
				primaryColor: '#ff0000',
				secondaryColor: '#00ff00',
				tertiaryColor: '#0000ff',
				socialLinks: {
					link: [
						{ site: 'website', url: 'https://suprsend.com' },
						{ site: 'facebook', url: '' },
					],
				},
			},
		},
		request: {
			method: 'POST',
			path: '/v1/tenant/awesome-tenant_1/',
			headers,
			body: {
				tenant_name: 'Awesome Tenant',
				logo: 'https://ik.imagekit.io/logo.png',
				timezone: 'America/New_York',
				blocked_channels: ['email'],
				preference_page_url: 'https://app.suprsend.com/settings',
				embedded_preference_url: 'https://app.suprsend.com/settings',
				primary_color: '#ff0000',
				secondary_color: '#00ff00',
				tertiary_color: '#0000ff',
				social_links: { website: 'https://suprsend.com', facebook: '' },
				properties: { address: 'my company address' },
			},
		},
		responses: [
			expect.objectContaining({
				tenant_id: 'awesome-tenant_1',
				tenant_name: 'Awesome Tenant',
				embedded_preference_url: 'https://app.suprsend.com/settings',
				blocked_channels: ['email'],
			}),
		],
	},
	{
		title: 'a name only',
		operation: 'tenant:upsert',
		fields: { tenantId: { __rl: true, mode: 'list', value: 'default' }, tenantName: 'ABC Company' },
		request: {
			method: 'POST',
			path: '/v1/tenant/default/',
			headers,
			body: { tenant_name: 'ABC Company', properties: {} },
		},
	},
];

const edits = (operations: unknown): INodeParameters => ({
	distinctId: 'u',
	operationsInput: 'json',
	operationsJson: JSON.stringify(operations),
});
const recipients = (list: unknown): INodeParameters => ({
	recipientsInput: 'json',
	recipientsJson: JSON.stringify(list),
});

const refusals: RefusalCase[] = [
	{
		title: 'a reserved name',
		operation: 'event:send',
		event: { type: 'track', event: '$foo', userId: 'u' },
		message: /event: SuprSend reserves event names that start with \$ or ss_/,
	},
	{
		title: 'a reserved name in the form',
		operation: 'event:send',
		fields: { distinctId: 'u', eventName: '$foo' },
		message: /'Event Name' \(event\): SuprSend reserves event names that start with \$ or ss_/,
	},
	{
		title: 'a reserved property',
		operation: 'event:send',
		fields: { distinctId: 'u', eventName: 'fine', properties: assignments({ ss_price: 1 }) },
		message: /'Properties' \(properties\.ss_price\): Rename 'ss_price', because SuprSend reserves names/,
	},
	{
		title: 'a distinct ID of 256 characters',
		operation: 'event:send',
		fields: { distinctId: 'x'.repeat(256), eventName: 'fine' },
		message: /up to 255 characters/,
	},
	{
		title: 'an attachment without a web address',
		operation: 'event:send',
		settings: {
			additionalFields: { attachments: { attachment: [{ source: 'url', url: '/home/me/a.pdf' }] } },
		},
		event: { type: 'track', event: 'fine', userId: 'u' },
		message: /\$attachments\.0\.url: An attachment must have a URL/,
	},
	{
		title: 'an attachment that is not on the web',
		operation: 'event:send',
		settings: {
			additionalFields: {
				attachments: { attachment: [{ source: 'url', url: 'http://10.0.0.5/a.pdf' }] },
			},
		},
		event: { type: 'track', event: 'fine', userId: 'u' },
		message: /\$attachments\.0\.url: SuprSend can load an attachment only from a public URL/,
	},
	{
		title: 'more than 100 KiB',
		operation: 'event:send',
		event: { type: 'track', event: 'big', userId: 'u', properties: { text: 'é'.repeat(60_000) } },
		code: 'record_too_large',
		message: /118 KiB, and the service accepts up to 100 KiB/,
	},
	{
		title: 'a time before 2022',
		operation: 'event:send',
		event: { type: 'track', event: 'fine', userId: 'u', timestamp: '2021-12-31T23:59:59Z' },
		message: /before 2022/,
	},
	{
		title: 'a distinct ID of dots',
		operation: 'user:get',
		fields: { distinctId: '..' },
		message: /only of dots/,
	},
	{
		title: 'an ID that no URL can contain',
		operation: 'user:get',
		fields: { distinctId: '={{ "\\ud83d" }}' },
		message: /an incomplete emoji/,
	},
	{
		title: 'no user',
		operation: 'user:delete',
		fields: { distinctId: { __rl: true, mode: 'id', value: '={{ $json.missing }}' } },
		message: /Fill in the distinct ID/,
	},
	{ title: 'no change', operation: 'user:edit', fields: { distinctId: 'u' }, message: /nothing to change/ },
	{
		title: 'an unknown operation',
		operation: 'user:edit',
		fields: edits([{ $union: { a: [1] } }]),
		message: /'Changes' \(operations\.0\): A change must be an object with \$set/,
	},
	{
		title: 'a channel that is set',
		operation: 'user:edit',
		fields: edits([{ $set: { $email: 'jane@example.com' } }]),
		message: /Channels can't be set: add them with \$append/,
	},
	{
		title: 'an increment that is not a number',
		operation: 'user:edit',
		fields: edits([{ $add: { login_count: '1' } }]),
		message: /\$add requires numbers/,
	},
	{
		title: 'a phone number in another format',
		operation: 'user:edit',
		fields: edits([{ $append: { $whatsapp: '5555555555' } }]),
		message: /'Changes' \(operations\.0\.\$append\.\$whatsapp\): Enter a phone number in E\.164 format/,
	},
	{
		title: 'an incomplete Slack channel',
		operation: 'user:edit',
		fields: edits([{ $append: { $slack: { email: 'jane@example.com' } } }]),
		message: /Enter a Slack channel as/,
	},
	{
		title: 'no workflow',
		operation: 'workflow:trigger',
		settings: { workflow: '={{ $json.missing }}' },
		fields: { recipientIds: 'u' },
		message: /Enter the slug of the workflow/,
	},
	{
		title: 'no recipient',
		operation: 'workflow:trigger',
		settings: { workflow: 'w' },
		fields: { recipientIds: '={{ [] }}' },
		message: /at least one recipient/,
	},
	{
		title: '101 recipients',
		operation: 'workflow:trigger',
		settings: { workflow: 'w' },
		fields: recipients(Array.from({ length: 101 }, (_, index) => `u${index}`)),
		message: /up to 100 recipients/,
	},
	{
		title: 'a recipient without an ID',
		operation: 'workflow:trigger',
		settings: { workflow: 'w' },
		fields: recipients([{ name: 'Jane' }]),
		message: /'Recipients' \(recipients\.0\): A recipient must be a distinct ID/,
	},
	{
		title: 'an anonymous user without a channel',
		operation: 'workflow:trigger',
		settings: { workflow: 'w' },
		fields: recipients([{ is_transient: true, name: 'Jane' }]),
		message: /\{"is_transient": true\} with a channel/,
	},
	{
		title: 'an actor in broken JSON',
		operation: 'workflow:trigger',
		settings: { workflow: 'w', additionalFields: { actor: '{"distinct_id": ' } },
		event: { type: 'track', event: 'e', userId: 'u' },
		code: 'unreadable_item',
		message: /'Actor' is not valid JSON/,
	},
	{
		title: 'a cancellation key of 256 characters',
		operation: 'workflow:trigger',
		settings: { workflow: 'w', additionalFields: { cancellationKey: 'k'.repeat(256) } },
		event: { type: 'track', event: 'e', userId: 'u' },
		message: /up to 255 characters/,
	},
	{
		title: 'no user IDs',
		operation: 'list:addUsers',
		fields: { listId: 'newsletter', distinctIds: ' , ' },
		message: /at least one distinct ID/,
	},
	{
		title: 'an ID that is a rounded number',
		operation: 'list:addUsers',
		fields: { listId: 'newsletter', distinctIds: '={{ ["a", 1234567890123456789] }}' },
		message: /1234567890123456800 has lost its last digits/,
	},
	{
		title: 'a list ID with spaces',
		operation: 'list:removeUsers',
		fields: { listId: 'my list', distinctIds: 'u' },
		message: /letters, digits, underscores and hyphens/,
	},
	{
		title: 'a tenant ID of 65 characters',
		operation: 'tenant:upsert',
		fields: { tenantId: 't'.repeat(65), tenantName: 'T' },
		message: /up to 64 letters/,
	},
	{
		title: 'no name',
		operation: 'tenant:upsert',
		fields: { tenantId: 't', tenantName: '={{ $json.missing }}' },
		message: /must have a name/,
	},
];

const leftOut: LeftOutCase[] = [
	{
		title: 'no email address',
		operation: 'user:identify',
		event: { type: 'identify', userId: 'u', traits: { email: 'jane' } },
		message: /^'channels\.\$email\.0' was left out, because "jane" can't be used: Enter an email address/,
	},
	{
		title: 'a phone number in another format as a channel',
		operation: 'user:identify',
		settings: { options: { phoneChannels: ['sms'] } },
		event: { type: 'identify', userId: 'u', traits: { phone: '(555) 555-5555' } },
		message: /"\(555\) 555-5555" can't be used: Enter a phone number in E\.164 format/,
	},
	{
		title: 'an unknown time zone',
		operation: 'user:identify',
		fields: { distinctId: 'u', additionalFields: { timezone: 'UTC+5:30' } },
		message: /^'Timezone' was left out, because "UTC\+5:30" can't be used: Enter an IANA time zone/,
	},
	{
		title: 'an invalid locale',
		operation: 'user:identify',
		event: { type: 'identify', userId: 'u', traits: { locale: 'English (UK)' } },
		message: /^'\$locale' was left out, .*: Enter a language/,
	},
	{
		title: 'an invalid email address',
		operation: 'workflow:trigger',
		settings: { workflow: 'w' },
		fields: recipients([{ distinct_id: 'u', $email: ['jane'] }]),
		message: /^'Email' was left out, .*: Enter an email address/,
	},
	{
		title: 'a color by its name',
		operation: 'tenant:upsert',
		fields: { tenantId: 't', tenantName: 'T', additionalFields: { primaryColor: 'red' } },
		message: /^'Primary Color' was left out, because "red" can't be used: Enter a color/,
	},
	{
		title: 'a social link that is not a URL',
		operation: 'tenant:upsert',
		fields: {
			tenantId: 't',
			tenantName: 'T',
			additionalFields: { socialLinks: { link: [{ site: 'x', url: '@acme' }] } },
		},
		message: /^'Social Links' was left out, .*: Enter a URL/,
	},
];

const under = (mode: Mode) => partUnderTest('supr-send', mode.credential);

test('a file tests each operation', () => {
	expect(suprSend.operations.filter((each) => partOf(each) === undefined)).toEqual([]);
});

describe('with an API key', () => {
	describeProvider(under(withApiKey), requestsOf(withApiKey), refusals, leftOut);
});

describe('with a workspace key and secret', () => {
	const { run, sandbox } = describeProvider(
		under(withWorkspace),
		requestsOf(withWorkspace),
		refusals,
		leftOut,
	);

	const results = async (parameters: INodeParameters, items: IDataObject[] = [{}]) =>
		(await run(parameters, items)).output.map(({ json }) => json);
	const sent = () => sandbox().requests('suprsend');
	const identify = { resource: 'user', operation: 'identify' };
	const person = (index: number, more: IDataObject = {}) => ({
		type: 'identify',
		messageId: `m${index}`,
		userId: `u${index}`,
		traits: { plan: 'pro', email: `u${index}@example.com` },
		timestamp: '2025-01-02T03:04:05.678Z',
		...more,
	});

	describe('users in bulk', () => {
		const inBulk = { ...identify, options: { sendInBulk: true } };
		const edit = (index: number) => ({
			$schema: '2',
			$insert_id: insertId(`m${index}`),
			$time: 1735787045678,
			env: workspaceKey,
			distinct_id: `u${index}`,
			$user_operations: [{ $set: { plan: 'pro' } }, { $append: { $email: `u${index}@example.com` } }],
			properties: {},
		});

		test('are sent in the form of the SDK, several as a list', async () => {
			const output = await results(inBulk, [person(0), person(1)]);

			expect(sent()).toMatchObject([{ method: 'POST', path: '/event/' }]);
			expect(sent()[0]?.body).toEqual([edit(0), edit(1)]);
			expect(output).toMatchObject([
				{ status: 'delivered', statusCode: 202, response: 'OK', batch: { index: 0, size: 2 } },
				{ status: 'delivered' },
			]);
		});

		test('are sent as an object for one user, from fields and from an event', async () => {
			await results(inBulk, [person(0)]);
			const fields = {
				mappingMode: 'defineBelow',
				distinctId: 'u0',
				channels: { channel: [{ channel: 'email', email: 'u0@example.com' }] },
				properties: assignments({ plan: 'pro' }),
			};
			await results({ ...inBulk, ...fields });

			expect(sent()[0]?.body).toEqual(edit(0));
			expect(sent()[1]?.body).toEqual({
				...edit(0),
				$insert_id: expect.any(String),
				$time: expect.any(Number),
			});
		});

		test('are sent 400 in a request by Identify Many, which returns one summary', async () => {
			const people = Array.from({ length: 401 }, (_, index) => person(index));
			const [summary] = await results({ resource: 'user', operation: 'identifyMany' }, [
				...people,
				person(401, { type: 'track', event: 'e' }),
				person(402, { traits: {} }),
			]);

			expect(sent().map(({ body }) => (Array.isArray(body) ? body.length : 1))).toEqual([400, 1]);
			expect(summary).toMatchObject({ status: 'partial', total: 403, success: 401, skipped: 1, failure: 1 });
			expect((summary?.failed_records as IDataObject[])[0]).toMatchObject({
				item: 402,
				error: expect.stringMatching(/nothing to change/),
			});
		});

		test('may have up to 10 KiB each', async () => {
			const [result] = await results(inBulk, [person(0, { traits: { bio: 'x'.repeat(11 * 1024) } })]);

			expect(result).toMatchObject({ status: 'failed', reason: { code: 'record_too_large' } });
			expect(sent()).toEqual([]);
		});

		test('can also be edited in bulk', async () => {
			const parameters = {
				resource: 'user',
				operation: 'edit',
				distinctId: '={{ $json.id }}',
				operations: { operation: [{ change: 'increment', property: 'logins', by: 1 }] },
				options: { sendInBulk: true },
			};
			await results(parameters, [{ id: 'u1' }, { id: 'u2' }]);

			expect(sent()).toHaveLength(1);
			expect(sent()[0]?.body).toMatchObject([
				{ distinct_id: 'u1', env: workspaceKey, $user_operations: [{ $add: { logins: 1 } }] },
				{ distinct_id: 'u2' },
			]);
		});
	});

	describe('an empty result of an expression', () => {
		test('is not an increment', async () => {
			const change = { change: 'increment', property: 'points' };
			const edit = (operation: INodeParameters) => ({
				...{ resource: 'user', operation: 'edit', distinctId: 'u' },
				operations: { operation: [operation] },
			});
			const items = [{ points: 5 }, {}, { points: null }];
			expect(await results(edit({ ...change, by: '={{ $json.points }}' }), items)).toMatchObject([
				{ status: 'delivered' },
				{ status: 'failed', reason: { message: expect.stringMatching(/\$add requires numbers/) } },
				{ status: 'failed', reason: { message: expect.stringMatching(/\$add requires numbers/) } },
			]);
			await results(edit(change));

			expect(sent().map(({ body }) => body)).toEqual([
				{ operations: [{ $add: { points: 5 } }] },
				{ operations: [{ $add: { points: 1 } }] },
			]);
		});

		test('is not a property of a user, in bulk or one by one', async () => {
			const fields = {
				...{ ...identify, mappingMode: 'defineBelow', distinctId: 'u' },
				properties: assignments({ name: 'Jane', plan: '={{ $json.plan }}' }),
			};
			await results(fields);
			await results({ ...fields, options: { sendInBulk: true } });
			await results({ resource: 'user', operation: 'identifyMany' }, [
				person(0, { traits: { name: 'Jane', plan: undefined } }),
			]);

			const inBulk = { $user_operations: [{ $set: { name: 'Jane' } }] };
			expect(sent().map(({ body }) => body)).toEqual([
				{ name: 'Jane' },
				expect.objectContaining(inBulk),
				expect.objectContaining(inBulk),
			]);
		});

		test('does not change a social link', async () => {
			const upsert = (...link: INodeParameters[]) => ({
				...{ resource: 'tenant', operation: 'upsert', tenantId: 'acme', tenantName: 'Acme' },
				additionalFields: { socialLinks: { link } },
			});
			const nothing = { site: 'x', url: '={{ $json.missing }}' };
			await results(upsert(nothing), [{}, { missing: null }]);
			await results(upsert(nothing, { site: 'youtube', url: '' }));

			expect(sent().map(({ body }) => body)).toEqual([
				{ tenant_name: 'Acme', properties: {} },
				{ tenant_name: 'Acme', properties: {} },
				{ tenant_name: 'Acme', properties: {}, social_links: { youtube: '' } },
			]);
		});
	});

	test.each(['addUsers', 'removeUsers'])(
		'%s reads a list from text and rejects an incomplete one',
		async (operation) => {
			const change = { resource: 'list', operation, listId: 'newsletter', distinctIds: '={{ $json.ids }}' };
			const output = await results(change, [
				{ ids: '["u1", "b, c"]' },
				{ ids: '["u1", "b' },
				{ ids: '[vip]-1, u2' },
			]);

			expect(output).toMatchObject([
				{ status: 'delivered' },
				{ status: 'failed', reason: { message: expect.stringMatching(/'Distinct IDs' is not valid JSON/) } },
				{ status: 'delivered' },
			]);
			expect(sent().map(({ body }) => body)).toEqual([
				{ distinct_ids: ['u1', 'b, c'] },
				{ distinct_ids: ['[vip]-1', 'u2'] },
			]);
		},
	);

	describe('a list of 25,000 users', () => {
		const ids = Array.from({ length: 25_000 }, (_, index) => `user-${index}`);
		const add = {
			resource: 'list',
			operation: 'addUsers',
			listId: 'newsletter',
			distinctIds: '={{ $json.ids }}',
		};
		const sentIds = () =>
			sent()
				.filter(({ path }) => path.includes('subscriber_list'))
				.map(({ body }) => (body as { distinct_ids: string[] }).distinct_ids);

		test('is sent in parts of at most 10,000, with one result for all', async () => {
			const known = ['user-0', 'user-12000', 'user-24999'];
			await results(
				identify,
				known.map((userId) => ({ type: 'identify', userId })),
			);
			const output = await results(add, [{ ids }, { ids: known.slice(0, 1) }]);

			expect(output).toMatchObject([
				{ status: 'delivered', attempts: 3, response: { success: true, affected_count: 3 } },
				{ status: 'delivered', attempts: 1, response: { success: true, affected_count: 0 } },
			]);
			const [first, second, third] = [0, 1, 2].map((part) => ids.slice(part * 10_000, (part + 1) * 10_000));
			const parts = sentIds().filter(({ length }) => length > 1);
			expect(parts).toEqual([first, second, third]);
		});

		test('says how many are done when a part fails', async () => {
			sandbox().misbehave({
				provider: 'suprsend',
				after: 1,
				do: { status: 400, body: { message: 'Broken' } },
			});
			const [result] = await results(add, [{ ids }]);

			expect(result).toMatchObject({
				status: 'failed',
				attempts: 2,
				reason: {
					code: 'refused',
					message: expect.stringContaining('Broken'),
					description: expect.stringMatching(/^The first 10000 of 25000 IDs were processed\. /),
				},
			});
			expect(sentIds()).toHaveLength(2);
		});

		test('goes on with the part that a busy service did not answer', async () => {
			sandbox().misbehave({ provider: 'suprsend', after: 1, do: { status: 503 } });
			const [result] = await results(add, [{ ids }]);

			expect(result).toMatchObject({ status: 'delivered', attempts: 4 });
			expect(sentIds().map(({ length }) => length)).toEqual([10_000, 10_000, 10_000, 5_000]);
		});
	});

	test('Identify skips other types of events', async () => {
		expect(await results(identify, [{ type: 'track', event: 'e', userId: 'u' }])).toMatchObject([
			{ status: 'skipped', reason: { code: 'event_type' } },
		]);
	});

	describe('after a lost answer', () => {
		const edit = (operation: IDataObject) => ({
			resource: 'user',
			operation: 'edit',
			distinctId: 'u',
			operationsInput: 'json',
			operationsJson: JSON.stringify([operation]),
		});
		const breakOff = () =>
			sandbox().misbehave({ provider: 'suprsend', times: 1, do: { reset: 'after-storing' } });

		test.each([
			['an increment', { $add: { logins: 1 } }],
			['a value added to a list', { $append: { games: 'chess' } }],
		])('%s is not resent', async (_, operation) => {
			breakOff();
			expect(await results(edit(operation))).toMatchObject([
				{ status: 'failed', reason: { code: 'connection_lost', mayHaveBeenReceived: true } },
			]);
			expect(sent()).toHaveLength(1);
		});

		test.each([
			['a value that is set', { $set: { plan: 'pro' } }],
			['a channel', { $append: { $androidpush: 'tok', $id_provider: 'fcm' } }],
			['a removed property', { $unset: ['plan'] }],
		])('%s is resent', async (_, operation) => {
			breakOff();
			expect(await results(edit(operation))).toMatchObject([{ status: 'delivered', attempts: 2 }]);
		});

		test('a workflow is resent and runs once', async () => {
			breakOff();
			const parameters = { resource: 'workflow', operation: 'trigger', workflow: 'w' };
			const event = { type: 'track', event: 'e', userId: 'u', messageId: 'm1' };

			expect(await results(parameters, [event])).toMatchObject([{ status: 'delivered', attempts: 2 }]);
			expect(sandbox().records('suprsend', 'workflow')).toHaveLength(1);
			expect(sandbox().deduplicated('suprsend')).toBe(1);
		});
	});

	test('evaluates the fields of a record for each item', async () => {
		const additionalFields = {
			tenantId: '={{ $json.properties.tenant }}',
			idempotencyKey: '={{ $json.messageId }}-paid',
			attachments: { attachment: [{ source: 'url', url: '={{ $json.properties.invoice }}' }] },
		};
		const events = [0, 1].map((index) => ({
			type: 'track',
			event: 'Invoice Due',
			userId: 'u',
			messageId: `m${index}`,
			properties: { tenant: `tenant-${index}`, invoice: `https://example.com/${index}.pdf` },
		}));
		await results({ resource: 'event', operation: 'send', additionalFields }, events);
		await results(
			{
				...{ resource: 'workflow', operation: 'trigger', workflow: 'w' },
				additionalFields: { ...additionalFields, actor: '={{ $json.messageId }}' },
			},
			events,
		);

		const own = (index: number) => ({
			tenant_id: `tenant-${index}`,
			$idempotency_key: `m${index}-paid`,
		});
		const file = (index: number) => ({ $attachments: [{ url: `https://example.com/${index}.pdf` }] });
		expect(sent()[0]?.body).toMatchObject([0, 1].map((i) => ({ ...own(i), properties: file(i) })));
		expect(sent()[1]?.body).toMatchObject([0, 1].map((i) => ({ ...own(i), actor: `m${i}`, data: file(i) })));
	});

	describe('one event for several purposes', () => {
		const event = { type: 'track', event: 'ee', userId: 'u', messageId: 'm1' };
		const trigger = (workflow: string) => ({ resource: 'workflow', operation: 'trigger', workflow });

		test('is sent and triggers workflows, and SuprSend mistakes none for a repetition', async () => {
			await results({ resource: 'event', operation: 'send' }, [event]);
			await results(trigger('welcome'), [event]);
			await results(trigger('tell-sales'), [event]);
			await results({ ...trigger('thank'), operation: 'triggerMany' }, [event]);

			expect(sandbox().records('suprsend')).toMatchObject([
				{ kind: 'event' },
				{ kind: 'workflow', name: 'welcome' },
				{ kind: 'workflow', name: 'tell-sales' },
				{ kind: 'workflow', name: 'thank' },
			]);
			expect(sandbox().deduplicated('suprsend')).toBe(0);
		});

		test('triggers the same workflow once', async () => {
			await results(trigger('welcome'), [event]);
			await results({ ...trigger('welcome'), operation: 'triggerMany' }, [event]);

			expect(sandbox().records('suprsend', 'workflow')).toHaveLength(1);
			expect(sandbox().deduplicated('suprsend')).toBe(1);
		});
	});

	describe('workflows', () => {
		const trigger = (workflow: string) => ({ resource: 'workflow', operation: 'trigger', workflow });
		const slug = '={{ $json.properties.slug }}';
		const event = (index: number, name = 'known') => ({
			type: 'track',
			event: 'e',
			userId: `u${index}`,
			messageId: `m${index}`,
			properties: { slug: name },
		});

		test('are triggered in one request, and each result has its own answer', async () => {
			const output = await results(trigger(slug), [event(0), event(1, 'unknown'), event(2)]);

			expect(sent()).toMatchObject([{ path: '/trigger/', status: 207 }]);
			expect(output).toMatchObject([
				{ status: 'delivered', statusCode: 202, response: { message_id: expect.any(String) } },
				{
					status: 'failed',
					statusCode: 404,
					reason: {
						code: 'not_found',
						message: expect.stringMatching(/workflow not found/),
						description: expect.stringMatching(/Correct 'Workflow Slug'/),
					},
				},
				{ status: 'delivered' },
			]);
		});

		test.each([
			['notify anonymous users at the same time', { is_transient: true }, 2],
			['notify one user one after the other', { distinct_id: 'u' }, 1],
		])('%s', async (_, who, atOnce) => {
			sandbox().misbehave({ provider: 'suprsend', times: 2, do: { delayMs: 1_000 } });
			const recipientsJson = JSON.stringify([{ ...who, $email: ['jane@example.com'] }]);
			const parameters = {
				...{ ...trigger('w'), mappingMode: 'defineBelow', recipientsInput: 'json', recipientsJson },
				options: { batchSize: 1 },
			};
			await results(parameters, [{}, {}]);

			expect(sent()).toHaveLength(2);
			expect(sandbox().peakInFlight('suprsend')).toBe(atOnce);
		});

		test('are triggered 100 in a request by Trigger Many, which returns one summary', async () => {
			const events = Array.from({ length: 101 }, (_, index) => event(index));
			const [summary] = await results({ ...trigger('w'), operation: 'triggerMany' }, events);

			expect(sent().map(({ body }) => (Array.isArray(body) ? body.length : 1))).toEqual([100, 1]);
			expect(summary).toMatchObject({
				operation: 'workflow:triggerMany',
				status: 'success',
				total: 101,
				requests: 2,
			});
		});
	});

	describe('files of the item', () => {
		/** Includes everything else except buffers, which become garbage at once. */
		const bytesOfText = () => {
			const { heapUsed, external, arrayBuffers } = process.memoryUsage();
			return heapUsed + external - arrayBuffers;
		};
		const file = (bytes: number) => ({
			data: {
				data: Buffer.alloc(bytes, 'x').toString('base64'),
				mimeType: 'application/pdf',
				fileName: 'invoice.pdf',
			},
		});
		const attach = async (
			binary: IBinaryKeyData,
			binaryField = 'data',
			count = 1,
			onError: OnError = 'continueRegularOutput',
		) =>
			await runNode({
				node: 'suprSend',
				parameters: {
					resource: 'event',
					operation: 'send',
					mappingMode: 'canonicalEvent',
					additionalFields: { attachments: { attachment: [{ source: 'binary', binaryField }] } },
				},
				credentials: { suprSendApi: { ...withWorkspace.credential, baseUrl: sandbox().baseUrl('suprsend') } },
				items: Array(count).fill({ type: 'track', event: 'Invoice Due', userId: 'u' }),
				binary,
				onError,
			});

		test('stay with an item on the error output, so that it can be sent again', async () => {
			sandbox().misbehave({ provider: 'suprsend', do: { status: 400 } });
			const failing = await attach(file(3), 'data', 1, 'continueErrorOutput');
			const [failed] = failing.errorOutput;
			expect(failed?.json).toMatchObject({ event: 'Invoice Due', error: { status: 'failed' } });
			sandbox().reset();
			const again = await attach(failed?.binary ?? {}, 'data', 1, 'continueErrorOutput');

			expect(again.output[0]?.json).toMatchObject({ status: 'delivered' });
			expect(sent()[0]?.body).toMatchObject({ properties: { $attachments: [{ data: 'eHh4' }] } });
		});

		test('are not in the results of items that were delivered', async () => {
			const { output } = await attach(file(3), 'data', 1, 'continueErrorOutput');
			expect(output[0]).not.toHaveProperty('binary');
		});

		test('are sent as base64', async () => {
			await attach(file(3));

			expect(sent()[0]?.body).toMatchObject({
				properties: {
					$attachments: [
						{
							filename: 'invoice.pdf',
							contentType: 'application/pdf',
							data: 'eHh4',
							url: null,
							ignore_if_error: false,
						},
					],
				},
			});
		});

		test('are sent in full up to SuprSend’s limit', async () => {
			await attach(file(38_397));

			const data = Buffer.alloc(38_397, 'x').toString('base64');
			expect(sent()[0]?.body).toMatchObject({ properties: { $attachments: [{ data }] } });
		});

		test.each([
			['too large', file(38_398), 'data', 'invalid_record', /Attach the file by its URL instead/],
			['far too large', file(2_000_000), 'data', 'invalid_record', /Attach the file by its URL instead/],
			['missing', file(3), 'pdf', 'unreadable_item', /pdf/],
		])('that are %s are rejected', async (_, binary, field, code, message) => {
			const { output } = await attach(binary, field);

			expect(output[0]?.json).toMatchObject({
				status: 'failed',
				reason: { code, message: expect.stringMatching(message) },
			});

			expect(sent()).toEqual([]);
		});

		test('that are too large are not kept in memory until the others are sent', async () => {
			const binary = { ...file(2_000_000), small: file(3).data };
			sandbox().misbehave({ do: { delayMs: 100 } });
			const before = bytesOfText();
			let most = 0;
			const watch = setInterval(() => (most = Math.max(most, bytesOfText())), 5);
			const { output } = await attach(binary, "={{ $itemIndex === 199 ? 'small' : 'data' }}", 200);
			clearInterval(watch);

			expect(output.map(({ json }) => json.status)).toEqual([...Array(199).fill('failed'), 'delivered']);
			// Together, they would take 533 MB.
			expect(most - before).toBeLessThan(250_000_000);
		});
	});

	test('Send Many sends for a tenant, and each event has its own key', async () => {
		const parameters = { resource: 'event', operation: 'sendMany', additionalFields: { tenantId: 'acme' } };
		const events = [0, 1].map((index) => ({
			type: 'track',
			event: 'ee',
			userId: 'u',
			messageId: `m${index}`,
		}));
		await results(parameters, events);

		expect(sent()[0]?.body).toMatchObject([
			{ tenant_id: 'acme', $idempotency_key: 'm0' },
			{ tenant_id: 'acme', $idempotency_key: 'm1' },
		]);
	});

	describe('explains how to solve an error', () => {
		const get = { resource: 'user', operation: 'get', distinctId: 'user1' };
		const list = { resource: 'list', operation: 'addUsers', listId: 'nolist', distinctIds: 'u' };

		test.each([
			['from a Go service', get, 404, /user \[distinct_id: 'user1'\] not found/, /Identify the user first/],
			['from a Django service', list, 404, /list_id: nolist not found/, /create the list in SuprSend first/],
		])('%s', async (_, parameters, statusCode, message, description) => {
			expect(await results(parameters)).toMatchObject([
				{
					status: 'failed',
					statusCode,
					reason: {
						code: 'not_found',
						message: expect.stringMatching(message),
						description: expect.stringMatching(description),
					},
				},
			]);
		});

		test.each([
			[
				'from the workflow service',
				400,
				{ status: 'fail', message: 'no valid recipients found' },
				/\(status 400\): no valid recipients found/,
				/Identify them first/,
			],
			[
				'in a message that is JSON',
				400,
				{
					code: 400,
					type: 'ValidationError',
					message: '{"tenant_name": ["Ensure this field contains non-html text"]}',
				},
				/tenant_name.*non-html text/,
				/Correct the item/,
			],
			[
				'as text',
				401,
				'Not Authenticated - could not find Workspace details',
				/\(status 401\): Not Authenticated/,
				/active keys for the right workspace/,
			],
		])('%s', async (_, status, body, message, description) => {
			sandbox().misbehave({ provider: 'suprsend', do: { status, body } });

			expect(await results(get)).toMatchObject([
				{
					status: 'failed',
					reason: {
						message: expect.stringMatching(message),
						description: expect.stringMatching(description),
					},
				},
			]);
		});
	});

	describe('the lists of choices', () => {
		const offered = async (method: string, filter?: string, paginationToken?: string) => {
			const options = {
				node: 'suprSend',
				parameters: {},
				credentials: { suprSendApi: { ...withWorkspace.credential, baseUrl: sandbox().baseUrl('suprsend') } },
			};
			return await searchList(method, options, filter, paginationToken);
		};

		test('have users page by page with the service’s own cursor', async () => {
			for (let index = 0; index < 51; index++) await know(`user-${index}`)(sandbox());
			const first = await offered('listUsers');
			const second = await offered('listUsers', undefined, first.paginationToken);

			expect(first.results).toHaveLength(50);
			expect(first.results[0]).toEqual({ value: 'user-0', name: 'Marge Simpson (user-0)' });
			expect(second).toEqual({ results: [{ value: 'user-50', name: 'Marge Simpson (user-50)' }] });
			expect(sent().at(-1)?.query).toBe(`?limit=50&after=${first.paginationToken}`);
		});

		test.each([
			['searchLists', undefined, ['newsletter', 'trial-users']],
			['searchLists', 'TRIAL', ['trial-users']],
			['searchTenants', undefined, ['default']],
			['searchTenants', 'acme', []],
		])('have entries of %s for the search text %s', async (method, filter, values) => {
			const { results, paginationToken } = await offered(method, filter);

			expect(results.map(({ value }) => value)).toEqual(values);
			expect(paginationToken).toBeUndefined();
		});

		test('have more than 1000 entries in pages', async () => {
			const entry = (index: number) => ({ list_id: `list-${index}`, list_name: '' });
			const page = (from: number, count: number) => ({
				meta: { count: 1001, limit: 1000, offset: from },
				results: Array.from({ length: count }, (_, index) => entry(from + index)),
			});
			sandbox().misbehave({ provider: 'suprsend', do: { status: 200, body: page(0, 1000) } });
			sandbox().misbehave({ provider: 'suprsend', do: { status: 200, body: page(1000, 1) } });
			const first = await offered('searchLists');
			const second = await offered('searchLists', undefined, first.paginationToken);

			expect(first).toMatchObject({ paginationToken: '1000', results: { length: 1000 } });
			expect(second).toEqual({ results: [{ value: 'list-1000', name: 'list-1000' }] });
			expect(sent().map(({ query }) => query)).toEqual(['?limit=1000&offset=0', '?limit=1000&offset=1000']);
		});

		test('show SuprSend’s error', async () => {
			sandbox().misbehave({
				provider: 'suprsend',
				do: { status: 401, body: 'Not Authenticated - could not find Workspace details' },
			});
			await expect(offered('searchTenants')).rejects.toThrow(/did not accept the credential \(status 401\)/);
		});
	});

	test('shows the request without the secret in a preview', async () => {
		const [result] = await results({ ...identify, options: { previewOnly: true } }, [person(0)]);

		expect(result).toMatchObject({
			status: 'previewed',
			request: {
				method: 'POST',
				url: `${sandbox().baseUrl('suprsend')}/v1/user/u0/`,
				headers: { Authorization: `${workspaceKey}:•••` },
				body: { plan: 'pro', $email: ['u0@example.com'] },
			},
		});
		expect(JSON.stringify(result)).not.toContain(workspaceSecret);
		expect(sent()).toEqual([]);
	});
});
