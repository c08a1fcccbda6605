import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import {
	asNamedEvent,
	asSummary,
	characters,
	ifFilledIn,
	isObject,
	keyValueFields,
	readJson,
	readKeyValues,
	readText,
	text,
	textual,
	type MappedRecord,
	type MappingContext,
	type Operation,
} from '../../../shared';
import {
	additionalFields,
	forEachItem,
	idempotencyKey,
	idempotencyKeySchema,
	readAdditionalFields,
	readKeyAndTenant,
	tenantId,
	tenantIdSchema,
} from '../../additional-fields';
import { attachedFiles, attachments, attachmentsSchema, withAttachments } from '../../attachments';
import { readBulkAnswer } from '../../bulk-answer';
import { listOfRecords, oneRecord, requestBytes, triggerWorkflow } from '../../endpoints';
import { readRecipients, recipientFields } from '../../recipients/recipient-fields';
import {
	actorSchema,
	distinctIdOf,
	labelOf,
	recipientOf,
	recipientsSchema,
} from '../../recipients/recipients';
import { phoneChannels } from '../../users/phone-channels';

const noWorkflow = "Enter the slug of the workflow in 'Workflow Slug'";
const noObject = (what: string) => `${what} must be an object, e.g. {"amount": 10}`;

/** docs.suprsend.com/reference/trigger-workflow-api, and the SDK's src/request_json/workflow_trigger.json. */
const triggerSchema = z.object({
	workflow: z.string(noWorkflow).trim().min(1, noWorkflow),
	recipients: recipientsSchema,
	data: z.looseObject({ $attachments: attachmentsSchema.optional() }, noObject('Data')),
	actor: actorSchema.optional(),
	tenant_id: tenantIdSchema,
	$idempotency_key: idempotencyKeySchema,
	cancellation_key: ifFilledIn(
		textual(z.string('The cancellation key must be text')).refine(
			(key) => characters(key) <= 255,
			'The cancellation key can have up to 255 characters',
		),
	),
	metadata: z.record(z.string(), z.unknown(), noObject('Metadata')).optional(),
});

type Trigger = z.infer<typeof triggerSchema>;

const actor: INodeProperties = {
	displayName: 'Actor',
	name: 'actor',
	type: 'string',
	default: '',
	placeholder: 'e.g. user-7',
	description:
		'The distinct ID of the user who caused the notification, for templates that mention this user. You can also enter JSON with more properties, e.g. {"distinct_id": "user-7", "name": "Ada"}.',
};

const cancellationKey: INodeProperties = {
	displayName: 'Cancellation Key',
	name: 'cancellationKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-1001',
	description: 'A key that lets you stop the running workflow later',
};

const metadata: INodeProperties = {
	displayName: 'Metadata',
	name: 'metadata',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. {"source": "n8n"}',
	description: "Values to store with the request. Templates can't use these values.",
};

const workflowSlug: INodeProperties = {
	displayName: 'Workflow Slug',
	name: 'workflow',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. order-shipped',
	description:
		'The workflow\'s slug, which you find in the workflow\'s settings in <a href="https://app.suprsend.com" target="_blank">SuprSend</a>. The workflow must be live and triggered by API.',
};

export const trigger: Operation<Trigger> = {
	resource: 'workflow',
	operation: 'trigger',
	action: 'Trigger workflow',
	description: 'Run a workflow in SuprSend for one or more recipients',
	endpoint: triggerWorkflow,
	record: {
		settings: [
			workflowSlug,
			additionalFields(actor, attachments, cancellationKey, idempotencyKey, metadata, tenantId),
		],
		properties: [
			...recipientFields,
			...keyValueFields({
				name: 'data',
				displayName: 'Data',
				description: "Values that the workflow's templates and steps can use",
				example: '{"invoice_id": "Invoice-1234", "amount": "$5000"}',
			}),
		],
		schema: triggerSchema,
		idsIn: ({ recipients, actor: author, tenant_id }) => ({
			recipients: recipients.map(distinctIdOf),
			actor: distinctIdOf(author),
			tenant_id,
		}),
		// The SDK allows for 200 bytes that SuprSend adds to each (src/constants.js).
		maxBytes: requestBytes - 200,
		fromEvent: (event, context) => ({
			...settingsOf(context),
			recipients: [recipientOf(event, context.options.phoneChannels)],
			data: withAttachments(asNamedEvent(event).properties, context),
		}),
		fromFields: (fields, context) => ({
			...settingsOf(context),
			recipients: readRecipients(fields),
			data: withAttachments(readKeyValues(fields, 'data'), context),
		}),
		files: attachedFiles,
	},
	options: [{ property: phoneChannels }],
	request: oneRecord,
	bulk: { maxRecords: 100, maxBytes: requestBytes, request: listOfRecords, readAnswers: readBulkAnswer },
	// Every request has an idempotency key, which SuprSend honors for 24 hours.
	resend: 'safe',
	idempotency: ({ $idempotency_key: key }, content) => ({ key, content }),
	orderKey: ({ recipients: [first] }) => labelOf(first),
	subject: ({ recipients: [first, ...others], $idempotency_key: idempotencyKey }) => ({
		...(others.length > 0 ? {} : { userId: text(distinctIdOf(first)) }),
		idempotencyKey,
	}),
	result: { schema: z.looseObject({ status: z.string(), message_id: z.string().optional() }) },
};

/** With one key for all of them, SuprSend would skip all but the first. */
export const triggerMany = asSummary(
	trigger,
	{
		action: 'Trigger workflow for many events',
		description: 'Run a workflow for every input item and return one summary',
	},
	[
		workflowSlug,
		additionalFields(
			actor,
			forEachItem(attachments),
			cancellationKey,
			forEachItem(idempotencyKey),
			metadata,
			tenantId,
		),
	],
);

/** The keys that are set the same way in both mapping modes. */
function settingsOf({ settings, messageId }: MappingContext): MappedRecord<Trigger> {
	const workflow = readText(settings, 'workflow');
	const given = readAdditionalFields(settings);
	const values = readJson(given.metadata, 'Metadata');
	return {
		workflow,
		actor: readActor(given.actor),
		cancellation_key: given.cancellationKey,
		metadata: isObject(values) && Object.keys(values).length === 0 ? undefined : values,
		// The same message may also be sent as an event or trigger another workflow. Those aren't repetitions.
		...readKeyAndTenant(given, `${messageId}:${workflow}`),
	};
}

/** Text that starts like a JSON object is one. */
function readActor(value: unknown): unknown {
	const written = text(value);
	if (written === undefined) return isObject(value) ? value : undefined;
	return written.startsWith('{') ? readJson(written, 'Actor') : written;
}
