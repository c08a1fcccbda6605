import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox';
import { event, send, senders } from './harness/senders';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

const name = fc.oneof(
	fc.string({ minLength: 1, maxLength: 30, unit: 'binary' }),
	fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }),
	fc
		.array(
			fc.constantFrom('Order', 'ID', '2nd', 'größe', 'Ünïcode', '商品', 'ǅ', '_', ' ', '-', '$', '7', 'éA'),
		)
		.map((parts) => parts.join('')),
	fc.constantFrom(
		'2nd Order',
		'Größe geändert',
		'Order Completed',
		'Product Added',
		'Cart Viewed',
		'$identify',
	),
);
/** Without names whose values a service looks up, such as `email` and `referral_code`. */
const values = fc.dictionary(
	fc.oneof(fc.string(), fc.constantFrom('products', 'order_id', 'revenue', 'url_list', 'signed_up_at')),
	fc.jsonValue({ maxDepth: 2 }),
	{ maxKeys: 5 },
);
const time = fc.oneof(
	fc
		.date({ min: new Date(0), max: new Date(Date.UTC(2100, 0)), noInvalidDate: true })
		.map((date) => date.toISOString()),
	fc.integer(),
	fc.string(),
);
const given = fc.record(
	{
		event: name,
		properties: values,
		traits: values,
		timestamp: time,
		type: fc.constantFrom('track', 'page', 'screen', 'identify'),
	},
	{ requiredKeys: ['event', 'properties'] },
);

const runs = Number(process.env.PROPERTY_RUNS ?? 3);

describe.each(senders)('an event that the node for $title sends', (sender) => {
	test.each(['asIs', undefined])(
		'is one that its service accepts, whatever its name and values; Event Name Format: %s',
		async (eventNameFormat) => {
			const options = { ...(eventNameFormat === undefined ? {} : { eventNameFormat }), maxRetries: 0 };
			await fc.assert(
				fc.asyncProperty(fc.array(given, { minLength: 60, maxLength: 60 }), async (list) => {
					sandbox.reset();
					const items = list.map((more, index) => event(index, more as IDataObject));
					const { output } = await send(sender, sandbox, items, {
						onError: 'continueRegularOutput',
						parameters: { options },
					});
					const refused = output.filter(({ json }) => json.status === 'failed' && Number(json.attempts) > 0);
					expect(refused.map(({ json, pairedItem }) => [json.reason, pairedItem])).toEqual([]);
					expect(sandbox.dropped(sender.provider)).toEqual([]);
				}),
				{ numRuns: runs, endOnFailure: true },
			);
		},
	);
});
