import { z } from 'zod';
import { credentials } from '../../credentials';
import { isSameSecret } from '../auth';
import { type Answer, json, type Provider, type ProviderRequest } from '../provider';
import { on } from '../route';
import { Entries } from './entries';

const { apiKey, projectId } = credentials.embeddables;

const parsed = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};

const isoTime = z.string().datetime({ offset: true });
const jsonObject = z.string().refine((text) => z.record(z.unknown()).safeParse(parsed(text)).success);
const jsonValue = z.string().refine((text) => parsed(text) !== undefined);

/**
 * Words of letters and digits, joined by underscores, without capital letters. The documentation only says "must be
 * snake_case": neither that names are English, nor that they start with a letter.
 */
const isSnakeCase = (name: string) =>
	/^[\p{L}\p{N}\p{M}]+(_[\p{L}\p{N}\p{M}]+)*$/u.test(name) && name === name.toLowerCase();

/** The API reference requires `custom_event_props`, but a newer guide doesn't. The sandbox plays the stricter one. */
const customEvent = z.object({
	embeddable_id: z.string().min(1),
	timestamp: isoTime,
	custom_event_name: z.string().refine(isSnakeCase),
	custom_event_props: jsonObject,
	identifiers: z.array(z.object({ key: z.string().min(1), value: jsonValue })).length(1),
});

/**
 * https://docs.embeddables.com/api-reference/events/create-event
 * The only documented error is status 404 with the code ENTRY_NOT_FOUND, so that code is the whole answer, in plain text.
 * 400, 401 and the 404 of another project have no body.
 */
const takeEvent =
	(entries: Entries) =>
	({ body }: ProviderRequest): Answer => {
		const { success, data: event } = customEvent.safeParse(body);
		const [identifier] = event?.identifiers ?? [];
		if (!success || !identifier) return { status: 400 };
		const entry = entries.find(event.embeddable_id, identifier.key, parsed(identifier.value));
		if (!entry) return { status: 404, body: 'ENTRY_NOT_FOUND' };
		const answer = {
			group_id: 'group_sandbox',
			project_id: projectId,
			embeddable_id: event.embeddable_id,
			embeddable_version_number: 1,
			contact_id: entry.contact_id,
			entry_id: entry.entry_id,
			timestamp: event.timestamp,
			event_type: 'custom_event:triggered',
			custom_event_name: event.custom_event_name,
			custom_event_props: event.custom_event_props,
		};
		const user = String(parsed(identifier.value));
		const accepted = [{ kind: 'event', body, name: event.custom_event_name, user }];
		return { ...json(200, answer), accepted };
	};

/** Requests of other people's programs, because the vendor has no page about reading. Refuses all others. */
const pageQuery = z.object({
	limit: z.coerce.number().int().min(1).max(1000).default(1000),
	offset: z.coerce.number().int().min(0).default(0),
	sort: z.literal('created_at').optional(),
	direction: z.enum(['ASC', 'DESC']).default('ASC'),
	updated_after: isoTime.optional(),
	updated_before: isoTime.optional(),
});

const list =
	(read: (query: z.infer<typeof pageQuery>) => unknown[]) =>
	({ query }: ProviderRequest): Answer => {
		const asked = pageQuery.safeParse(Object.fromEntries(query));
		return asked.success ? json(200, read(asked.data)) : { status: 400 };
	};

type Answering = (request: ProviderRequest) => Answer;

const inProject =
	(answer: Answering) =>
	(request: ProviderRequest, { projectId: asked }: { projectId: string }): Answer =>
		asked === projectId ? answer(request) : { status: 404 };

export const embeddables: Provider = {
	title: 'Embeddables',
	basePath: '',
	authenticate: ({ headers }) =>
		isSameSecret(String(headers['x-api-key'] ?? ''), apiKey) ? undefined : { status: 401 },
	openAccount: (now, { people = [], entries: given }) => {
		const entries = new Entries(now, people, given);
		return [
			on('POST', '/projects/{projectId}/events', inProject(takeEvent(entries))),
			on('GET', '/projects/{projectId}/entries', inProject(list((query) => entries.list(query)))),
			on(
				'GET',
				'/projects/{projectId}/entries-page-views',
				inProject(list((query) => entries.listPageViews(query))),
			),
		];
	},
};
