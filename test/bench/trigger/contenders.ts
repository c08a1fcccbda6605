import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { INode } from 'n8n-workflow';
import type { CanonicalEvent } from '../../../nodes/shared/event';
import { outputOf } from '../../host/n8n-client';
import type { RunningN8n } from '../../host/n8n-process';
import { Trigger } from '../../host/trigger';
import { secretHeader, triggerSettings } from '../posting';

export type TriggerContender = 'ours' | 'webhookAndCode' | 'webhookAlone';

/** A published workflow that receives batches of events. */
export interface Intake {
	url: string;
	workflowId: string;
	/** The node whose output is the events. A webhook alone has none. */
	output: string | undefined;
}

export async function addIntakes(n8n: RunningN8n): Promise<Record<TriggerContender, Intake>> {
	const { name, value } = secretHeader;
	await n8n.addCredential({ name, type: 'httpHeaderAuth', data: { name, value } });
	const ours = await Trigger.add(n8n, triggerSettings);
	return {
		ours: { url: ours.url, workflowId: ours.workflowId, output: 'Trigger' },
		webhookAndCode: await addWebhook(n8n, codeNode),
		webhookAlone: await addWebhook(n8n),
	};
}

const normalizeCode = readFileSync(join(__dirname, 'normalize.code.js'), 'utf8').replace(
	/^module.exports.*$/m,
	'',
);

const codeNode: INode = {
	id: 'Code',
	name: 'Code',
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	position: [0, 0],
	parameters: {
		jsCode: `${normalizeCode}\nreturn normalize($input.first().json.body, 'header').map((json) => ({ json }));`,
	},
};

async function addWebhook(n8n: RunningN8n, code?: INode): Promise<Intake> {
	const path = randomUUID();
	const workflowId = await n8n.addWorkflow({
		name: path,
		nodes: [
			{
				id: path,
				name: 'Webhook',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2.1,
				position: [0, 0],
				parameters: { path, httpMethod: 'POST', authentication: 'headerAuth', options: {} },
				webhookId: path,
				credentials: { httpHeaderAuth: { id: null, name: secretHeader.name } },
			},
			...(code === undefined ? [] : [code]),
		],
		connections:
			code === undefined ? {} : { Webhook: { main: [[{ node: code.name, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
	await n8n.waitForWebhook(`/webhook/${path}`);
	return { url: `${n8n.url}/webhook/${path}`, workflowId, output: code?.name };
}

/** Returns the events of some executions. */
export async function eventsOf(
	n8n: RunningN8n,
	{ output }: Intake,
	executionIds: readonly string[],
): Promise<CanonicalEvent[]> {
	const events: CanonicalEvent[] = [];
	for (const id of executionIds) {
		const items = outputOf(await n8n.execution(id), output ?? '');
		events.push(...items.map(({ json }) => json as unknown as CanonicalEvent));
	}
	return events;
}

/** Checks that both do the same work. Only the time of arrival may differ. */
export function expectSameEvents(ours: CanonicalEvent[], theirs: CanonicalEvent[]): void {
	const comparable = ({ receivedAt, timestamp, ...rest }: CanonicalEvent) => ({
		...rest,
		ageMs: Date.parse(receivedAt) - Date.parse(timestamp),
	});
	const different = ours.findIndex(
		(event, index) => !isDeepStrictEqual(comparable(event), theirs[index] && comparable(theirs[index])),
	);
	if (different === -1 && ours.length === theirs.length) return;
	const shown = [ours[different], theirs[different]].map((event) => JSON.stringify(event));
	throw new Error(`The Code node gives other events than the trigger:\n${shown.join('\n')}`);
}
