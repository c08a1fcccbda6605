import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';
import { events, event } from './harness/senders';
import { runNode } from './harness/run-node';
import { Beacon } from './sixth-provider/Beacon/Beacon.node';
import { BeaconApi } from './sixth-provider/BeaconApi.credentials';

/** Checks the promise of CONTRIBUTING.md: a service needs one folder and one credential and gets everything shared. */

const apiKey = 'beacon-key-not-real';
let server: Server;
const bodies: unknown[] = [];

beforeAll(async () => {
	server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const authorized = request.headers['x-beacon-key'] === apiKey;
			if (authorized) bodies.push(JSON.parse(Buffer.concat(chunks).toString()));
			response.writeHead(authorized && request.url === '/signals' ? 204 : 401).end();
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(() => server.close());
beforeEach(() => bodies.splice(0));

const run = async (parameters: INodeParameters, items = [event(0)]) =>
	await runNode({
		node: 'beacon',
		nodeType: new Beacon(),
		credentialTypes: [new BeaconApi()],
		credentials: {
			beaconApi: { apiKey, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
		},
		parameters: { resource: 'event', operation: 'send', mappingMode: 'canonicalEvent', ...parameters },
		items,
		onError: 'continueRegularOutput',
	});

const signal = (index: number) => ({ who: `user-${index}`, signal: `event_${index}`, data: { index } });

test('sends events in batches, and an invalid event fails alone', async () => {
	const { output } = await run({}, [...events(4), event(4, { userId: null, anonymousId: 'a' })]);

	expect(bodies).toEqual([{ signals: [0, 1, 2].map(signal) }, { signals: [signal(3)] }]);
	expect(output.map(({ json }) => json.status)).toEqual([...Array<string>(4).fill('delivered'), 'failed']);
});

test('sends the values of the fields', async () => {
	const dataJson = '{"index": 7}';
	await run({ mappingMode: 'defineBelow', who: 'user-7', signal: 'Event 7', dataInput: 'json', dataJson });

	expect(bodies).toEqual([{ signals: [signal(7)] }]);
});

test('returns one summary for a whole run and previews it without the key', async () => {
	const { output } = await run({ operation: 'sendMany' }, events(7));
	expect(output[0]?.json).toMatchObject({ service: 'Beacon', status: 'success', total: 7, requests: 3 });

	const preview = await run({ operation: 'sendMany', options: { previewOnly: true } });
	expect(preview.output[0]?.json).toMatchObject({
		preview: [{ method: 'POST', headers: { 'X-Beacon-Key': '•••' }, body: { signals: [signal(0)] } }],
	});
	expect(JSON.stringify(preview.output)).not.toContain(apiKey);
});
