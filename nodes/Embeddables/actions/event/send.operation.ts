import type { INodeProperties } from 'n8n-workflow';
import { asNamedEvent, readName, type Operation } from '../../../shared';
import {
	customEventOperation,
	customEventSchema,
	personIn,
	toCustomEvent,
	type CustomEvent,
} from '../../custom-event';
import { customEventFields, readCustomEvent } from '../../custom-event-fields';
import { identifierOf, identifierSettings } from '../../identifier';

const customEventName: INodeProperties = {
	displayName: 'Event Name',
	name: 'customEventName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. my_custom_event',
	description:
		'The name of the event. Embeddables accepts only snake_case, so Order Completed becomes order_completed.',
};

export const send: Operation<CustomEvent> = {
	...customEventOperation,
	resource: 'event',
	operation: 'send',
	action: 'Send event',
	description: "Add a custom event to a user's entry",
	record: {
		settings: identifierSettings,
		properties: [customEventName, ...customEventFields],
		schema: customEventSchema,
		idsIn: personIn,
		fromEvent(event, context) {
			const { name, properties } = asNamedEvent(event);
			const parts = {
				name: context.nameFormat(name),
				props: properties,
				timestamp: event.timestamp,
				identifierValue: identifierOf(event, context.settings),
			};
			return toCustomEvent(parts, context);
		},
		fromFields(fields, context) {
			const name = readName(fields, 'customEventName', context.nameFormat);
			return toCustomEvent({ name, ...readCustomEvent(fields, context) }, context);
		},
	},
};
