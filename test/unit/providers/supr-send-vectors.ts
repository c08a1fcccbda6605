/** Requests of @suprsend/node-sdk 1.15.1 as a server received them. The keys are made up. */
export const workspaceKey = 'ws_key_0123456789abcdef';
export const workspaceSecret = 'SECRET_0123456789abcdef_do_not_use';
export const contentType = 'application/json; charset=utf-8';
export const date = 'Thu, 02 Jan 2025 03:04:05 GMT';
/** The time at which the request was signed. */
export const now = 1735787045678;

const sdk = '"$ss_sdk_version":"@suprsend/node-sdk/1.15.1 (node/20.20.2; linux)"';

export const vectors = [
	{
		name: 'event.minimal',
		method: 'POST',
		requestUri: '/event/',
		body: `{"$insert_id":"00070e15-1c23-4a31-b83f-464d545b6269","$time":1735787045678,"event":"product_purchased","env":"${workspaceKey}","distinct_id":"user_1","properties":{"amount":10,"currency":"USD",${sdk}}}`,
		md5: '4af3e56bbd42f682d734943a4add586a',
		signature: 'tTBHHy6RiKCOMvJtc88EnpzaDbLkHnl6Uc3FCq0UdNU=',
	},
	{
		name: 'bulk_events.two',
		method: 'POST',
		requestUri: '/event/',
		body: `[{"$insert_id":"6b727980-878e-459c-a3aa-b1b8bfc6cdd4","$time":1735787045678,"event":"event_one","env":"${workspaceKey}","distinct_id":"u1","properties":{"k1":"v1",${sdk}}},{"$insert_id":"e8eff6fd-040b-4219-a027-2e353c434a51","$time":1735787045678,"event":"event_two","env":"${workspaceKey}","distinct_id":"u2","properties":{"k2":"v2",${sdk}},"$idempotency_key":"idem-2"}]`,
		md5: '9483f5ad1abf78cee988c1d7a7b5b102',
		signature: 'iqoBjnrlFs239lyWqq0mqHqN5EAWesRQq3a7akxGAEI=',
	},
	{
		name: 'user.upsert',
		method: 'POST',
		requestUri: '/v1/user/user_1/',
		body: '{"name":"Jane","$email":["jane@example.com"],"$sms":["+15555555555"],"$timezone":"America/New_York"}',
		md5: '0bf815be3f707207a332da97b8210f26',
		signature: 'wES81mzxUF6ujrZHchJ1m6s/xGyHQZ56Al81pbkvjUk=',
	},
	{
		name: 'users.list',
		method: 'GET',
		requestUri: '/v1/user/?limit=1',
		body: '',
		md5: 'd41d8cd98f00b204e9800998ecf8427e',
		signature: '/hpRH/iW1He3YtQuTW1Mn1eIiB5I0xx79LqdGjIc/94=',
	},
];
