import type { OneEachContender } from './one-each';
import type { QueueContender } from './queue';
import type { SuprSendContender } from './suprsend';
import type { ExpressionEngine, TriggerContender } from './trigger/trigger';

export const suprSendNames: Record<SuprSendContender, string> = {
	sendMany: '**SuprSend node, Send Many**',
	send: '**SuprSend node, Send**',
	sdk: "SuprSend's SDK, bulk, without n8n",
	httpRequest: 'HTTP Request node',
};

export const oneEachNames: Record<OneEachContender, string> = {
	ours: '**RelationKit node**',
	ours32: '**RelationKit node, Concurrency 32**',
	bareLoop: "n8n's HTTP helper in a loop, 32 requests at once",
	httpRequest: 'HTTP Request node',
};

export const triggerNames: Record<TriggerContender, string> = {
	ours: '**Customer Events Trigger**',
	webhookAndCode: 'Webhook + Code',
	webhookAlone: 'Webhook alone, events unchanged',
};

export const engineNames: Record<ExpressionEngine, string> = {
	vm: "n8n's default",
	lazy: '`N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true`',
	legacy: '`N8N_EXPRESSION_ENGINE=legacy`',
};

export const queueNames: Record<QueueContender, string> = {
	regular: 'one process',
	oneWorker: '**queue mode, 1 worker**',
	twoWorkers: '**queue mode, 2 workers**',
	largeRequests: '**2 workers, 1,000 per request**',
};

/** Names of processes. Those in bold run our nodes. */
export const processNames: Record<string, string> = {
	main: 'n8n, main process',
	processor: '**n8n, webhook processor**',
	worker1: '**n8n, first worker**',
	worker2: '**n8n, second worker**',
	postgres: 'Postgres',
	redis: 'Redis',
	sender: 'the program that sends the events',
	service: 'the sandbox that receives the events',
};

export const thousands = (value: number) => Math.round(value).toLocaleString('en');
export const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
export const milliseconds = (ms: number) => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
export const times = (ratio: number) => `${ratio.toFixed(ratio < 10 ? 2 : 0)} ×`;
