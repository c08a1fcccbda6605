import { isEmpty, mapValues } from 'lodash';
import { z } from 'zod/v4';
import {
	checkNamed,
	checkPart,
	ifUsable,
	isGiven,
	isObject,
	personTraits,
	text,
	usableValues,
	type CanonicalEvent,
} from '../../shared';
import { distinctIdSchema } from '../ids';
import { channelNames, recipientChannelSchemas } from '../users/channels';
import { ownProperties } from '../users/locale';
import { profileOfTraits } from '../users/profile';

/** docs.suprsend.com/docs/trigger-workflow: "You can add up to 100 recipients in a workflow trigger." */
const mostRecipients = 100;
/** Per channel; the SDK's src/request_json/workflow_trigger.json. */
const mostValues = 10;

const wrongRecipient =
	'A recipient must be a distinct ID, an object with "distinct_id" or with "object_type" and "id", or {"is_transient": true} with a channel';
const wrongActor =
	'The actor must be a distinct ID, or an object with "distinct_id" or with "is_transient": true';

/** One value of a channel, a list of them, or nothing. */
const valuesOf = (schema: z.ZodType) => {
	const one = ifUsable(schema);
	const list = usableValues(schema).refine(
		(values = []) => values.length <= mostValues,
		`A recipient can have up to ${mostValues} values per channel`,
	);
	return z
		.unknown()
		.transform((value, context) => checkPart(context, Array.isArray(value) ? list : one, value));
};

/** The schemas of SuprSend's own names. All other properties are allowed. */
const detailSchemas = {
	...mapValues(recipientChannelSchemas, valuesOf),
	...mapValues(ownProperties, (schema) => ifUsable(schema)),
};

/** Not a union, because the message of a union doesn't say what is wrong with the value. */
const personSchema = (isSomebody: (person: Record<string, unknown>) => boolean, wrong: string) =>
	z.unknown().transform((person, context) => {
		if (!isObject(person)) return checkPart(context, distinctIdSchema, text(person), { instead: wrong });
		const known = { ...checkNamed(context, detailSchemas, person), ...idsOf(person) };
		if (!isSomebody(known)) context.addIssue({ code: 'custom', message: wrong });
		return known;
	});

export const recipientsSchema = z
	.array(personSchema(isRecipient, wrongRecipient), 'Recipients must be a list, e.g. ["user-42"]')
	.min(1, 'The workflow needs at least one recipient')
	.max(mostRecipients, `A workflow accepts up to ${mostRecipients} recipients`);

/** The user who caused the event, for templates that name them. */
export const actorSchema = personSchema(isActor, wrongActor);

/** The distinct ID of a recipient or an actor. */
export function distinctIdOf(person: unknown): unknown {
	return isObject(person) ? person.distinct_id : person;
}

/** The user of an event. If the event has channels, SuprSend creates or updates the user's profile. */
export function recipientOf(event: CanonicalEvent, phoneChannels: unknown): unknown {
	const distinct_id = event.userId ?? event.anonymousId;
	const { channels } = profileOfTraits(personTraits(event), phoneChannels);
	return Object.keys(channels).length === 0 ? distinct_id : { distinct_id, ...channels };
}

/** The order key of a recipient. Anonymous users have none. */
export function labelOf(recipient: unknown): string | undefined {
	if (!isObject(recipient)) return text(recipient);
	const { distinct_id, ...object } = idsOf(recipient);
	return distinct_id ?? (isEmpty(object) ? undefined : JSON.stringify(object));
}

function isRecipient(person: Record<string, unknown>): boolean {
	if (person.is_transient === true) return channelNames.some((name) => isGiven(person[name]));
	return !isEmpty(idsOf(person));
}

function isActor({ distinct_id, is_transient }: Record<string, unknown>): boolean {
	return text(distinct_id) !== undefined || is_transient === true;
}

/** The IDs of a user or an object as text. A number becomes text. */
function idsOf(person: Record<string, unknown>): { distinct_id?: string; object_type?: string; id?: string } {
	const [distinct_id, object_type, id] = [person.distinct_id, person.object_type, person.id].map(text);
	if (distinct_id !== undefined) return { distinct_id };
	return object_type === undefined || id === undefined ? {} : { object_type, id };
}
