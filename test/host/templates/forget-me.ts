import { outputOf } from '../n8n-client';
import type { Workbench } from './workbench';

const TEMPLATE = 'forget-me';

const request = (userId: string) => ({ type: 'track', event: 'Deletion Requested', userId });

export function forgetMe(workbench: () => Workbench): void {
	test('deletes the user, and says for every service what happened', async () => {
		const published = await workbench().publish(TEMPLATE);
		const execution = await published.post(request('ada'));

		expect(workbench().sandbox.requests('suprsend')).toMatchObject([
			{ method: 'DELETE', path: expect.stringContaining('/v1/user/ada/') },
		]);
		expect(outputOf(execution, 'Hand over report').map(({ json }) => json)).toEqual([
			{
				userId: 'ada',
				suprSend: 'Deleted',
				embeddables: expect.stringMatching(/^Not deleted: Embeddables has no documented way/),
				rehook: expect.stringMatching(/^Not deleted: Rehook has no documented way/),
				relationKit: expect.stringMatching(/^Not deleted: RelationKit has no documented way/),
				simonData: expect.stringMatching(/^Not deleted: create a privacy request/),
			},
		]);
	});

	test('runs the sample', async () => {
		const draft = await workbench().add(TEMPLATE);
		const execution = await draft.execute('Try with sample request');

		expect(outputOf(execution, 'Hand over report').map(({ json }) => json)).toMatchObject([
			{ userId: 'ada', suprSend: 'Deleted' },
		]);
	});

	test('says why a user could not be deleted', async () => {
		const published = await workbench().publish(TEMPLATE);
		const execution = await published.post(request('unknown-person'));

		expect(outputOf(execution, 'Hand over report').map(({ json }) => json)).toMatchObject([
			{ userId: 'unknown-person', suprSend: expect.stringMatching(/^Not deleted: .*not found/) },
		]);
	});
}
