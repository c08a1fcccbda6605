import { omit } from 'lodash';
import { z } from 'zod/v4';
import { identifyEventsOnly, isBlank, type Operation } from '../../../shared';
import { checkingOptions, wantsDebug } from '../../checking';
import { additionalFields, clientIdField, emailField, userIdField } from '../../common-fields';
import { contactOfEvent, contactOfFields, toTraits, type Contact } from '../../contact';
import { collect } from '../../endpoints';
import { envelopeOfEvent, envelopeOfFields, envelopeSchema, largestRequest } from '../../envelope';
import { traits } from '../../event-types/event-types';
import { traitFields } from '../../event-types/forms';
import { schemaOf } from '../../event-types/schemas';

const noUserId = 'Fill in the user ID. Simon Data requires a user ID and an email to identify a contact';

/** The user ID is checked first: without it, the client ID that defaults to it is missing, too. */
const contactSchema = z.object({
	userId: z.string(noUserId),
	...envelopeSchema.shape,
	type: z.literal('identify'),
	traits: schemaOf(traits),
});

type SimonContact = z.infer<typeof contactSchema>;

export const identify: Operation<SimonContact> = {
	resource: 'contact',
	operation: 'identify',
	action: 'Identify contact',
	description: 'Connect a client ID to a contact for the next 7 days',
	endpoint: collect,
	record: {
		properties: [
			{ ...userIdField, required: true },
			{ ...emailField, required: true },
			{
				...omit(clientIdField, 'required'),
				description:
					'An ID of up to 45 characters that identifies the device or session, for example from a cookie. Defaults to the user ID.',
			},
			...traitFields,
			additionalFields,
		],
		schema: contactSchema,
		idsIn: ({ clientId, userId }) => ({ clientId, userId }),
		maxBytes: largestRequest,
		skips: identifyEventsOnly,
		fromEvent: (event, context) =>
			toRecord(envelopeOfEvent(event, wantsDebug(context)), contactOfEvent(event)),
		fromFields: (fields, context) => {
			const contact = contactOfFields(fields);
			const envelope = envelopeOfFields(fields, wantsDebug(context), context);
			const clientId = isBlank(envelope.clientId) ? contact.userId : envelope.clientId;
			return toRecord({ ...envelope, clientId }, contact);
		},
	},
	options: checkingOptions,
	request: (_, json) => ({ body: json }),
	resend: 'safe',
	orderKey: ({ clientId }) => clientId,
	subject: ({ userId }) => ({ userId }),
	result: { schema: z.null() },
};

function toRecord(envelope: ReturnType<typeof envelopeOfEvent>, contact: Contact) {
	const { email, userId } = contact;
	return { ...envelope, type: 'identify', userId, traits: toTraits(contact, { email }) };
}
