import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { asList, entriesOf, isObject, isOn, text, type AttachedFiles, type MappingContext } from '../shared';
import { readAdditionalFields } from './additional-fields';
import { isPublicUrl } from './public-url';

/** "Limit < 50KB", docs.suprsend.com/reference/trigger-event. Applied to the Base64 text. */
const mostBase64 = 50 * 1024 - 1;
/** The largest file that fits: 3 bytes become 4 characters. */
const mostBytes = 3 * Math.floor(mostBase64 / 4);

/** In the order in which users fill them in. */
const attachmentFields: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		options: [
			{ name: 'Binary Field', value: 'binary', description: 'A file in the item, up to 37 KB' },
			{ name: 'URL', value: 'url', description: 'A file of any size at a public URL' },
		],
		default: 'url',
	},
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://www.example.com/invoice.pdf',
		description: 'The URL from which SuprSend can load the file without signing in',
		displayOptions: { show: { source: ['url'] } },
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryField',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the input binary field that contains the file',
		displayOptions: { show: { source: ['binary'] } },
	},
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '',
		placeholder: 'e.g. invoice.pdf',
		description: 'The file name to show in the email',
	},
	{
		displayName: 'Ignore If Not Loaded',
		name: 'ignoreIfError',
		type: 'boolean',
		default: false,
		description: "Whether to send the email without this file if SuprSend can't load the file",
	},
];

export const attachments: INodeProperties = {
	displayName: 'Attachments',
	name: 'attachments',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add attachment',
	default: {},
	description: 'Files to attach to the email that the workflow sends',
	options: [
		{
			displayName: 'Attachment',
			name: 'attachment',
			values: attachmentFields,
		},
	],
};

const attachmentSchema = z
	.looseObject(
		{
			url: z
				.url({ protocol: /^https?$/, error: 'An attachment must have a URL that starts with https://' })
				// "Ensure that attachment url is valid and public, otherwise error will be raised."
				.refine(
					isPublicUrl,
					'SuprSend can load an attachment only from a public URL, not from a host in your own network',
				)
				.nullish(),
			data: z
				.string()
				.max(
					mostBase64,
					'The file is too large: SuprSend accepts files up to 37 KB, or less than 50 KB of base64. Attach the file by its URL instead',
				)
				.nullish(),
		},
		'An attachment must be an object with a "url" or with "data" in base64',
	)
	.refine(
		({ url, data }) => text(url) !== undefined || text(data) !== undefined,
		'An attachment must have a URL or a file',
	);

export const attachmentsSchema = z.array(
	attachmentSchema,
	'Attachments must be a list, e.g. [{"url": "https://www.example.com/invoice.pdf"}]',
);

/** The files that `attachments` names. */
export const attachedFiles: AttachedFiles = {
	fieldsIn: (settings) =>
		entriesOf(readAdditionalFields(settings).attachments, 'attachment')
			.filter(({ source }) => source === 'binary')
			.map(({ binaryField }) => fieldName(binaryField)),
	maxBytes: mostBytes,
};

/** Adds the attachments from the form to those that the values already have. */
export function withAttachments(values: unknown, { settings, file }: MappingContext): unknown {
	const added = entriesOf(readAdditionalFields(settings).attachments, 'attachment').map((entry) =>
		toAttachment(entry, file),
	);
	if (added.length === 0 || !isObject(values)) return values;
	return { ...values, $attachments: [...asList(values.$attachments), ...added] };
}

/** In the shape of the SDK's src/attachment.js. */
function toAttachment(entry: Record<string, unknown>, file: MappingContext['file']) {
	const ignore_if_error = isOn(entry.ignoreIfError);
	const filename = text(entry.fileName);
	if (entry.source !== 'binary') {
		return { filename, contentType: null, data: null, url: text(entry.url) ?? null, ignore_if_error };
	}
	const { fileName, mimeType, base64 } = file(fieldName(entry.binaryField));
	return { filename: filename ?? fileName, contentType: mimeType, data: base64, url: null, ignore_if_error };
}

function fieldName(value: unknown): string {
	return text(value) ?? 'data';
}
