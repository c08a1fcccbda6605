import { Preview } from '../../../nodes/shared/delivery/send/preview';
import type { Connection } from '../../../nodes/shared/delivery/send/connection';
import type { Operation } from '../../../nodes/shared/service/definition';
import { anyOf } from '../../../nodes/shared/redact';
import { batchOf, forOperation, operation } from './helpers';

const connection: Connection = {
	baseUrl: 'https://api.example.com/v1',
	secrets: anyOf(['s3cr3t']),
	shownHeaders: { Authorization: 'Bearer •••' },
	key: '',
	account: {},
};
const withBody = (body: unknown): Operation => ({
	...operation,
	request: () => ({ body: JSON.stringify(body) }),
});
const bodyOf = (body: unknown, secrets = connection.secrets) => {
	const [outcome] = new Preview({ ...connection, secrets }).batch(
		forOperation(withBody(body), batchOf(1)),
		0,
	);
	return outcome?.status === 'previewed' ? outcome.request?.body : undefined;
};

test('shows the request with the first record of its batch', () => {
	const warnings = [{ path: 'a', code: 'b', message: 'c' }];
	const [first, second, third] = batchOf(3);
	if (!first || !second || !third) throw new Error('No records');
	const batch = [first, { ...second, warnings }, third];
	const previewed = { attempts: 0, status: 'previewed', batch: { index: 5, size: 3 }, warnings: [] };
	expect(new Preview(connection).batch(batch, 5)).toEqual([
		{
			...previewed,
			position: { itemIndex: 0 },
			messageId: 'm0',
			request: {
				method: 'POST',
				url: 'https://api.example.com/v1/events',
				headers: {
					'Content-Type': 'application/json; charset=utf-8',
					Accept: 'application/json',
					Authorization: 'Bearer •••',
				},
				body: [0, 1, 2],
			},
		},
		{ ...previewed, position: { itemIndex: 1 }, messageId: 'm1', warnings },
		{ ...previewed, position: { itemIndex: 2 }, messageId: 'm2' },
	]);
});

test('has no batch when the service has none', () => {
	const single = { ...operation, bulk: undefined };
	expect(new Preview(connection).batch(forOperation(single, batchOf(1)), 0)[0]).not.toHaveProperty('batch');
});

test('masks secrets anywhere in the body', () => {
	expect(bodyOf({ key: 's3cr3t', deep: [{ text: 'with s3cr3t inside', s3cr3t: 1 }] })).toEqual({
		key: '•••',
		deep: [{ text: 'with ••• inside', '•••': 1 }],
	});
});

test('does not change a body without secrets', () => {
	const body = { text: 'a "quoted" \\ text', list: [1, null, true], ké: 'é' };
	expect(bodyOf(body)).toEqual(body);
});

test.each([
	['a quote', 'a"b'],
	['a backslash', 'a\\b'],
	['a line break', 'a\nb'],
])('masks a secret with %s', (_, secret) => {
	expect(bodyOf({ text: `with ${secret} inside` }, anyOf([secret]))).toEqual({ text: 'with ••• inside' });
});

test('shows a body with a number that equals a secret', () => {
	expect(bodyOf({ total: 123456 }, anyOf(['123456']))).toBeDefined();
});

test('shows the keys that authentication adds to the body, masked', () => {
	const shownBody = { partnerId: 'p1', partnerSecret: '•••' };
	const [outcome] = new Preview({ ...connection, shownBody }).batch(
		forOperation(withBody({ type: 'track' }), batchOf(1)),
		0,
	);
	expect(outcome).toMatchObject({ request: { body: { ...shownBody, type: 'track' } } });
});

test('shows no body for a request without one', () => {
	const reading: Operation = {
		...operation,
		endpoint: { method: 'GET', path: '/users/{id}', source: '' },
		request: () => ({ params: { id: 'a/b' } }),
	};
	const [outcome] = new Preview(connection).batch(forOperation(reading, batchOf(1)), 0);
	expect(outcome).toMatchObject({
		request: { method: 'GET', url: 'https://api.example.com/v1/users/a%2Fb' },
	});
	expect(outcome).not.toHaveProperty('request.body');
});

test('shows a prerequisite once for each customer', () => {
	const prerequisite = (once: string) => ({
		purpose: 'Make Sure',
		once,
		request: { method: 'POST', path: '/ping', body: `{"id":"${once}"}` } as const,
	});
	const batch = batchOf(3).map((record, i) => ({ ...record, prerequisite: prerequisite(i < 2 ? 'a' : 'b') }));
	const shown = new Preview(connection).batch(batch, 0);
	expect(shown).toMatchObject([
		{ requestBefore: { url: 'https://api.example.com/v1/ping', body: { id: 'a' } } },
		{},
		{ requestBefore: { body: { id: 'b' } } },
	]);
	expect(shown[1]).not.toHaveProperty('requestBefore');
});

test('shows a prerequisite with each record without a key to share it', () => {
	const prerequisite = { purpose: 'Verify First', request: { method: 'POST', path: '/ping' } as const };
	const batch = batchOf(2).map((record) => ({ ...record, prerequisite }));
	expect(new Preview(connection).batch(batch, 0)).toMatchObject([
		{ requestBefore: { url: 'https://api.example.com/v1/ping' } },
		{ requestBefore: { url: 'https://api.example.com/v1/ping' } },
	]);
});

test('says which of the requests of a record it shows', () => {
	const inSteps = (count: number): Operation => ({
		...operation,
		*steps() {
			for (let step = 0; step < count; step++) yield { request: {} };
			return undefined;
		},
	});
	const warningsOf = (count: number) =>
		new Preview(connection).batch(forOperation(inSteps(count), batchOf(1)), 0)[0]?.warnings;
	expect(warningsOf(3)).toMatchObject([
		{
			code: 'more_requests',
			message: 'This is the first of 3 requests. The node sends them one after the other.',
		},
	]);
	expect(warningsOf(1)).toEqual([]);
});
