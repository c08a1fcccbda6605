import { credentials } from '../../sandbox';
import { outputOf } from '../n8n-client';
import type { Workbench } from './workbench';

const TEMPLATE = 'referral-signup-to-rehook';

const signUp = (userId: string, properties: object) => ({
	type: 'track',
	event: 'Signed Up',
	userId,
	messageId: `signed-up-${userId}`,
	properties,
	context: { traits: { name: userId } },
});

export function referralSignUp(workbench: () => Workbench): void {
	/** The users that the owner of KMN6457 has referred to Rehook. */
	async function referred(): Promise<string[]> {
		const { apiKey, secretKey } = credentials.rehook;
		const url = `${workbench().sandbox.baseUrl('rehook')}/customers/referral/list/krishna%40123`;
		const headers = { authorization: `Basic ${btoa(`${apiKey}:${secretKey}`)}` };
		const customers = (await (await fetch(url, { headers })).json()) as Array<{ source_id: string }>;
		return customers.map(({ source_id }) => source_id);
	}

	test('creates a customer for the sample’s friend and counts the referral', async () => {
		const draft = await workbench().add(TEMPLATE);
		await draft.execute('Try with sample sign-up');

		expect(
			workbench()
				.sandbox.records('rehook')
				.map(({ body }) => body),
		).toEqual([
			{ source_id: 'ada', metadata: { name: 'Ada Lovelace', email: 'ada@example.com' } },
			{ event_name: 'signup', source_id: 'ada', metadata: { referral_code: 'KMN6457', plan: 'pro' } },
		]);
		expect(await referred()).toEqual(['ada']);
	});

	test('published: signs up users with a bad code or none, and sets the bad code aside', async () => {
		const published = await workbench().publish(TEMPLATE);
		const execution = await published.post([
			signUp('good', { referral_code: 'KMN6457' }),
			signUp('bad', { referral_code: 'NOBODYS' }),
			signUp('none', { plan: 'free' }),
		]);

		expect(execution.status).toBe('success');
		const { sandbox } = workbench();
		const users = (kind: string) =>
			sandbox
				.records('rehook', kind)
				.map(({ user }) => user)
				.sort();
		expect(users('customer')).toEqual(['bad', 'good', 'none']);
		expect(users('event')).toEqual(['bad', 'good', 'none']);
		expect(await referred()).toEqual(['good']);
		const metadataOf = (user: string) =>
			sandbox.records('rehook', 'event').find((record) => record.user === user)?.body;
		expect(metadataOf('bad')).toEqual({ event_name: 'signup', source_id: 'bad', metadata: {} });
		expect(metadataOf('none')).toMatchObject({ metadata: { plan: 'free' } });
		expect(outputOf(execution, 'Review unknown codes').map(({ json }) => json)).toMatchObject([
			{ userId: 'bad', error: { message: expect.stringContaining('404') } },
		]);
		expect(outputOf(execution, 'Review failed sign-ups')).toEqual([]);
	});
}
