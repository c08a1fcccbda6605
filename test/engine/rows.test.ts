import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox';
import { event, send, senders, type Sender } from './harness/senders';

/** Rows of a sheet or a database, sent with the fields of a Many operation. */
const rows = [
	{ id: 'u1', email: 'ada@example.com', name: 'Ada', plan: 'pro' },
	{ id: 'u2', email: 'grace@example.com', name: 'Grace', plan: 'free' },
	{ id: 'u3', email: 'hedy@example.com', name: 'Hedy', plan: 'pro' },
];

const id = '={{ $json.id }}';
const name = '=Plan {{ $json.plan }}';
const known = { embeddableId: { __rl: true, mode: 'id', value: 'flow_myexampleflow' } };

/** What a user fills in for one event of each row. */
const eventFields: Record<Sender['provider'], INodeParameters> = {
	relationkit: { userId: id, eventName: name },
	suprsend: { distinctId: id, eventName: name },
	rehook: { sourceId: id, eventName: name },
	simondata: { clientId: id, email: '={{ $json.email }}', eventType: 'custom', eventName: name },
	embeddables: { ...known, identifierValue: '={{ $json.email }}', customEventName: name },
};

/** What a user fills in for the person of each row. */
const personFields: Record<Sender['provider'], INodeParameters> = {
	relationkit: { resource: 'customer', userId: id, customerName: '={{ $json.name }}' },
	suprsend: {
		resource: 'user',
		distinctId: id,
		channels: { channel: [{ channel: 'email', email: '={{ $json.email }}' }] },
	},
	rehook: { resource: 'customer', sourceId: id },
	simondata: { resource: 'contact', clientId: id, userId: id, email: '={{ $json.email }}' },
	embeddables: { resource: 'user', ...known, identifierValue: '={{ $json.email }}' },
};

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const run = async (sender: Sender, items: IDataObject[], parameters: INodeParameters) =>
	await send(sender, sandbox, items, {
		parameters: { mappingMode: 'defineBelow', options: {}, ...parameters },
		onError: 'continueRegularOutput',
	});

describe.each(senders)('$title', (sender) => {
	test.each([
		['Send Many', { operation: 'sendMany', ...eventFields[sender.provider] }],
		['Identify Many', { operation: 'identifyMany', ...personFields[sender.provider] }],
	])('%s fills in the fields for each row and returns one summary', async (_, parameters) => {
		const { output } = await run(sender, rows, parameters);

		expect(output).toHaveLength(1);
		expect(output[0]?.json).toMatchObject({ status: 'success', total: 3, success: 3, failed_records: [] });
		expect(sandbox.records(sender.provider)).toHaveLength(3);
		expect(sandbox.dropped()).toEqual([]);
	});
});

const [relationKit, suprSend] = senders as [Sender, Sender];

test('a row that cannot be sent is listed in full, and does not stop the others', async () => {
	const bad = { email: 'nobody@example.com' };
	const { output } = await run(relationKit, [rows[0] ?? {}, bad, rows[1] ?? {}], {
		operation: 'sendMany',
		userId: '={{ $json.id }}',
		eventName: 'Signed Up',
	});

	expect(output[0]?.json).toMatchObject({
		status: 'partial',
		success: 2,
		failed_records: [
			{ record: bad, item: 1, code: 'invalid_record', error: expect.stringMatching(/'User ID' \(user_id\)/) },
		],
	});
});

test('a row without a user ID is told so, not that the client ID is missing, which defaults to it', async () => {
	const simonData = senders.find(({ provider }) => provider === 'simondata') as Sender;
	const { output } = await run(simonData, [{ email: 'nobody@example.com' }], {
		operation: 'identify',
		resource: 'contact',
		userId: id,
		email: '={{ $json.email }}',
	});

	expect(output[0]?.json).toMatchObject({
		reason: { message: expect.stringMatching(/^The item cannot be sent: 'User ID' \(userId\)/) },
	});
});

test('Send Many accepts an Idempotency Key and a file for each row', async () => {
	const binary = { data: { data: 'YQ==', mimeType: 'text/plain', fileName: 'a.txt' } };
	const { output } = await send(suprSend, sandbox, rows, {
		binary,
		parameters: {
			operation: 'sendMany',
			mappingMode: 'defineBelow',
			distinctId: id,
			eventName: 'invoice_due',
			additionalFields: {
				idempotencyKey: '=invoice-{{ $json.id }}',
				attachments: { attachment: [{ source: 'binary', binaryField: 'data' }] },
			},
		},
	});

	expect(output[0]?.json).toMatchObject({ status: 'success', success: 3 });
	expect(sandbox.records('suprsend').map(({ body }) => body)).toEqual(
		rows.map((row) =>
			expect.objectContaining({
				$idempotency_key: `invoice-${row.id}`,
				properties: { $attachments: [expect.objectContaining({ filename: 'a.txt' })] },
			}),
		),
	);
});

test('rows with the same Idempotency Key are named in a warning', async () => {
	const { output } = await run(suprSend, rows.slice(0, 2), {
		operation: 'sendMany',
		distinctId: id,
		eventName: 'invoice_due',
		additionalFields: { idempotencyKey: 'always-the-same' },
	});

	expect(output[0]?.json).toMatchObject({
		warnings: [{ item: 1, code: 'key_reused', message: expect.stringMatching(/^Item 0 and Item 1 differ/) }],
	});
});

describe('rows that are not events, in Map Automatically', () => {
	const identifyMany = { resource: 'user', operation: 'identifyMany' };
	const automatic = { ...identifyMany, mappingMode: 'canonicalEvent' };

	/** The error of a run, as n8n shows it: the summary's first failure. */
	async function errorOf(items: IDataObject[], parameters: INodeParameters): Promise<string> {
		const { output } = await run(suprSend, items, parameters);
		const [first] = output[0]?.json.failed_records as IDataObject[];
		return String(first?.error);
	}

	test('the option that the error names leads to success', async () => {
		const message = await errorOf(rows, automatic);
		const [, label, choice] = /^Set '(.+?)' to '(.+?)' and fill in the fields/.exec(message) ?? [];
		expect([label, choice]).toEqual(['Mapping Mode', 'Define Below']);

		const { output } = await run(suprSend, rows, {
			...identifyMany,
			mappingMode: 'defineBelow',
			distinctId: id,
			channels: { channel: [{ channel: 'email', email: '={{ $json.email }}' }] },
		});
		expect(output[0]?.json).toMatchObject({ status: 'success', success: 3 });
		expect(sandbox.records('suprsend', 'user').map(({ user }) => user)).toEqual(['u1', 'u2', 'u3']);
	});

	test.each([
		['identifyMany', automatic],
		['sendMany', { operation: 'sendMany', mappingMode: 'canonicalEvent' }],
	])('the JSON that the error of %s shows leads to success', async (_, parameters) => {
		const message = await errorOf(rows, parameters);
		const json = /\{.*\}/.exec(message)?.[0] ?? '';
		sandbox.reset();
		const { output } = await run(suprSend, [JSON.parse(json) as IDataObject], parameters);

		expect(output[0]?.json).toMatchObject({ status: 'success', success: 1, warnings: [] });
	});

	test('an event with a fault is told its fault', async () => {
		const parameters = { operation: 'sendMany', mappingMode: 'canonicalEvent' };
		expect(await errorOf([event(0, { properties: 'none' })], parameters)).toMatch(
			/"properties" must be an object/,
		);
	});
});
