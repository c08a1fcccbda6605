import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox';
import { event, send, senders, type Sender } from '../harness/senders';

/** What a node says about input that it can't read. It is the same for every service. */

const [relationKit] = senders as [Sender];

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
afterEach(() => expect(sandbox.requests()).toEqual([]));

async function run(parameters: INodeParameters, items: IDataObject[]): Promise<IDataObject> {
	const { output } = await send(relationKit, sandbox, items, {
		parameters,
		onError: 'continueRegularOutput',
	});
	return output[0]?.json ?? {};
}

test.each([
	[
		'names a field that is missing',
		'body.event',
		"The item can't be read: There is no field 'body.event' in this item",
	],
	[
		'names the parameter when its expression finds nothing',
		'={{ $json.body.event }}',
		"The item can't be read: 'Event Field' finds nothing in this item",
	],
])('Send %s', async (_, eventField, message) => {
	expect(await run({ eventField }, [{ body: {} }])).toMatchObject({
		status: 'failed',
		attempts: 0,
		reason: {
			code: 'unreadable_item',
			message,
			description: expect.stringMatching(/^Correct 'Event Field'/),
		},
	});
});

test.each([
	['names a field that has no list', 'body.batch', /'body\.batch' doesn't contain a list of events$/],
	[
		'names the parameter when its expression finds no list',
		'={{ $json.body.batch }}',
		/'Events Field' doesn't contain a list of events/,
	],
])('Send Many %s', async (_, eventsField, error) => {
	const summary = await run({ operation: 'sendMany', eventsField }, [{ body: { batch: event(0) } }]);
	expect(summary).toMatchObject({
		status: 'fail',
		total: 1,
		failed_records: [
			{
				record: { body: { batch: event(0) } },
				code: 'unreadable_item',
				error: expect.stringMatching(error),
				item: 0,
				details: { description: expect.stringMatching(/^Correct 'Events Field'/), retryable: false },
			},
		],
	});
});

test('an operation that this version does not have fails with the advice to update', async () => {
	expect(await run({ operation: 'fromTheFuture' }, [event(0)])).toMatchObject({
		service: 'RelationKit',
		operation: 'event:fromTheFuture',
		status: 'failed',
		attempts: 0,
		reason: {
			code: 'misconfigured',
			message: expect.stringMatching(/doesn't have this operation/),
			description: expect.stringMatching(/Update the package/),
			retryable: false,
		},
	});
});

test.each([{ operation: '__CUSTOM_API_CALL__' }, { resource: '__CUSTOM_API_CALL__' }])(
	'%j fails with the advice to use the HTTP Request node',
	async (choice) => {
		expect(await run(choice, [event(0)])).toMatchObject({
			status: 'failed',
			reason: {
				code: 'misconfigured',
				message: 'Use the HTTP Request node for a custom API call',
				description: expect.stringMatching(/'RelationKit API'/),
			},
		});
	},
);
