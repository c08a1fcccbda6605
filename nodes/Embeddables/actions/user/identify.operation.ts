import type { INodeProperties } from 'n8n-workflow';
import { identifyEventsOnly, readName, type Operation } from '../../../shared';
import {
	customEventOperation,
	customEventSchema,
	personIn,
	toCustomEvent,
	type CustomEvent,
} from '../../custom-event';
import { customEventFields, readCustomEvent } from '../../custom-event-fields';
import { identifierOf, identifierSettings } from '../../identifier';

/** No documented request creates or changes a user, so the traits are sent as an event's props. */
const settings: INodeProperties[] = [
	{
		displayName:
			'Embeddables doesn’t document how to create or change users. Identify sends a custom event with the traits of a user who has already filled in the embeddable, and doesn’t change the User Data.',
		name: 'identifyNotice',
		type: 'notice',
		default: '',
	},
	...identifierSettings,
	{
		displayName: 'Event Name',
		name: 'customEventName',
		type: 'string',
		required: true,
		default: 'user_identified',
		placeholder: 'e.g. user_identified',
		description: 'The name of the event to send, which the node converts to snake_case',
	},
];

export const identify: Operation<CustomEvent> = {
	...customEventOperation,
	resource: 'user',
	operation: 'identify',
	action: 'Identify user',
	description: "Add a custom event with a user's traits to the user's entry",
	record: {
		settings,
		properties: customEventFields,
		schema: customEventSchema,
		idsIn: personIn,
		skips: identifyEventsOnly,
		fromEvent(event, context) {
			const parts = {
				name: readName(context.settings, 'customEventName', context.nameFormat),
				props: event.traits,
				timestamp: event.timestamp,
				identifierValue: identifierOf(event, context.settings),
			};
			return toCustomEvent(parts, context);
		},
		fromFields(fields, context) {
			const name = readName(context.settings, 'customEventName', context.nameFormat);
			return toCustomEvent({ name, ...readCustomEvent(fields, context) }, context);
		},
	},
};
