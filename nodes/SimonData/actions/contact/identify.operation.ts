import { z } from 'zod/v4';
import { identifyEventsOnly, type Operation } from '../../../shared/delivery';
import { checkingOptions, verification, wantsDebug } from '../../checking';
import { additionalFields, clientIdField, emailField, userIdField } from '../../common-fields';
import { contactOfEvent, contactOfFields, toTraits, type Contact } from '../../contact';
import { collect } from '../../endpoints';
import { envelopeOfEvent, envelopeOfFields, envelopeSchema, largestRequest } from '../../envelope';
import { traits } from '../../event-types/event-types';
import { traitFields } from '../../event-types/forms';
import { schemaOf } from '../../event-types/schemas';

const noUserId = 'Simon Data identifies contacts by a user ID and an email; this item has no user ID';

const contactSchema = envelopeSchema.extend({
	type: z.literal('identify'),
	userId: z.string(noUserId),
	traits: schemaOf(traits),
});

type SimonContact = z.infer<typeof contactSchema>;

export const identify: Operation<SimonContact> = {
	resource: 'contact',
	operation: 'identify',
	endpoint: collect,
	reports: 'each',
	fields: [
		clientIdField,
		{ ...emailField, required: true },
		{ ...userIdField, required: true },
		...traitFields,
		additionalFields,
	],
	options: checkingOptions,
	schema: contactSchema,
	limits: { records: 1, requestBytes: largestRequest },
	repeating: 'harmless',
	skips: identifyEventsOnly,
	fromEvent: (event, mapping) =>
		toCandidate(envelopeOfEvent(event, wantsDebug(mapping)), contactOfEvent(event)),
	fromFields: (fields, mapping) =>
		toCandidate(envelopeOfFields(fields, wantsDebug(mapping), mapping.timeZone), contactOfFields(fields)),
	lane: ({ clientId }) => clientId,
	before: verification,
	request: ([contact]) => ({ body: contact?.json }),
	responseSchema: z.null(),
};

function toCandidate(envelope: ReturnType<typeof envelopeOfEvent>, contact: Contact) {
	const { email, userId } = contact;
	return { record: { ...envelope, type: 'identify', userId, traits: toTraits(contact, { email }) } };
}
