import { type SignedRequest, suprSendSignature } from '../../sandbox/providers/suprsend/signature';

/** Recorded from the official @suprsend/node-sdk 1.15.1, with a fixed clock. */
const SECRET = 'SECRET_0123456789abcdef_do_not_use';
const frozen = {
	contentType: 'application/json; charset=utf-8',
	date: 'Thu, 02 Jan 2025 03:04:05 GMT',
};
const signed = (method: string, uri: string, body: string): SignedRequest => ({
	...frozen,
	method,
	uri,
	bytes: Buffer.from(body),
});
const minimal = signed(
	'POST',
	'/event/',
	'{"$insert_id":"00070e15-1c23-4a31-b83f-464d545b6269","$time":1735787045678,"event":"product_purchased","env":"ws_key_0123456789abcdef","distinct_id":"user_1","properties":{"amount":10,"currency":"USD","$ss_sdk_version":"@suprsend/node-sdk/1.15.1 (node/20.20.2; linux)"}}',
);

test.each([
	['one event', minimal, 'tTBHHy6RiKCOMvJtc88EnpzaDbLkHnl6Uc3FCq0UdNU='],
	[
		'two events',
		signed(
			'POST',
			'/event/',
			'[{"$insert_id":"6b727980-878e-459c-a3aa-b1b8bfc6cdd4","$time":1735787045678,"event":"event_one","env":"ws_key_0123456789abcdef","distinct_id":"u1","properties":{"k1":"v1","$ss_sdk_version":"@suprsend/node-sdk/1.15.1 (node/20.20.2; linux)"}},{"$insert_id":"e8eff6fd-040b-4219-a027-2e353c434a51","$time":1735787045678,"event":"event_two","env":"ws_key_0123456789abcdef","distinct_id":"u2","properties":{"k2":"v2","$ss_sdk_version":"@suprsend/node-sdk/1.15.1 (node/20.20.2; linux)"},"$idempotency_key":"idem-2"}]',
		),
		'iqoBjnrlFs239lyWqq0mqHqN5EAWesRQq3a7akxGAEI=',
	],
	[
		'a user upsert',
		signed(
			'POST',
			'/v1/user/user_1/',
			'{"name":"Jane","$email":["jane@example.com"],"$sms":["+15555555555"],"$timezone":"America/New_York"}',
		),
		'wES81mzxUF6ujrZHchJ1m6s/xGyHQZ56Al81pbkvjUk=',
	],
	[
		'a list, without a body',
		signed('GET', '/v1/user/?limit=1', ''),
		'/hpRH/iW1He3YtQuTW1Mn1eIiB5I0xx79LqdGjIc/94=',
	],
])('signs %s as the SDK does', (_title, request, expected) => {
	expect(suprSendSignature(request, SECRET)).toBe(expected);
});

test.each<Partial<SignedRequest>>([
	{ method: 'PATCH' },
	{ uri: '/suprsend/event/' },
	{ contentType: 'application/json' },
	{ date: 'Thu, 02 Jan 2025 03:04:06 GMT' },
	{ bytes: Buffer.concat([minimal.bytes, Buffer.from(' ')]) },
])('signs nothing alike when this differs: %p', (difference) => {
	expect(suprSendSignature({ ...minimal, ...difference }, SECRET)).not.toBe(
		suprSendSignature(minimal, SECRET),
	);
});
