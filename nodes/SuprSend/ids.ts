import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { asText, characters, isBlank, pathPart, readJson, text } from '../shared';

const noDistinctId = 'Fill in the distinct ID, which is your own ID for the user. SuprSend requires it';
/** docs.suprsend.com/docs/users, "Guidelines on how to choose a distinct_id". */
const longestDistinctId = 255;
const isShortEnough = (id: string) => characters(id) <= longestDistinctId;
const longDistinctId = `A distinct ID can have up to ${longestDistinctId} characters`;

export const distinctIdSchema = z
	.string(noDistinctId)
	.trim()
	.min(1, noDistinctId)
	.refine(isShortEnough, longDistinctId);

/** The distinct ID as part of a URL. */
export const userPathSchema = pathPart(noDistinctId).refine(isShortEnough, longDistinctId);

/** docs.suprsend.com/docs/node-lists, "Guidelines on defining the list_id". */
export const listPathSchema = pathPart('Choose a list, or enter its ID').regex(
	/^[\w-]{1,64}$/,
	'A list ID can have up to 64 letters, digits, underscores and hyphens',
);

/** docs.suprsend.com/docs/node-tenants. */
export const tenantPathSchema = pathPart('Choose a tenant, or enter its ID').regex(
	/^[\w-]{1,64}$/,
	'A tenant ID can have up to 64 letters, digits, underscores and hyphens',
);

/** For users that SuprSend may not know yet. */
export const distinctIdField: INodeProperties = {
	displayName: 'Distinct ID',
	name: 'distinctId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. user-42',
	description:
		"Identifies the user in SuprSend. Use the ID from your own database, because you can't change the distinct ID later.",
};

/** For users that SuprSend knows. */
export const userLocator: INodeProperties = {
	displayName: 'User',
	name: 'distinctId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The user, identified by the distinct ID',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a user…',
			typeOptions: { searchListMethod: 'listUsers' },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. user-42' },
	],
};

export const listLocator: INodeProperties = {
	displayName: 'List',
	name: 'listId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a list…',
			typeOptions: { searchListMethod: 'searchLists', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. newsletter' },
	],
};

export const tenantLocator: INodeProperties = {
	displayName: 'Tenant',
	name: 'tenantId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'Choose a tenant to update it, or enter the ID of a new one',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a tenant…',
			typeOptions: { searchListMethod: 'searchTenants', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. acme' },
	],
};

/** An ID can start with a bracket, too, such as `[vip]-1`. */
const startOfList = /^\[\s*["\d\]]/;

/**
 * Reads a field of IDs: a list as it is, or text split at commas. Text that starts like a JSON list is
 * parsed. Empty entries are left out.
 */
export function readIds(given: unknown, displayName: string): unknown[] {
	const written = asText(given);
	const isJson = startOfList.test(String(written));
	const list = isJson ? readJson(written, displayName) : given;
	if (Array.isArray(list))
		return list
			.filter((id) => !isBlank(id))
			.map((id: unknown) => (typeof id === 'number' ? (text(id) ?? id) : id));
	if (typeof written === 'number') return [written];
	return (written ?? '')
		.split(',')
		.map((id) => id.trim())
		.filter((id) => id !== '');
}
