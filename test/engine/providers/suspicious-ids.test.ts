import { startSandbox, type Sandbox } from '../../sandbox';
import { event, send, senders } from '../harness/senders';

/** Expressions and scripts that find nothing make text of it. It is the same for every service. */

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

describe.each(senders)('$title', (sender) => {
	const settings = sender.provider === 'embeddables' ? { identifierFrom: 'userId' } : {};

	test.each(['undefined', 'null', 'NaN', '[object Object]'])('warns of the user ID "%s"', async (userId) => {
		const { output } = await send(sender, sandbox, [event(0, { userId, anonymousId: null })], {
			parameters: settings,
		});
		expect(output[0]?.json.status).toBe('delivered');
		expect(output[0]?.json.warnings).toContainEqual({
			path: expect.stringMatching(/id|identifiers/i),
			code: 'suspicious_id',
			message: expect.stringContaining(`"${userId}" was sent as the ID of a person`),
		});
	});

	test('does not warn of any other user ID', async () => {
		const { output } = await send(sender, sandbox, [event(0, { userId: 'null-1', anonymousId: null })], {
			parameters: settings,
		});
		expect(JSON.stringify(output[0]?.json.warnings)).not.toContain('suspicious_id');
	});
});
