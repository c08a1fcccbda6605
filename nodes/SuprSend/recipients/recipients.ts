import { z } from 'zod/v4';
import { isGiven, isObject, personTraits, text, type CanonicalEvent } from '../../shared/event';
import { asList } from '../collections';
import { distinctIdSchema } from '../ids';
import { channelNames, isChannelName, recipientChannelSchemas } from '../users/channels';
import { ownProperties } from '../users/locale';
import { profileOfTraits } from '../users/profile';

/** docs.suprsend.com/docs/trigger-workflow: "You can add up to 100 recipients in a workflow trigger." */
const mostRecipients = 100;
/** Of one channel; the SDK's src/request_json/workflow_trigger.json. */
const mostValues = 10;

const wrongRecipient =
	'A recipient is a distinct ID, an object with "distinct_id" or with "object_type" and "id", or {"is_transient": true} with a channel';
const wrongActor =
	'The actor is a distinct ID, or an object with "distinct_id" or "is_transient" and further properties';

/** Not a union: its message would not say what is wrong with the form that was meant. */
const recipientSchema = z.unknown().superRefine((recipient, context) => {
	if (!isObject(recipient)) return refuse(context, distinctIdSchema, recipient, wrongRecipient);
	if (!isSomebody(recipient)) context.addIssue({ code: 'custom', message: wrongRecipient });
	checkDetails(recipient, context);
});

export const recipientsSchema = z
	.array(recipientSchema, 'Recipients are a list, e.g. ["user-42"]')
	.min(1, 'The workflow needs at least one recipient')
	.max(mostRecipients, `A workflow takes at most ${mostRecipients} recipients`);

/** Who did it, for templates that say so. */
export const actorSchema = z.unknown().superRefine((actor, context) => {
	if (!isObject(actor)) return refuse(context, distinctIdSchema, actor, wrongActor);
	if (text(actor.distinct_id) === undefined && actor.is_transient !== true) {
		context.addIssue({ code: 'custom', message: wrongActor });
	}
	checkDetails(actor, context);
});

/** Whom an event is about. With channels, they need not be known to SuprSend: it makes or updates the profile. */
export function recipientOf(event: CanonicalEvent, phoneChannels: unknown): unknown {
	const distinct_id = event.userId ?? event.anonymousId;
	const { channels } = profileOfTraits(personTraits(event), phoneChannels);
	return Object.keys(channels).length === 0 ? distinct_id : { distinct_id, ...channels };
}

/** Whom a request is about, for those that go out one after the other. */
export function labelOf(recipient: unknown): string {
	if (!isObject(recipient)) return String(recipient);
	const { distinct_id, object_type, id } = recipient;
	return text(distinct_id) ?? JSON.stringify([object_type, id]);
}

function isSomebody(recipient: Record<string, unknown>): boolean {
	const { distinct_id, object_type, id, is_transient } = recipient;
	if (is_transient === true) return channelNames.some((name) => isGiven(recipient[name]));
	return text(distinct_id) !== undefined || (text(object_type) !== undefined && text(id) !== undefined);
}

/** Properties are free; channels and what else SuprSend has names for are not. */
function checkDetails(person: Record<string, unknown>, context: z.RefinementCtx): void {
	for (const [name, value] of Object.entries(person)) {
		if (isChannelName(name)) {
			const values = asList(value);
			for (const each of values) refuse(context, recipientChannelSchemas[name], each, undefined, name);
			if (values.length > mostValues) {
				const message = `A recipient can have at most ${mostValues} values of a channel`;
				context.addIssue({ code: 'custom', path: [name], message });
			}
		} else if (isOwnProperty(name)) {
			refuse(context, ownProperties[name], value, undefined, name);
		}
	}
}

/** Adds what a schema has against a value; `instead` takes the place of its own words. */
function refuse(
	context: z.RefinementCtx,
	schema: z.ZodType,
	value: unknown,
	instead?: string,
	...path: string[]
): void {
	for (const { message } of schema.safeParse(value).error?.issues ?? []) {
		// Zod writes into the path that it is given.
		context.addIssue({ code: 'custom', path: [...path], message: instead ?? message });
	}
}

function isOwnProperty(name: string): name is keyof typeof ownProperties {
	return Object.hasOwn(ownProperties, name);
}
