import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type AcceptedRecord, type Answer, json } from '../provider';
import { on, type Route } from '../route';
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

const BAD_REQUEST = 'BAD REQUEST';

function takeOne(body: unknown): Answer {
	const { data } = trigger.safeParse(body);
	if (!data) return json(400, { status: 'fail', message: BAD_REQUEST });
	if (!exists(data)) return json(404, { status: 'fail', message: `workflow '${data.workflow}' not found` });
	const answer = { message_id: randomUUID(), status: 'success' };
	return { ...json(202, answer), accepted: [accept(body, data)] };
}

const refused = (status_code: number, error: { message: string; type?: string }) => ({
	status: 'error',
	status_code,
	error,
});

/** Only the 404 of a record is documented. The 400 has the message of a single request and no `type`. */
function takeMany(bodies: readonly unknown[]): Answer {
	const accepted: AcceptedRecord[] = [];
	const records = bodies.map((body) => {
		const { data } = trigger.safeParse(body);
		if (!data) return refused(400, { message: BAD_REQUEST });
		if (!exists(data)) return refused(404, { message: 'workflow not found', type: 'not_found' });
		accepted.push(accept(body, data));
		return { status: 'success', message_id: randomUUID(), status_code: 202 };
	});
	return { ...json(207, { records, status: 'success' }), accepted };
}

/** https://docs.suprsend.com/reference/trigger-workflow-api */
export const routeOfWorkflows = (): Route =>
	on('POST', '/trigger/', ({ body, bytes }) => {
		if (bytes.length > MAX_REQUEST_BYTES) return json(400, { status: 'fail', message: BAD_REQUEST });
		if (!Array.isArray(body)) return takeOne(body);
		if (body.length > 0 && body.length <= MAX_TRIGGERS) return takeMany(body);
		return json(400, { status: 'fail', message: BAD_REQUEST });
	});
