import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** An answer of the model: text, or the tools that it calls. */
export interface Turn {
	content?: string;
	calls?: Array<{ name: string; arguments: object }>;
}

export interface ChatRequest {
	model: string;
	messages: Array<{ role: string; content: string | null; tool_call_id?: string }>;
	tools: Array<{ function: { name: string; description: string; parameters: { properties: object } } }>;
}

export interface ChatModel {
	/** The credential's Base URL. */
	baseUrl: string;
	requests: ChatRequest[];
	close(): Promise<void>;
}

/**
 * A chat model that follows a script, over OpenAI's protocol (POST /chat/completions, not streamed). Each turn gets the
 * conversation so far, as a model does.
 */
export async function startChatModel(
	apiKey: string,
	script: Array<(messages: ChatRequest['messages']) => Turn>,
): Promise<ChatModel> {
	const requests: ChatRequest[] = [];
	const server = createServer((incoming, response) => {
		void (async () => {
			const authorized = incoming.headers.authorization === `Bearer ${apiKey}`;
			const asked = `${incoming.method} ${incoming.url}`;
			const body = (await json(incoming)) as ChatRequest;
			const turn = script[requests.length];
			if (!authorized || asked !== 'POST /v1/chat/completions' || !turn) {
				response.writeHead(authorized ? 400 : 401).end();
				return;
			}
			requests.push(body);
			const answer = completion(body.model, turn(body.messages), requests.length);
			response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
		})();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		requests,
		close: async () => {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}

/** https://platform.openai.com/docs/api-reference/chat/object */
function completion(model: string, { content, calls = [] }: Turn, turn: number) {
	const tool_calls = calls.map(({ name, arguments: values }, index) => ({
		id: `call_${turn}_${index}`,
		type: 'function',
		function: { name, arguments: JSON.stringify(values) },
	}));
	const isCalling = tool_calls.length > 0;
	return {
		id: `chatcmpl-${turn}`,
		object: 'chat.completion',
		created: Math.floor(Date.now() / 1000),
		model,
		choices: [
			{
				index: 0,
				message: {
					role: 'assistant',
					content: content ?? null,
					refusal: null,
					...(isCalling && { tool_calls }),
				},
				logprobs: null,
				finish_reason: isCalling ? 'tool_calls' : 'stop',
			},
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}
