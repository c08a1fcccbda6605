import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import {
	checkPart,
	text,
	updatesThePerson,
	type Fields,
	type MappingContext,
	type Operation,
	type Warning,
} from '../../../shared';
import { checkingOptions, wantsDebug } from '../../checking';
import { additionalFields, clientIdField, emailField, userIdField } from '../../common-fields';
import { collect } from '../../endpoints';
import { envelopeOfEvent, envelopeOfFields, envelopeSchema, largestRequest } from '../../envelope';
import { eventTypeNames, eventTypes, isEventType, traits } from '../../event-types/event-types';
import { eventTypeFields, readForm, traitFields } from '../../event-types/forms';
import { readValues } from '../../event-types/read';
import { propertiesOf, schemaOf } from '../../event-types/schemas';
import { leftOutOf, translate, type TypedEvent } from '../../event-types/translate';
import { contactOfEvent, contactOfFields, toTraits, traitsLeftOut, type Contact } from '../../contact';
import { identify } from '../contact/identify.operation';

const eventSchema = envelopeSchema
	.extend({
		type: z.literal('track'),
		event: z.enum(eventTypeNames, "Simon Data doesn't have this event type"),
		properties: z.record(z.string(), z.unknown()),
		userId: z.string().optional(),
		traits: schemaOf(traits).optional(),
	})
	.transform((record, context) => {
		const { event, properties } = record;
		const checked = checkPart(context, propertiesOf[event], properties, { at: ['properties'] });
		return { ...record, properties: checked ?? {} };
	});

type SimonEvent = z.infer<typeof eventSchema>;

/** Settings for events that are mapped automatically. */
const eventOptions: INodeProperties[] = [
	{
		displayName: 'Requires Identity',
		name: 'requiresIdentity',
		type: 'boolean',
		default: true,
		description:
			"Whether Simon Data processes custom events only if the contact's email is known. If off, your event trigger query must find the contact.",
		displayOptions: { hide: { '/mappingMode': ['defineBelow'] } },
	},
	{
		displayName: 'Standard Events',
		name: 'standardEvents',
		type: 'options',
		options: [
			{
				name: 'Always Custom',
				value: 'custom',
				description: 'Send every event as a custom event with its own name',
			},
			{
				name: 'Translate',
				value: 'translate',
				description:
					"Send events with a standard name as Simon Data's own event types, for example Product Added as add_to_cart. Events without the properties that Simon Data requires are sent as custom events, with a warning.",
			},
			{
				name: 'Translate or Refuse',
				value: 'refuse',
				description: 'Like Translate, but events without the required properties fail',
			},
		],
		default: 'translate',
		description: "What to do with events that match one of Simon Data's own event types",
		displayOptions: { hide: { '/mappingMode': ['defineBelow'] } },
	},
];

export const send: Operation<SimonEvent> = {
	resource: 'event',
	operation: 'send',
	action: 'Send event',
	description: 'Send an event that describes something a contact did',
	endpoint: collect,
	record: {
		properties: [
			clientIdField,
			{
				...emailField,
				hint: "Without an email, Simon Data processes the event only if you ran 'Identify' for the same client ID within the last 7 days",
			},
			userIdField,
			...eventTypeFields,
			...traitFields,
			additionalFields,
		],
		schema: eventSchema,
		idsIn: ({ clientId, userId, traits: of }) => ({ clientId, userId, 'traits.userId': of?.userId }),
		maxBytes: largestRequest,
		fromEvent(event, context) {
			const contact = contactOfEvent(event);
			const { nameFormat, options } = context;
			const { standardEvents, requiresIdentity } = options;
			const typed = translate(event, { person: contact, nameFormat, standardEvents, requiresIdentity });
			return toRecord(envelopeOfEvent(event, wantsDebug(context)), contact, typed, context);
		},
		fromFields(fields, context) {
			const contact = contactOfFields(fields);
			const envelope = envelopeOfFields(fields, wantsDebug(context), context);
			return toRecord(envelope, contact, typedEventOf(fields, contact, context), context);
		},
	},
	options: [...checkingOptions, ...eventOptions.map((property) => ({ property }))],
	request: (_, json) => ({ body: json }),
	resend: 'ifAsked',
	orderKey: ({ clientId }) => clientId,
	subject: ({ event, clientId, userId, properties, traits: of }) => ({
		userId: text(of?.userId) ?? userId ?? clientId,
		event: text(properties.eventName) ?? event,
	}),
	eventChoices: updatesThePerson(identify),
	result: { schema: z.null() },
};

function typedEventOf(
	fields: Fields,
	contact: Contact,
	{ nameFormat }: MappingContext,
): { event: unknown } & Omit<TypedEvent, 'event'> {
	const event = fields('eventType');
	if (!isEventType(event)) return { event, properties: {}, warnings: [] };
	const form = readForm(fields, event);
	const name = text(form.eventName);
	const given = name === undefined ? form : { ...form, eventName: nameFormat(name) };
	const { values, leftOut } = readValues(eventTypes[event], given, contact);
	return { event, properties: values, warnings: leftOutOf(event, leftOut) };
}

function toRecord(
	envelope: ReturnType<typeof envelopeOfEvent>,
	contact: Contact,
	{ event, properties, warnings }: ReturnType<typeof typedEventOf>,
	{ warn }: MappingContext,
) {
	const { email, userId } = contact;
	const record = { ...envelope, type: 'track', event, properties };
	warnings.forEach(warn);
	if (email !== undefined) return { ...record, traits: toTraits(contact, contact) };
	if (properties.requiresIdentity !== false) warn(noEmail);
	traitsLeftOut(contact).forEach(warn);
	return { ...record, userId };
}

const noEmail: Warning = {
	path: 'traits.email',
	code: 'no_email',
	message:
		"The event has no email, so Simon Data processes the event only if 'Identify' ran for the same client ID within the last 7 days",
};
