import { randomUUID } from 'node:crypto';
import {
	NodeOperationError,
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
} from 'n8n-workflow';
import { convert, isGiven, isObject, listOf, lookUps, parseTime } from '../../shared';
import { embeddables } from '../embeddables.provider';
import { listEntries } from '../endpoints';
import { withParsedData } from '../entry';
import {
	mostInOneRequest,
	overlap,
	readChanges,
	type Change,
	type Entry,
	type Progress,
	type Span,
} from './changes';

/** What n8n stores with the workflow. */
interface Stored extends Partial<Progress> {
	/** The form's "Start From" when the trigger began. Another value starts over. */
	start?: string;
}

/**
 * A poll of the trigger: the entries that are new or changed since the last one, as canonical events. "Fetch Test Event"
 * returns the latest entry and remembers nothing.
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const isTest = context.getMode() === 'manual';
	const changes = isTest ? await latestEntry(context) : await newChanges(context);
	const wanted = changes.filter(filterOf(context));
	if (wanted.length === 0) {
		if (isTest) throw noEntry(context);
		return null;
	}
	return toOutputs(wanted, String(context.getNodeParameter('userIdKey', '', { extractValue: true })));
}

/**
 * Progress of polls that had nothing to emit, until n8n stores it. With durable polls, n8n doesn't store that of the poll
 * at publishing.
 */
const unstored = new Map<string, Stored>();

async function newChanges(context: IPollFunctions): Promise<Change[]> {
	const stored = context.getWorkflowStaticData('node') as Stored;
	const start = String(context.getNodeParameter('startFrom', ''));
	const key = `${context.getWorkflow().id} ${context.getNode().id}`;
	if (stored.since !== undefined && stored.start === start) unstored.delete(key);
	const { since, seen = {}, newSince, ...last } = unstored.get(key) ?? stored;
	const { changes, progress } =
		since === undefined || last.start !== start
			? await firstChanges(context, start)
			: await readChanges(await readerOf(context), { since, seen, newSince }, deadlineOf(context));
	Object.assign(stored, { newSince: undefined, ...progress, start });
	if (changes.length === 0) unstored.set(key, { ...stored });
	return changes;
}

/** From a chosen time on, everything is a change. Without one, what is there already isn't. */
async function firstChanges(
	context: IPollFunctions,
	start: string,
): Promise<{ changes: Change[]; progress: Progress }> {
	const from = isGiven(start) ? parseTime(start, context.getTimezone()) : Date.now();
	if (from === undefined) {
		throw new NodeOperationError(context.getNode(), "'Start From' must be a date and time", {
			description: 'Choose a date and time from the calendar, or leave the field empty to start now.',
		});
	}
	const since = isGiven(start) ? from + overlap : from;
	const { changes, progress } = await readChanges(
		await readerOf(context),
		{ since, seen: {} },
		deadlineOf(context),
	);
	return { changes: isGiven(start) ? changes : [], progress };
}

/** n8n 2 abandons polls that take too long. n8n 1 doesn't. */
function deadlineOf(context: IPollFunctions): () => boolean {
	const deadline = Date.now() + ('getPollBudgetMs' in context ? context.getPollBudgetMs() : Infinity);
	return () => Date.now() > deadline;
}

async function readerOf(context: IPollFunctions): Promise<(span: Span) => Promise<Entry[]>> {
	const readEntries = await entriesOf(context);
	return async ({ from, to }) =>
		await readEntries({
			limit: String(mostInOneRequest),
			sort: 'created_at',
			direction: 'ASC',
			// Embeddables doesn't say whether this time is included.
			updated_after: new Date(Math.max(0, from - 1)).toISOString(),
			updated_before: to === Infinity ? undefined : new Date(to).toISOString(),
		});
}

async function latestEntry(context: IPollFunctions): Promise<Change[]> {
	const readEntries = await entriesOf(context);
	const entries = await readEntries({ limit: '50', sort: 'created_at', direction: 'DESC' });
	const chosen = entries.find((entry) => isOfEmbeddable(context, entry));
	return chosen === undefined
		? []
		: [{ entry: chosen, isNew: context.getNodeParameter('triggerOn', '') !== 'updated', updatedAt: 0 }];
}

type Query = Record<string, string | undefined>;

async function entriesOf(context: IPollFunctions): Promise<(query: Query) => Promise<Entry[]>> {
	const lookUp = await lookUps(context, embeddables);
	return async (query) => {
		const body = await lookUp(({ projectId = '' }) => ({ ...listEntries, params: { projectId }, query }));
		return listOf(body).filter(isObject);
	};
}

function filterOf(context: IPollFunctions): (change: Change) => boolean {
	const on = context.getNodeParameter('triggerOn', 'createdOrUpdated');
	const isTest = context.getMode() === 'manual';
	return ({ entry, isNew }) =>
		isOfEmbeddable(context, entry) && (isTest || on === 'createdOrUpdated' || isNew === (on === 'created'));
}

function isOfEmbeddable(context: IPollFunctions, entry: Entry): boolean {
	const chosen = context.getNodeParameter('embeddableId', '', { extractValue: true });
	return !isGiven(chosen) || entry.embeddable_id === chosen;
}

/** Events, and what can't be one. The limits are for senders; Embeddables itself may send more. */
function toOutputs(changes: readonly Change[], userIdKey: string): INodeExecutionData[][] {
	const batch = {
		format: 'embeddables',
		detectedBy: 'the trigger reads entries',
		events: changes.map((change) => toEvent(change, userIdKey)),
	};
	const { events, rejected } = convert(batch, {
		now: Date.now(),
		transport: 'poll',
		verified: 'api-key',
		newId: randomUUID,
		limits: { eventBytes: Infinity },
	});
	return [events, rejected].map((entries) =>
		entries.map((entry) => ({ json: entry as unknown as IDataObject })),
	);
}

/** The answers are the properties. A change that is read twice has the same message ID. */
function toEvent({ entry, isNew }: Change, userIdKey: string): Record<string, unknown> {
	const { entry_data: data, ...about } = withParsedData(entry);
	const answers = isObject(data) ? data : {};
	const { email } = answers;
	return {
		type: 'track',
		event: isNew ? 'Entry Created' : 'Entry Updated',
		messageId: `${String(about.entry_id)}:${String(about.updated_at)}`,
		userId: answers[userIdKey],
		anonymousId: about.entry_id,
		timestamp: about.updated_at,
		context: isGiven(email) ? { traits: { email } } : {},
		properties: { ...answers, ...about },
	};
}

function noEntry(context: IPollFunctions): NodeOperationError {
	return new NodeOperationError(context.getNode(), 'There are no entries yet', {
		description:
			"Fill in your embeddable once, then fetch a test event again. If you chose an embeddable in 'Embeddable', make sure that it is the one you filled in.",
	});
}
