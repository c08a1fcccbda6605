import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { checkPart, type Fields, type MappingContext, type Operation } from '../../../shared/delivery';
import { text, type Warning } from '../../../shared/event';
import { checkingOptions, verification, wantsDebug } from '../../checking';
import { additionalFields, clientIdField, emailField, userIdField } from '../../common-fields';
import { collect } from '../../endpoints';
import { envelopeOfEvent, envelopeOfFields, envelopeSchema, largestRequest } from '../../envelope';
import { eventTypeNames, eventTypes, isEventType, traits } from '../../event-types/event-types';
import { eventTypeFields, readForm, traitFields } from '../../event-types/forms';
import { readValues } from '../../event-types/read';
import { propertiesOf, schemaOf } from '../../event-types/schemas';
import { leftOutOf, translate, type TypedEvent } from '../../event-types/translate';
import { contactOfEvent, contactOfFields, toTraits, traitsLeftOut, type Contact } from '../../contact';

const eventSchema = envelopeSchema
	.extend({
		type: z.literal('track'),
		event: z.enum(eventTypeNames, 'Simon Data has no such type of event'),
		properties: z.record(z.string(), z.unknown()),
		userId: z.string().optional(),
		traits: schemaOf(traits).optional(),
	})
	.superRefine(({ event, properties }, context) => {
		checkPart(context, propertiesOf[event], properties, { at: ['properties'] });
	});

type SimonEvent = z.infer<typeof eventSchema>;

/** What an event cannot say of itself. */
const eventOptions: INodeProperties[] = [
	{
		displayName: 'Requires Identity',
		name: 'requiresIdentity',
		type: 'boolean',
		default: true,
		description:
			'Whether custom events are only processed if the email of the contact is known. If off, your event trigger query has to find the contact.',
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
				description: 'Every event goes out as a custom event under its own name',
			},
			{
				name: 'Translate',
				value: 'translate',
				description:
					'Product Added becomes add_to_cart, and so on. An event that lacks what Simon Data requires goes out as a custom event, with a warning.',
			},
			{
				name: 'Translate or Refuse',
				value: 'refuse',
				description: 'An event that lacks what Simon Data requires is not sent',
			},
		],
		default: 'translate',
		description: 'What becomes of events for which Simon Data has a type of its own',
		displayOptions: { hide: { '/mappingMode': ['defineBelow'] } },
	},
];

export const send: Operation<SimonEvent> = {
	resource: 'event',
	operation: 'send',
	endpoint: collect,
	reports: 'each',
	fields: [
		clientIdField,
		{
			...emailField,
			hint: "Without it, Simon Data only processes the event if 'Identify' was called for the same client ID within 7 days",
		},
		userIdField,
		...eventTypeFields,
		...traitFields,
		additionalFields,
	],
	options: [...checkingOptions, ...eventOptions],
	schema: eventSchema,
	limits: { records: 1, requestBytes: largestRequest },
	repeating: 'unwanted',
	fromEvent(event, mapping) {
		const contact = contactOfEvent(event);
		const { nameFormat, options } = mapping;
		const { standardEvents, requiresIdentity } = options;
		const typed = translate(event, { person: contact, nameFormat, standardEvents, requiresIdentity });
		return toCandidate(envelopeOfEvent(event, wantsDebug(mapping)), contact, typed);
	},
	fromFields(fields, mapping) {
		const contact = contactOfFields(fields);
		const envelope = envelopeOfFields(fields, wantsDebug(mapping), mapping.timeZone);
		return toCandidate(envelope, contact, typedEventOf(fields, contact, mapping));
	},
	lane: ({ clientId }) => clientId,
	before: verification,
	request: ([event]) => ({ body: event?.json }),
	responseSchema: z.null(),
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

function toCandidate(
	envelope: ReturnType<typeof envelopeOfEvent>,
	contact: Contact,
	{ event, properties, warnings }: ReturnType<typeof typedEventOf>,
) {
	const { email, userId } = contact;
	const record = { ...envelope, type: 'track', event, properties };
	if (email !== undefined) return { record: { ...record, traits: toTraits(contact, contact) }, warnings };
	const unknown = properties.requiresIdentity === false ? [] : [noEmail];
	return { record: { ...record, userId }, warnings: [...warnings, ...unknown, ...traitsLeftOut(contact)] };
}

const noEmail: Warning = {
	path: 'traits.email',
	code: 'no_email',
	message:
		"The event names no email, so Simon Data only processes it if 'Identify' was called for the same client ID within the last 7 days",
};
