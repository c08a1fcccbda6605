import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { json as readJson } from 'node:stream/consumers';
import { mapKeys, mapValues, startCase } from 'lodash';
import type { Sandbox } from '.';
import { credentials } from './credentials';
import type { Fault } from './faults';
import type { Live } from './live';
import { maskFields, maskRequest, maskSecrets } from './mask';
import { isProviderName, type ProviderName } from './providers';
import { type Answer, json, text } from './providers/provider';

const PAGE = readFileSync(join(__dirname, 'page.html'), 'utf8');

class BadRequest extends Error {}

function providerIn(query: URLSearchParams): ProviderName | undefined {
	const name = query.get('provider') || undefined;
	if (name === undefined || isProviderName(name)) return name;
	throw new BadRequest(`there is no provider "${name}"`);
}

async function faultIn(incoming: IncomingMessage): Promise<Fault> {
	try {
		return (await readJson(incoming)) as Fault;
	} catch {
		throw new BadRequest('the body is not JSON');
	}
}

type Action = (
	sandbox: Sandbox,
	query: URLSearchParams,
	incoming: IncomingMessage,
) => Answer | Promise<Answer>;

/** The methods of `Sandbox` over HTTP, for tests in other processes. */
const actions: Record<string, Action> = {
	'GET /': () => ({ ...text(200, PAGE), headers: { 'content-type': 'text/html; charset=utf-8' } }),
	'GET /sandbox/records': (sandbox, query) =>
		json(200, maskFields(sandbox.records(providerIn(query), query.get('kind') || undefined))),
	'GET /sandbox/dropped': (sandbox, query) => json(200, maskFields(sandbox.dropped(providerIn(query)))),
	'GET /sandbox/requests': (sandbox, query) =>
		json(200, sandbox.requests(providerIn(query)).map(maskRequest)),
	'GET /sandbox/counts': (sandbox, query) => json(200, sandbox.counts(providerIn(query))),
	'POST /sandbox/faults': async (sandbox, _query, incoming) => {
		const fault = await faultIn(incoming);
		try {
			sandbox.misbehave(fault);
		} catch (error) {
			throw new BadRequest(`not a fault: ${String(error)}`);
		}
		return { status: 204 };
	},
	'DELETE /sandbox/faults': (sandbox) => {
		sandbox.behave();
		return { status: 204 };
	},
	'POST /sandbox/reset': (sandbox) => {
		sandbox.reset();
		return { status: 204 };
	},
};

export async function control(
	sandbox: Sandbox,
	live: Live,
	incoming: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const { pathname, searchParams } = new URL(incoming.url ?? '/', sandbox.url);
	const asked = `${incoming.method} ${pathname}`;
	if (asked === 'GET /sandbox/live') return live.open(response);
	if (asked === 'GET /sandbox/keys') return showKeys(response);
	let answer: Answer = text(404, `The sandbox has nothing at ${asked}.\n`);
	try {
		answer = (await actions[asked]?.(sandbox, searchParams, incoming)) ?? answer;
	} catch (error) {
		answer = text(error instanceof BadRequest ? 400 : 500, `${String(error)}\n`);
	}
	response.writeHead(answer.status, answer.headers);
	response.end(maskSecrets(answer.body ?? ''));
}

/** The made-up keys, for people who fill in a credential. Every other answer masks them. */
function showKeys(response: ServerResponse): void {
	const labeled = mapValues(credentials, (fields) => mapKeys(fields, (_key, field) => labelOf(field)));
	response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
	response.end(JSON.stringify(labeled));
}

/** The label of a field in n8n's form: `apiKey` is API Key. */
function labelOf(field: string): string {
	return startCase(field).replace('Api', 'API').replace('Id', 'ID');
}
