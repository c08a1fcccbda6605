import { type Sandbox, startSandbox } from '../../sandbox';
import { send, signedHeaders, suprsendAuth } from './http';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const trigger = (more: object = {}) => ({
	workflow: 'order-shipped',
	recipients: ['u1'],
	data: { n: 1 },
	...more,
});
const post = async (body: unknown) => {
	const reply = await send(`${sandbox.baseUrl('suprsend')}/trigger/`, { body, headers: suprsendAuth });
	return { status: reply.status, body: JSON.parse(reply.body) as unknown };
};
const badRequest = { status: 400, body: { status: 'fail', message: 'BAD REQUEST' } };

test('accepts a trigger with a message ID', async () => {
	expect(await post(trigger())).toEqual({
		status: 202,
		body: { message_id: expect.stringMatching(/^[0-9a-f-]{36}$/), status: 'success' },
	});
	expect(sandbox.records('suprsend')).toMatchObject([
		{ kind: 'workflow', name: 'order-shipped', user: 'u1', body: trigger() },
	]);
});

test.each([
	{ recipients: [{ distinct_id: 'u1', $email: ['a@example.test'], $timezone: 'Asia/Kolkata' }] },
	{ recipients: [{ object_type: 'teams', id: 'u1' }] },
	{ recipients: ['u1', { is_transient: true, $email: ['a@example.test'] }] },
	{ recipients: Array.from({ length: 100 }, (_, n) => `u${n + 1}`) },
	{ data: undefined },
	{ tenant_id: 't'.repeat(64), $idempotency_key: 'k'.repeat(255), cancellation_key: 'c'.repeat(255) },
	{ actor: 'u2', metadata: {} },
])('%j is fine', async (more) => {
	expect((await post(trigger(more))).status).toBe(202);
	expect(sandbox.records('suprsend')).toMatchObject([{ user: 'u1' }]);
});

const flawed: unknown[] = [
	{ workflow: undefined },
	{ workflow: ' ' },
	{ recipients: undefined },
	{ recipients: 'u1' },
	{ recipients: [] },
	{ recipients: [''] },
	{ recipients: [{ $email: ['a@example.test'] }] },
	{ recipients: Array.from({ length: 101 }, (_, n) => `u${n}`) },
	{ data: [1] },
	{ tenant_id: 't'.repeat(65) },
	{ $idempotency_key: 'k'.repeat(256) },
	{ cancellation_key: 'c'.repeat(256) },
].map((flaw) => trigger(flaw));

test.each(flawed)('refuses %j alone, and only this one among others', async (bad) => {
	expect(await post(bad)).toEqual(badRequest);
	expect(sandbox.records()).toEqual([]);
	expect(await post([bad, trigger()])).toMatchObject({
		status: 207,
		body: {
			records: [
				{ status: 'error', status_code: 400, error: { message: 'BAD REQUEST' } },
				{ status: 'success' },
			],
			status: 'success',
		},
	});
	expect(sandbox.records()).toHaveLength(1);
});

test('answers 404 to a slug with “unknown”', async () => {
	expect(await post(trigger({ workflow: 'my-unknown-one' }))).toEqual({
		status: 404,
		body: { status: 'fail', message: "workflow 'my-unknown-one' not found" },
	});
	expect(sandbox.records()).toEqual([]);
});

test('answers an array record by record, in order', async () => {
	const success = { status: 'success', message_id: expect.any(String), status_code: 202 };
	expect(await post([trigger(), trigger({ workflow: 'unknown' }), trigger({ recipients: ['u2'] })])).toEqual({
		status: 207,
		body: {
			records: [
				success,
				{ status: 'error', status_code: 404, error: { message: 'workflow not found', type: 'not_found' } },
				success,
			],
			status: 'success',
		},
	});
	expect(sandbox.records().map((record) => record.user)).toEqual(['u1', 'u2']);
});

test.each([
	['no trigger at all', []],
	['101 triggers', Array.from({ length: 101 }, () => trigger())],
	['more than 800 KB', trigger({ data: { pad: 'x'.repeat(819_200) } })],
	['what is not JSON', '{"workflow":'],
])('%s: a bad request', async (_title, body) => {
	expect(await post(body)).toEqual(badRequest);
	expect(sandbox.records()).toEqual([]);
});

test('accepts 100 triggers in a request', async () => {
	expect((await post(Array.from({ length: 100 }, () => trigger()))).status).toBe(207);
	expect(sandbox.records()).toHaveLength(100);
});

test('answers a known idempotency key with success and stores nothing', async () => {
	await post(trigger({ $idempotency_key: 'a' }));
	expect((await post(trigger({ $idempotency_key: ' a ' }))).status).toBe(202);
	const again = await post([trigger({ $idempotency_key: 'a' }), trigger({ $idempotency_key: 'b' })]);
	expect(again.body).toMatchObject({ records: [{ status: 'success' }, { status: 'success' }] });
	expect(sandbox.records()).toHaveLength(2);
	expect(sandbox.deduplicated('suprsend')).toBe(2);
});

test('accepts a signature without the workspace in the body', async () => {
	const body = JSON.stringify(trigger());
	const url = `${sandbox.baseUrl('suprsend')}/trigger/`;
	expect((await send(url, { body, headers: signedHeaders(body, { path: '/trigger/' }) })).status).toBe(202);
	expect((await send(url, { body, headers: signedHeaders(body) })).status).toBe(401);
});
