import type { INodeProperties } from 'n8n-workflow';
import type { z } from 'zod/v4';
import {
	asSummary,
	identifyEventsOnly,
	readText,
	type CanonicalEvent,
	type MappingContext,
	type Operation,
} from '../../../shared';
import { upsertUser } from '../../endpoints';
import { distinctIdField, userPathSchema } from '../../ids';
import { withoutReserved } from '../../reserved-names';
import { channelNames } from '../../users/channels';
import {
	inBulk,
	sendInBulk,
	userEdit,
	userEditBytes,
	userEditSchema,
	type UserEdit,
} from '../../users/in-bulk';
import { ownProperties } from '../../users/locale';
import { operationsFor, operationsSchema } from '../../users/operations';
import { phoneChannels } from '../../users/phone-channels';
import { profileOfTraits, profileSchema, userAnswerSchema, type Profile } from '../../users/profile';
import { profileBody, profileFields, profileOfFields } from '../../users/profile-fields';

const properties: INodeProperties[] = [distinctIdField, ...profileFields];

const name = {
	resource: 'user',
	operation: 'identify',
	action: 'Identify user',
	description: 'Create a user, or update the user who has the same distinct ID',
};

const userSchema = profileSchema.extend({ distinct_id: userPathSchema });

/** The profile has the same rules as in a request of its own, and becomes operations after that. */
const profileEditSchema = userEditSchema.extend({
	$user_operations: profileSchema.transform(operationsFor).pipe(operationsSchema),
});

const identifyInBulk: Operation<UserEdit> = {
	...inBulk,
	...name,
	record: {
		properties,
		schema: profileEditSchema,
		idsIn: ({ distinct_id }) => ({ distinct_id }),
		maxBytes: userEditBytes,
		skips: identifyEventsOnly,
		fromEvent: (event, context) => ({
			...userEdit(context, idOf(event), Date.parse(event.timestamp)),
			$user_operations: profileOfEvent(event, context),
		}),
		fromFields: (fields, context) => ({
			...userEdit(context, readText(fields, 'distinctId'), Date.now()),
			$user_operations: profileOfFields(fields),
		}),
	},
	resend: 'safe',
};

export const identify: Operation<z.infer<typeof userSchema>> = {
	...name,
	endpoint: upsertUser,
	record: {
		properties,
		schema: userSchema,
		idsIn: ({ distinct_id }) => ({ distinct_id }),
		skips: identifyEventsOnly,
		fromEvent: (event, context) => ({ distinct_id: idOf(event), ...profileOfEvent(event, context) }),
		fromFields: (fields) => ({ distinct_id: readText(fields, 'distinctId'), ...profileOfFields(fields) }),
	},
	options: [{ property: phoneChannels }, sendInBulk(identifyInBulk)],
	request: ({ distinct_id, ...profile }) => ({ params: { distinct_id }, body: profileBody(profile) }),
	resend: 'safe',
	orderKey: ({ distinct_id }) => distinct_id,
	subject: ({ distinct_id }) => ({ userId: distinct_id }),
	result: { schema: userAnswerSchema },
};

export const identifyMany: Operation<UserEdit> = {
	...asSummary(identifyInBulk, {
		action: 'Identify many users',
		description: 'Create or update a user for every input item and return one summary',
	}),
	options: [{ property: phoneChannels }],
};

function idOf({ userId, anonymousId }: CanonicalEvent): string | null {
	return userId ?? anonymousId;
}

function profileOfEvent({ traits }: CanonicalEvent, context: MappingContext): Profile {
	const own = [...channelNames, ...Object.keys(ownProperties)];
	return profileOfTraits(withoutReserved(traits, own, context), context.options.phoneChannels);
}
