import { describeWith } from '../generation';
import { outputOf, type Credential } from '../n8n-client';
import type { Workbench } from './workbench';
import { startChatModel, type ChatModel } from './chat-model';

const TEMPLATE = 'ai-agent-with-customer-tools';
const apiKey = 'chat-model-key-not-real';

const modelCredential = ({ baseUrl }: ChatModel): Credential => ({
	name: `Chat model at ${baseUrl}`,
	type: 'openAiApi',
	data: { apiKey, url: baseUrl },
});

const written = (chatInput: string) => ({ sessionId: 'session-1', action: 'sendMessage', chatInput });

export function agent(workbench: () => Workbench): void {
	let model: ChatModel | undefined;
	afterEach(() => model?.close());

	test('looks the user up and sends an event with the result', async () => {
		const { sandbox } = workbench();
		model = await startChatModel(apiKey, [
			() => ({ calls: [{ name: 'Look_up_user', arguments: { distinct_id: 'ada' } }] }),
			(messages) => {
				// Continues with the tool's result, as a model does.
				const [, email] = /"value":\s*"([^"]+@[^"]+)"/.exec(messages.at(-1)?.content ?? '') ?? [];
				const properties = { order_id: 'o-1', email };
				return {
					calls: [
						{
							name: 'Send_event',
							arguments: { distinct_id: 'ada', event_name: 'Parcel Delayed', properties },
						},
					],
				};
			},
			() => ({ content: 'Ada has been told.' }),
		]);
		const draft = await workbench().add(TEMPLATE, { credentials: [modelCredential(model)] });
		const execution = await draft.execute('Receive chat message', {
			given: written("Ada's parcel is late. Let her know."),
		});

		expect(execution.status).toBe('success');
		expect(outputOf(execution, 'Answer with tools').map(({ json }) => json)).toMatchObject([
			{ output: 'Ada has been told.' },
		]);
		expect(sandbox.requests('suprsend').map(({ method, path }) => `${method} ${path}`)).toEqual([
			'GET /v1/user/ada/',
			'POST /event/',
		]);
		expect(sandbox.records('suprsend').map(({ body }) => body)).toMatchObject([
			{
				event: 'Parcel Delayed',
				distinct_id: 'ada',
				properties: { order_id: 'o-1', email: 'ada@example.com' },
			},
		]);
	});

	test('offers both tools to the model with their parameters, and the system message', async () => {
		model = await startChatModel(apiKey, [() => ({ content: 'Hello.' })]);
		const draft = await workbench().add(TEMPLATE, { credentials: [modelCredential(model)] });
		await draft.execute('Receive chat message', { given: written('Hello?') });

		const [request] = model.requests;
		expect(request?.model).toBe('gpt-5-mini');
		expect(request?.messages).toMatchObject([
			{ role: 'developer', content: expect.stringContaining('Parcel Delayed') },
			{ role: 'user', content: 'Hello?' },
		]);
		const fields = request?.tools.map(({ function: { name, parameters } }) => [
			name,
			Object.keys(parameters.properties),
		]);
		expect(fields).toEqual([
			['Send_event', ['distinct_id', 'event_name', 'properties']],
			['Look_up_user', ['distinct_id']],
		]);
	});

	describeWith('agents that read errors of tools', 'a refused request', () => {
		test('returns a service’s refusal to the model as text', async () => {
			const { sandbox } = workbench();
			model = await startChatModel(apiKey, [
				() => ({ calls: [{ name: 'Look_up_user', arguments: { distinct_id: 'nobody' } }] }),
				(messages) => ({ content: messages.at(-1)?.content ?? '' }),
			]);
			const draft = await workbench().add(TEMPLATE, { credentials: [modelCredential(model)] });
			const execution = await draft.execute('Receive chat message', { given: written('Who is nobody?') });

			expect(outputOf(execution, 'Answer with tools')[0]?.json.output).toContain(
				"user [distinct_id: 'nobody'] not found",
			);
			expect(sandbox.records('suprsend')).toEqual([]);
		});
	});
}
