import { z } from 'zod';
import { type Answer, json, type ProviderRequest, stringOrNothing, text } from '../provider';
import { on, type Route } from '../route';
import { offsetPage } from './offset-page';

const broadcast = z.object({
	list_id: z.string().min(1),
	template: z.string().min(1),
	notification_category: z.string().min(1),
	channels: z.array(z.string()).optional(),
	data: z.record(z.unknown()).optional(),
	$idempotency_key: z.string().optional(),
});

interface Broadcast {
	execution_id: string;
	list_id: string;
	idempotency_key: string | undefined;
}

const TEMPLATES = [{ id: '166277', name: 'Task Reminder', slug: 'task-reminder', is_active: true }];

const EMAIL = {
	id: 1121,
	channel: { name: 'Email', slug: 'email' },
	is_active: true,
	is_enabled: true,
	versions: [],
};

const templateNotFound = json(404, {
	code: 404,
	type: 'DoesNotExist',
	message: 'TemplateGroup matching query does not exist.',
});

function templateOf(slug: string): Answer {
	const template = TEMPLATES.find((each) => each.slug === slug);
	return template === undefined ? templateNotFound : json(200, { ...template, channels: [EMAIL] });
}

const noFilter = json(400, {
	code: 400,
	message: 'at least one filter is required: execution_id, list_id, idempotency_key',
});

/** Every broadcast is still running when it is cancelled. */
function cancel(running: Broadcast[], { body }: ProviderRequest): Answer {
	const filters = Object.entries((body ?? {}) as Record<string, unknown>).filter(([name]) =>
		['execution_id', 'list_id', 'idempotency_key'].includes(name),
	);
	if (filters.length === 0) return noFilter;
	const matching = running.filter((each) =>
		filters.every(([name, value]) => each[name as keyof Broadcast] === value),
	);
	for (const each of matching) running.splice(running.indexOf(each), 1);
	return {
		...json(200, { execution_ids: matching.map(({ execution_id }) => execution_id) }),
		accepted: [{ kind: 'broadcast cancel', body }],
	};
}

/** "Trigger Broadcast", "Cancel Broadcast" and "Fetch Template List" of SuprSend's OpenAPI description. */
export function routesOfBroadcasts(workspaceKey: string): Route[] {
	const running: Broadcast[] = [];
	let count = 0;
	return [
		on('POST', '/{workspace_key}/broadcast/', ({ body }, { workspace_key: key }) => {
			const { data } = broadcast.safeParse(body);
			if (!data || key !== workspaceKey) return text(400, 'BAD REQUEST');
			const { list_id, template, $idempotency_key } = data;
			running.push({
				execution_id: `broadcast_${++count}`,
				list_id,
				idempotency_key: stringOrNothing($idempotency_key),
			});
			return { ...text(202, 'Ok'), accepted: [{ kind: 'broadcast', body, name: template }] };
		}),
		on('POST', '/v1/broadcast_run/cancel/', (request) => cancel(running, request)),
		on('GET', '/v1/template/', (request) => offsetPage(request, TEMPLATES, 10)),
		on('GET', '/v1/template/{template_slug}/', (_request, { template_slug: slug }) => templateOf(slug)),
		on(
			'GET',
			'/v1/template/{template_slug}/channel/{channel_slug}/',
			(_request, { template_slug: slug, channel_slug }) => {
				const { status } = templateOf(slug);
				return status === 200 && channel_slug === 'email' ? json(200, EMAIL) : templateNotFound;
			},
		),
	];
}
