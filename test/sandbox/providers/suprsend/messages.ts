import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Answer, json, type ProviderRequest, timestamp } from '../provider';
import { on, type Route } from '../route';
import { cursorPage } from './cursor-page';

export interface Recipient {
	/** Set for anonymous recipients, who have no ID. */
	is_transient?: true;
	distinct_id?: string;
	object_type?: string;
	id?: string;
}

interface Run {
	workflow: string;
	execution_id: string;
	idempotency_key: string | undefined;
	tenant_id: string | null | undefined;
	recipient: Recipient;
	isCancelled: boolean;
}

const FLAGS = ['read', 'unread', 'archived', 'unarchived'];
const ACTIONS = ['seen', 'clicked', 'dismissed', ...FLAGS] as const;

interface Message {
	serial: number;
	message_id: string;
	run: Run;
	at: string;
	status: string;
	is_read: boolean;
	is_archived: boolean;
	/** When each action was applied. */
	times: Record<string, string>;
}

/** What the workflows have sent. Here, each run sends one message to the inbox, and it arrives at once. */
export class Messages {
	private readonly all: Message[] = [];

	constructor(private readonly now: () => number) {}

	send(run: Omit<Run, 'execution_id' | 'isCancelled'>): void {
		this.all.push({
			serial: this.all.length + 1,
			message_id: `01HV${String(this.all.length + 1).padStart(22, '0')}`,
			run: { ...run, execution_id: `dsl_${randomUUID()}`, isCancelled: false },
			at: timestamp(this.now),
			status: 'delivered',
			is_read: false,
			is_archived: false,
			times: {},
		});
	}

	/** The newest first. */
	list(): Message[] {
		return this.all.toReversed();
	}

	cancelRuns(matches: (run: Run) => boolean): string[] {
		const runs = this.all.map(({ run }) => run).filter((run) => !run.isCancelled && matches(run));
		for (const run of runs) run.isCancelled = true;
		return runs.map(({ execution_id }) => execution_id);
	}

	/** Returns the status of the update. */
	apply(id: string, action: (typeof ACTIONS)[number]): number {
		const message = this.all.find(({ message_id }) => message_id === id);
		if (message === undefined) return 404;
		message.times[`${action}_at`] = timestamp(this.now);
		if (action === 'read' || action === 'unread') message.is_read = action === 'read';
		else if (action === 'archived' || action === 'unarchived') message.is_archived = action === 'archived';
		else message.status = action;
		return 202;
	}
}

const shown = ({ run, at, times, serial: _, ...message }: Message) => ({
	...message,
	created_at: at,
	updated_at: Object.values(times).at(-1) ?? at,
	triggered_at: at,
	delivered_at: at,
	...Object.fromEntries(ACTIONS.map((action) => [`${action}_at`, times[`${action}_at`] ?? null])),
	channel: 'inbox',
	idempotency_key: run.idempotency_key ?? null,
	failure_reason: null,
	recipient: {
		$type: run.recipient.distinct_id === undefined ? 'object' : 'user',
		distinct_id: run.recipient.distinct_id ?? null,
		object_type: run.recipient.object_type ?? null,
		id: run.recipient.id ?? null,
	},
	parent_entity_id: null,
	parent_entity_type: null,
	vendor: { name: 'suprsend_inbox', nickname: 'Inbox' },
	execution_id: run.execution_id,
});

const hasStatus = (message: Message, status: string): boolean => {
	if (status === 'read' || status === 'unread') return message.is_read === (status === 'read');
	if (status === 'archived') return message.is_archived;
	return message.status === status;
};

/** Whether a message meets all filters of a request. Values of a repeated filter are alternatives. */
function matches({ query }: ProviderRequest, message: Message): boolean {
	const { run } = message;
	const exact: Record<string, string | null | undefined> = {
		channel: 'inbox',
		workflow_slug: run.workflow,
		execution_id: run.execution_id,
		idempotency_key: run.idempotency_key,
		message_id: message.message_id,
		tenant_id: run.tenant_id,
		object_id: run.recipient.id,
		object_type: run.recipient.object_type,
	};
	const areExact = Object.entries(exact).every(
		([name, value]) => !query.has(name) || query.get(name) === value,
	);
	const anyOf = (name: string, holds: (value: string) => boolean) =>
		!query.has(name) || query.getAll(name).some(holds);
	const from = query.get('created_at_gte');
	const until = query.get('created_at_lte');
	return (
		areExact &&
		query.get('is_campaign') !== 'true' &&
		anyOf('status[]', (status) => hasStatus(message, status)) &&
		anyOf('recipient_id[]', (id) => run.recipient.distinct_id === id) &&
		(from === null || Date.parse(message.at) >= Date.parse(from)) &&
		(until === null || Date.parse(message.at) <= Date.parse(until))
	);
}

const updates = z.object({
	messages: z
		.array(z.object({ message_id: z.string(), action: z.enum(ACTIONS) }))
		.min(1)
		.max(1000),
});

function update(messages: Messages, { body }: ProviderRequest): Answer {
	const { data } = updates.safeParse(body);
	const ids = data?.messages.map(({ message_id }) => message_id) ?? [];
	if (data === undefined || new Set(ids).size < ids.length) {
		return json(400, { code: 400, message: 'invalid_request_error' });
	}
	const records = data.messages.map(({ message_id, action }) => {
		const status_code = messages.apply(message_id, action);
		const error = status_code === 404 ? { type: 'not_found', message: 'not found' } : null;
		return { message_id, status_code, error };
	});
	return { ...json(202, { records }), accepted: [{ kind: 'message update', body }] };
}

/** "List Messages" and "Bulk Update Message Status" of SuprSend's OpenAPI description. */
export const routesOfMessages = (messages: Messages): Route[] => [
	on('GET', '/v1/message/', (request) =>
		cursorPage(
			request,
			messages.list().filter((message) => matches(request, message)),
			shown,
			{ isDescending: true, maxLimit: 1000 },
		),
	),
	on('PATCH', '/v1/bulk/message/', (request) => update(messages, request)),
];
