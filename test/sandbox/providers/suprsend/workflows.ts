import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type AcceptedRecord, type Answer, json, type ProviderRequest } from '../provider';
import { on, type Route } from '../route';
import type { Messages, Recipient } from './messages';
import { lengthOf, MAX_REQUEST_BYTES } from './replies';

const MAX_TRIGGERS = 100;
const MAX_RECIPIENTS = 100;

const filled = z.string().refine((value) => lengthOf(value) > 0);
const upTo = (max: number) =>
	z
		.string()
		.refine((value) => lengthOf(value) <= max)
		.nullish();

const user = z.object({ distinct_id: filled });
const anonymous = z.object({ is_transient: z.literal(true) });
const thing = z.object({ object_type: filled, id: filled });
const who = z.union([filled, user, anonymous, thing]);

const trigger = z.object({
	workflow: filled,
	recipients: z.array(who).min(1).max(MAX_RECIPIENTS),
	actor: z.union([filled, user, anonymous]).optional(),
	data: z.record(z.unknown()).optional(),
	metadata: z.record(z.unknown()).optional(),
	tenant_id: upTo(64),
	$idempotency_key: upTo(255),
	cancellation_key: upTo(255),
});

type Trigger = z.infer<typeof trigger>;

function labelOf(recipient: Trigger['recipients'][number] | undefined): string | undefined {
	if (typeof recipient !== 'object') return recipient;
	if ('distinct_id' in recipient) return recipient.distinct_id;
	return 'id' in recipient ? recipient.id : undefined;
}

const accept = (body: unknown, { workflow, recipients, $idempotency_key: key }: Trigger): AcceptedRecord => ({
	kind: 'workflow',
	body,
	name: workflow,
	user: labelOf(recipients[0]),
	idempotencyKey: key?.trim() || undefined,
});

/** Every workflow exists here, except those with “unknown” in the slug. SuprSend's API can't create them. */
const exists = ({ workflow }: Trigger): boolean => !/unknown/i.test(workflow);

/** Each recipient has a run of their own, which sends one message. */
function run({ workflow, recipients, tenant_id, $idempotency_key: key }: Trigger, messages: Messages): void {
	for (const recipient of recipients) {
		const fields: Recipient = typeof recipient === 'string' ? { distinct_id: recipient } : { ...recipient };
		messages.send({ workflow, tenant_id, idempotency_key: key?.trim(), recipient: fields });
	}
}

const BAD_REQUEST = 'BAD REQUEST';

function takeOne(body: unknown, messages: Messages): Answer {
	const { data } = trigger.safeParse(body);
	if (!data) return json(400, { status: 'fail', message: BAD_REQUEST });
	if (!exists(data)) return json(404, { status: 'fail', message: `workflow '${data.workflow}' not found` });
	run(data, messages);
	const answer = { message_id: randomUUID(), status: 'success' };
	return { ...json(202, answer), accepted: [accept(body, data)] };
}

const refused = (status_code: number, error: { message: string; type?: string }) => ({
	status: 'error',
	status_code,
	error,
});

/** Only the 404 of a record is documented. The 400 has the message of a single request and no `type`. */
function takeMany(bodies: readonly unknown[], messages: Messages): Answer {
	const accepted: AcceptedRecord[] = [];
	const records = bodies.map((body) => {
		const { data } = trigger.safeParse(body);
		if (!data) return refused(400, { message: BAD_REQUEST });
		if (!exists(data)) return refused(404, { message: 'workflow not found', type: 'not_found' });
		run(data, messages);
		accepted.push(accept(body, data));
		return { status: 'success', message_id: randomUUID(), status_code: 202 };
	});
	return { ...json(207, { records, status: 'success' }), accepted };
}

const filters = z.object({
	execution_id: z.string().optional(),
	recipients: z.array(z.string()).optional(),
	idempotency_key: z.string().optional(),
	workflow_slug: z.string().optional(),
});

const noFilter = json(400, {
	code: 400,
	message: 'at least one filter is required: execution_id, recipients, idempotency_key',
});

/** Every run is still running when it is cancelled. The message of the 400 doesn't mention the slug, so it isn't enough. */
function cancel(messages: Messages, { body }: ProviderRequest): Answer {
	const { data } = filters.safeParse(body);
	const { execution_id, recipients, idempotency_key, workflow_slug } = data ?? {};
	if ((execution_id ?? recipients ?? idempotency_key) === undefined) return noFilter;
	const cancelled = messages.cancelRuns(
		(run) =>
			(execution_id === undefined || run.execution_id === execution_id) &&
			(recipients === undefined || recipients.includes(run.recipient.distinct_id ?? '')) &&
			(idempotency_key === undefined || run.idempotency_key === idempotency_key) &&
			(workflow_slug === undefined || run.workflow === workflow_slug),
	);
	return { ...json(200, { execution_ids: cancelled }), accepted: [{ kind: 'workflow cancel', body }] };
}

/** https://docs.suprsend.com/reference/trigger-workflow-api */
export const routesOfWorkflows = (messages: Messages): Route[] => [
	on('POST', '/trigger/', ({ body, bytes }) => {
		if (bytes.length > MAX_REQUEST_BYTES) return json(400, { status: 'fail', message: BAD_REQUEST });
		if (!Array.isArray(body)) return takeOne(body, messages);
		if (body.length > 0 && body.length <= MAX_TRIGGERS) return takeMany(body, messages);
		return json(400, { status: 'fail', message: BAD_REQUEST });
	}),
	on('POST', '/v1/workflow_run/cancel/', (request) => cancel(messages, request)),
];
