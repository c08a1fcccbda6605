import { jsonParse } from 'n8n-workflow';
import { z } from 'zod/v4';
import {
	field,
	ifUsable,
	nameFormats,
	readText,
	textual,
	type MappingContext,
	type Operation,
} from '../shared';
import { createEvent } from './endpoints';
import { unescaped } from './identifier';

const noEmbeddable = "Choose the embeddable in 'Embeddable', or enter its ID";
const noName = 'The event needs a name';
const noKey = "Fill in 'Identifier Key', such as email";
const noValue =
	"Fill in 'Identifier Value' with text or a number. With Map Automatically, set 'Identifier Value From' to the part of the event that contains what the user entered for the 'Identifier Key'. 'Identifier Field' must be a path such as traits.phone, not an expression";

/** Escapes a value as JSON text, exactly once; see the guide's "Watch out for this". */
const jsonText = (value: unknown) => JSON.stringify(value);

/** The props. A newer version of the guide recommends an object of numbers and one of texts within them. */
const propsSchema = z
	.looseObject(
		{
			payload_metrics: ifUsable(
				z.record(
					z.string(),
					ifUsable(field.numeric('A payload metric must be a number, e.g. 49.9')),
					'Payload metrics must be an object with numbers, e.g. {"revenue": 49.9}',
				),
			),
			payload_dimensions: ifUsable(
				z.record(
					z.string(),
					ifUsable(textual(z.string('A payload dimension must be text, e.g. USD'))),
					'Payload dimensions must be an object with text values, e.g. {"currency": "USD"}',
				),
			),
		},
		'The custom event props must be an object, e.g. {"plan": "pro"}',
	)
	.transform(jsonText);

const identifierSchema = z.object({
	key: z.string(noKey),
	// Larger numbers were rounded.
	value: z
		.union([z.string().min(1), z.number().max(Number.MAX_SAFE_INTEGER).min(Number.MIN_SAFE_INTEGER)], noValue)
		.transform(jsonText),
});

/**
 * Rules: https://docs.embeddables.com/api-reference/events/create-event and
 * https://docs.embeddables.com/how-to/send-data-to-embeddables. The props are always sent, because one page calls
 * them required and the other optional.
 */
export const customEventSchema = z.object({
	/** Part of the URL. */
	project_id: z.string(),
	embeddable_id: z.string(noEmbeddable),
	timestamp: z.string(),
	custom_event_name: z
		.string(noName)
		.trim()
		.min(1, noName)
		.refine(isSnakeCase, { error: ({ input }) => notSnakeCase(String(input)) }),
	custom_event_props: propsSchema,
	identifiers: z.tuple([identifierSchema]),
});

export type CustomEvent = z.infer<typeof customEventSchema>;

/** Whether the option Snake Case would leave the name unchanged. */
function isSnakeCase(name: string): boolean {
	return /[\p{L}\p{N}]/u.test(name) && nameFormats.snakeCase(name) === name;
}

function notSnakeCase(name: string): string {
	const better = nameFormats.snakeCase(name);
	const advice = isSnakeCase(better)
		? `write ${better} instead of ${name}, or set the option 'Event Name Format' to 'Snake Case'`
		: 'use letters and digits, with underscores between words';
	return `Embeddables accepts only snake_case names: ${advice}`;
}

/** The documented response with status 200. */
const answerSchema = z.object({
	entry_id: z.string(),
	contact_id: z.string(),
	project_id: z.string(),
	group_id: z.string(),
	embeddable_id: z.string(),
	embeddable_version_number: z.number().int().optional(),
	timestamp: z.string(),
	event_type: z.string(),
	page_id: z.string().optional(),
	page_key: z.string().optional(),
	page_index: z.number().int().optional(),
	max_page_id: z.string().optional(),
	max_page_key: z.string().optional(),
	max_page_index: z.number().int().optional(),
	total_pages: z.number().int().nullable().optional(),
	view_type: z.string().optional(),
	custom_event_name: z.string().nullable().optional(),
	custom_event_props: z.string().nullable().optional(),
});

/** What all operations that send a custom event have in common. */
export const customEventOperation = {
	endpoint: createEvent,
	request: ({ project_id: projectId, ...event }) => ({
		params: { projectId },
		body: JSON.stringify(event),
	}),
	// There is no idempotency key, and no ID that the sender chooses.
	resend: 'ifAsked',
	orderKey: ({ identifiers: [{ value }] }) => value,
	subject: ({ custom_event_name, identifiers: [{ value }] }) => ({
		userId: String(jsonParse(value)),
		event: custom_event_name,
	}),
	result: { schema: answerSchema },
} satisfies Partial<Operation<CustomEvent>>;

/** The identifier, which the record has as a JSON string. */
export function personIn({ identifiers: [{ value }] }: CustomEvent) {
	return { 'identifiers.0.value': jsonParse(value) };
}

export interface CustomEventParts {
	/** In the format that the user chose. */
	name: unknown;
	props: unknown;
	/** ISO 8601. */
	timestamp: string;
	identifierValue: unknown;
}

export function toCustomEvent(
	{ name, props, timestamp, identifierValue }: CustomEventParts,
	{ account, settings, warn }: MappingContext,
) {
	const value = unescaped(identifierValue);
	const wasEscaped = typeof identifierValue === 'string' && value !== identifierValue.trim();
	if (wasEscaped) warn(escapedAlready);
	return {
		project_id: account.projectId,
		embeddable_id: readText(settings, 'embeddableId'),
		timestamp,
		custom_event_name: name,
		custom_event_props: props,
		identifiers: [{ key: readText(settings, 'identifierKey'), value }],
	};
}

const escapedAlready = {
	path: 'identifiers.0.value',
	code: 'already_escaped',
	message: "The identifier was already a JSON string, so the node didn't escape it again.",
};
