import { isEmpty, isUndefined, omitBy } from 'lodash';
import { z } from 'zod/v4';
import { checkPart, isObject } from '../../shared';
import { freeNames } from '../reserved-names';
import { channelSchemas, isChannelName } from './channels';
import { ownProperties } from './locale';
import type { CheckedProfile } from './profile';

const channelsAreAppended = "Channels can't be set: add them with $append and remove them with $remove";
const noChannels = Object.fromEntries(
	Object.keys(channelSchemas).map((name) => [name, z.never(channelsAreAppended)]),
);
const named = { '': z.never('Enter the name of the property') };
/** Rejects undefined values, from expressions that find nothing: JSON drops them, and the edit would do nothing. */
const filledIn = (what: string, own: Record<string, z.ZodType>) =>
	freeNames(what, { ...named, ...own }).refine(
		(values) => !Object.values(values).includes(undefined),
		'Enter a value for the property',
	);
const setSchema = filledIn('$set and $set_once', { ...noChannels, ...ownProperties });

/** One value of a channel, or a list of them. */
const oneOrList = (schema: z.ZodType) => {
	const list = z.array(schema);
	return z
		.unknown()
		.transform((value, context) => checkPart(context, Array.isArray(value) ? list : schema, value));
};

/** Names next to a push token that say which provider or app it belongs to. */
const qualifiers = { $id_provider: z.string().nullable(), $bundle_id: z.string() };
const listSchema = filledIn('$append and $remove', {
	...Object.fromEntries(Object.entries(channelSchemas).map(([name, schema]) => [name, oneOrList(schema)])),
	...qualifiers,
});

const noOperation = 'A change must be an object with $set, $set_once, $append, $remove, $unset or $add';
const amounts = '$add requires numbers, e.g. {"login_count": 1}';
const names = '$unset must be a list of names, e.g. ["plan", "$sms"]';

/**
 * One operation on a user (docs.suprsend.com/docs/node-create-user-profile and src/user_edit.js of the SDK). The
 * REST reference says `$increment` instead of `$add`; all of SuprSend's SDKs send `$add`.
 */
const operationSchema = z.preprocess(
	(operation) => (isObject(operation) ? withAdd(operation) : operation),
	z
		.strictObject(
			{
				$set: setSchema.optional(),
				$set_once: setSchema.optional(),
				$append: listSchema.optional(),
				$remove: listSchema.optional(),
				$unset: z.array(z.string(names).trim().min(1, names), names).optional(),
				$add: freeNames('$add', named)
					.pipe(z.record(z.string(), z.number(amounts)))
					.optional(),
			},
			noOperation,
		)
		.refine((operation) => Object.keys(operation).length > 0, noOperation),
);

const nothingToDo = "There is nothing to change: add a property, a channel or an entry under 'Changes'";
export const operationsSchema = z
	.array(operationSchema, 'Changes must be a list, e.g. [{"$set": {"plan": "pro"}}]')
	.min(1, nothingToDo);

type UserOperation = z.infer<typeof operationSchema>;

/** The operations that apply a profile to a user. As in the SDKs, each value of a channel is added separately. */
export function operationsFor({ properties, channels, ...own }: CheckedProfile): unknown[] {
	const set = omitBy({ ...properties, ...own }, isUndefined);
	return [
		...(isEmpty(set) ? [] : [{ $set: set }]),
		...Object.entries(channels).flatMap(([name, values]) =>
			(values ?? []).map((value) => ({ $append: { [name]: value } })),
		),
	];
}

/**
 * Whether repeating the operations changes the user again. Appending to a channel doesn't, because a channel holds
 * each value once.
 */
export function addUp(operations: readonly UserOperation[]): boolean {
	return operations.some(
		({ $add, $append = {} }) =>
			$add !== undefined ||
			Object.keys($append).some((name) => !isChannelName(name) && !Object.hasOwn(qualifiers, name)),
	);
}

function withAdd({ $increment, ...operation }: Record<string, unknown>): Record<string, unknown> {
	if ($increment === undefined) return operation;
	const { $add } = operation;
	return {
		...operation,
		$add: isObject($add) && isObject($increment) ? { ...$add, ...$increment } : $increment,
	};
}
