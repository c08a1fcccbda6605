import { get } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';
import { text, type CanonicalEvent, type Fields } from '../shared';

/** How Embeddables finds the user. Both mapping modes show these fields. */
export const identifierSettings: INodeProperties[] = [
	{
		displayName: 'Embeddable',
		name: 'embeddableId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The embeddable that the user filled in',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select an embeddable…',
				hint: 'Lists the embeddables in the latest 1,000 entries. The API key must have permission to read entries.',
				typeOptions: { searchListMethod: 'searchEmbeddables', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. flow_myexampleflow',
			},
		],
	},
	{
		displayName: 'Identifier Key',
		name: 'identifierKey',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: 'email', cachedResultName: 'email' },
		description:
			'The User Data key that identifies the user. Enter the key of the input component that the user filled in, such as email or user_email.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a key…',
				hint: 'Lists the User Data keys in the latest 1,000 entries. The API key must have permission to read entries.',
				typeOptions: { searchListMethod: 'searchIdentifierKeys', searchable: true },
			},
			{
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. user_email',
			},
		],
		// Without loadOptionsDependsOn, because n8n would empty this field whenever the other one changes.
	},
	{
		displayName: 'Identifier Value From',
		name: 'identifierFrom',
		type: 'options',
		options: [
			{
				name: 'Email',
				value: 'email',
				description: 'The email in traits.email, context.traits.email or properties.email',
			},
			{
				name: 'Email or User ID',
				value: 'emailElseUserId',
				description:
					"The email, or the userId if the event has no email. Choose this only if the Identifier Key's value can be an email or a user ID.",
			},
			{
				name: 'Field of the Event',
				value: 'field',
				description:
					'The field that you enter in Identifier Field, for example traits.phone if Identifier Key is phone',
			},
			{ name: 'User ID', value: 'userId', description: "The event's userId" },
		],
		default: 'email',
		description:
			"The part of the event that identifies the user. Its value must match what the user entered for the 'Identifier Key'.",
		displayOptions: { hide: { mappingMode: ['defineBelow'] } },
	},
	{
		displayName: 'Identifier Field',
		name: 'identifierField',
		type: 'string',
		requiresDataPath: 'single',
		required: true,
		default: '',
		placeholder: 'e.g. traits.phone',
		description: "The event field that contains the identifier's value",
		displayOptions: { show: { identifierFrom: ['field'] }, hide: { mappingMode: ['defineBelow'] } },
	},
];

export const identifierValueField: INodeProperties = {
	displayName: 'Identifier Value',
	name: 'identifierValue',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. test@test.com',
	description:
		"What the user entered for the 'Identifier Key', without quotes. For a number, use an expression that returns a number.",
};

/** Finds the user's identifier in an event, as the settings say. Undefined or null when there is none. */
export function identifierOf(event: CanonicalEvent, settings: Fields): unknown {
	switch (settings('identifierFrom')) {
		case 'emailElseUserId':
			return emailOf(event) ?? event.userId;
		case 'userId':
			return event.userId;
		case 'field':
			return get(event, String(settings('identifierField')));
		default:
			return emailOf(event);
	}
}

function emailOf({ type, traits, context, properties }: CanonicalEvent): string | undefined {
	// The traits of a group event describe the group.
	const personal = type === 'group' ? undefined : text(traits.email);
	return personal ?? text(get(context, 'traits.email')) ?? text(properties.email);
}

/**
 * Undoes JSON escaping that the user has applied already, however often. Escaped twice, the value would match no
 * entry (the guide's "Watch out for this").
 */
export function unescaped(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	let plain = value.trim();
	for (let inner = innerText(plain); inner !== undefined; inner = innerText(plain)) plain = inner.trim();
	return plain;
}

/** The text within `"text"` or, as copied from source code, `\"text\"`. */
function innerText(escaped: string): string | undefined {
	const quote = /^\\*"/.exec(escaped)?.[0];
	if (quote === undefined || escaped.length < 2 * quote.length || !escaped.endsWith(quote)) return undefined;
	try {
		const inner: unknown = JSON.parse(escaped.startsWith('"') ? escaped : `"${escaped}"`);
		return typeof inner === 'string' ? inner : undefined;
	} catch {
		return undefined;
	}
}
