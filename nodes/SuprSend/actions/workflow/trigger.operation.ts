import { jsonParse, type INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { many, readText, type MappingContext, type Operation } from '../../../shared/delivery';
import { keyValueFields, readJson, readKeyValues } from '../../../shared/descriptions';
import { asNamedEvent, characters, isObject, text } from '../../../shared/event';
import {
	additionalFields,
	idempotencyKey,
	idempotencyKeySchema,
	readAdditionalFields,
	readKeyAndTenant,
	tenantId,
	tenantIdSchema,
} from '../../additional-fields';
import { attachedFiles, attachments, attachmentsSchema, withAttachments } from '../../attachments';
import { readBulkAnswer } from '../../bulk-answer';
import { oneOrMany, requestBytes, triggerWorkflow } from '../../endpoints';
import { readRecipients, recipientFields } from '../../recipients/recipient-fields';
import { actorSchema, labelOf, recipientOf, recipientsSchema } from '../../recipients/recipients';
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
	cancellation_key: z
		.string()
		.trim()
		.refine((key) => characters(key) <= 255, 'The cancellation key can have at most 255 characters')
		.optional(),
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
		'The distinct ID of the user who did it, for templates that say so. Also JSON with further properties, e.g. {"distinct_id": "user-7", "name": "Ada"}.',
};

const cancellationKey: INodeProperties = {
	displayName: 'Cancellation Key',
	name: 'cancellationKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-1001',
	description: 'A key by which a running workflow can be stopped later',
};

const metadata: INodeProperties = {
	displayName: 'Metadata',
	name: 'metadata',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. {"source": "n8n"}',
	description: 'Values that go along with the request and are not for templates',
};

const workflowSlug: INodeProperties = {
	displayName: 'Workflow Slug',
	name: 'workflow',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. order-shipped',
	description:
		"You find it in the workflow's settings in SuprSend. The workflow must be live, and start by API.",
};

export const trigger: Operation<Trigger> = {
	resource: 'workflow',
	operation: 'trigger',
	endpoint: triggerWorkflow,
	reports: 'each',
	settings: [
		workflowSlug,
		additionalFields(actor, attachments, cancellationKey, idempotencyKey, metadata, tenantId),
	],
	fields: [
		...recipientFields,
		...keyValueFields({
			name: 'data',
			displayName: 'Data',
			description: 'Values that the templates and the steps of the workflow can use',
			example: '{"invoice_id": "Invoice-1234", "amount": "$5000"}',
		}),
	],
	options: [phoneChannels],
	schema: triggerSchema,
	// The SDK allows for 200 bytes that SuprSend adds to each (src/constants.js).
	limits: { records: 100, requestBytes, recordBytes: requestBytes - 200 },
	// Every request carries an idempotency key, which SuprSend honours for 24 hours.
	repeating: 'harmless',
	fromEvent: (event, context) => ({
		record: {
			...about(context),
			recipients: [recipientOf(event, context.options.phoneChannels)],
			data: withAttachments(asNamedEvent(event).properties, context),
		},
	}),
	fromFields: (fields, context) => ({
		record: {
			...about(context),
			recipients: readRecipients(fields),
			data: withAttachments(readKeyValues(fields, 'data'), context),
		},
	}),
	files: attachedFiles,
	readRecords: readBulkAnswer,
	lane: ({ recipients: [first] }) => labelOf(first),
	request: oneOrMany,
	responseSchema: z.looseObject({ status: z.string(), message_id: z.string().optional() }),
};

/** One key for all of them would make SuprSend skip all but the first, and files stay with their items. */
export const triggerMany: Operation<Trigger> = {
	...many(trigger, 'triggerMany'),
	settings: [workflowSlug, additionalFields(actor, cancellationKey, metadata, tenantId)],
};

/** What is set whether recipients and data come from an event or from fields. */
function about({ settings, messageId }: MappingContext): { [K in keyof Trigger]?: unknown } {
	const workflow = readText(settings, 'workflow');
	const given = readAdditionalFields(settings);
	const values = readJson(given.metadata);
	return {
		workflow,
		actor: readActor(given.actor),
		cancellation_key: text(given.cancellationKey),
		metadata: isObject(values) && Object.keys(values).length === 0 ? undefined : values,
		// The same message may be sent as an event, and trigger other workflows: none of these is a repetition.
		...readKeyAndTenant(given, `${messageId}:${workflow}`),
	};
}

/** Text that starts like an object is one; what does not parse is no actor, and refused as such. */
function readActor(value: unknown): unknown {
	const written = text(value);
	if (written === undefined) return isObject(value) ? value : undefined;
	return written.startsWith('{') ? jsonParse<unknown>(written, { fallbackValue: null }) : written;
}
