import { startSandbox, type Sandbox } from '../../sandbox';
import type { ProviderName } from '../../sandbox/providers';
import { event, send, senders } from '../harness/senders';

/** Expressions and scripts that find nothing make text of it. It is the same for every service. */

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

/** Where each service's event holds the user ID. */
const pathsOf: Record<ProviderName, string[]> = {
	relationkit: ['user_id'],
	suprsend: ['distinct_id'],
	rehook: ['source_id'],
	simondata: ['clientId', 'traits.userId'],
	embeddables: ['identifiers.0.value'],
};

describe.each(senders)('$title', (sender) => {
	const parameters = sender.provider === 'embeddables' ? { identifierFrom: 'userId' } : {};
	const warningsFor = async (userId: string) => {
		const events = [event(0, { userId, anonymousId: null })];
		const { output } = await send(sender, sandbox, events, { parameters });
		expect(output[0]?.json.status).toBe('delivered');
		return output[0]?.json.warnings ?? [];
	};

	test.each(['undefined', 'null', 'NaN', '[object Object]'])('warns of the user ID "%s"', async (userId) => {
		expect(await warningsFor(userId)).toEqual(
			pathsOf[sender.provider].map((path) => ({
				path,
				code: 'suspicious_id',
				message: expect.stringContaining(`"${userId}" is used as an ID`),
			})),
		);
	});

	test.each(['null-1', 'Nadia'])('does not warn of the user ID "%s"', async (userId) => {
		expect(await warningsFor(userId)).toEqual([]);
	});
});
