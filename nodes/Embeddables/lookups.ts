import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { choicesWith, isObject, lookUp, text } from '../shared';
import { embeddables } from './embeddables.provider';
import { listEntries } from './endpoints';
import { withParsedData } from './entry';

/** No endpoint lists embeddables or User Data keys, so both come from the entries that one request returns. */
const latestEntries = { limit: '1000', sort: 'created_at', direction: 'DESC' };

export async function searchEmbeddables(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const entries = await readEntries(this);
	return choicesFrom(
		entries.map(({ embeddable_id }) => text(embeddable_id)),
		filter,
	);
}

/** Lists the keys of the chosen embeddable, or of all when it isn't chosen yet or is an expression. */
export async function searchIdentifierKeys(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const chosen = text(this.getCurrentNodeParameter('embeddableId', { extractValue: true }));
	const entries = await readEntries(this);
	const ofEmbeddable = entries.filter(({ embeddable_id }) => embeddable_id === chosen);
	const keys = (ofEmbeddable.length > 0 ? ofEmbeddable : entries).flatMap(identifyingKeys);
	return choicesFrom(keys, filter);
}

async function readEntries(context: ILoadOptionsFunctions): Promise<Array<Record<string, unknown>>> {
	const answer = await lookUp(context, embeddables, ({ projectId = '' }) => ({
		...listEntries,
		params: { projectId },
		query: latestEntries,
	}));
	return Array.isArray(answer) ? answer.filter(isObject) : [];
}

/** These keys hold the user's progress, not their input. */
const progress = /^(?:current_page|highest_page_reached)_(?:key|id|index)$/;

function identifyingKeys(entry: Record<string, unknown>): string[] {
	const parsed = withParsedData(entry);
	const data = isObject(parsed) && isObject(parsed.entry_data) ? parsed.entry_data : {};
	return Object.keys(data).filter((key) => !progress.test(key) && text(data[key]) !== undefined);
}

function choicesFrom(values: Array<string | undefined>, filter?: string): INodeListSearchResult {
	const distinct = [...new Set(values)].filter((value) => value !== undefined);
	const choices = distinct.sort((a, b) => a.localeCompare(b)).map((value) => ({ name: value, value }));
	return { results: choicesWith(filter, choices) };
}
