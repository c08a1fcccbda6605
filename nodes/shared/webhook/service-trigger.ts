import {
	NodeOperationError,
	type IHookFunctions,
	type INodeProperties,
	type IWebhookDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	type TriggerPanelDefinition,
} from 'n8n-workflow';
import type { Paths } from '../formats';
import { authenticationFields } from './authentication-fields';
import { eventFilter } from './event-filter';
import {
	checkNumbers,
	duplicatesOption,
	ipAllowListOption,
	limitOptions,
	outputOption,
	readSharedOptions,
} from './option-fields';
import { defaultTriggerOptions, type TriggerOptions } from './options';
import { receive } from './receive';
import { baseUrl, setupUrls } from './urls';

/** What the triggers for the webhooks of a single service share. */

export const serviceWebhooks: IWebhookDescription[] = [baseUrl, ...setupUrls];

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [duplicatesOption, ipAllowListOption, ...limitOptions, outputOption],
};

/**
 * The form of such a trigger: what to do in the service, how it proves who it is, then the fields for its events.
 * @param setUp sentences
 */
export function serviceTriggerFields(setUp: string, eventFields: INodeProperties[]): INodeProperties[] {
	const notice: INodeProperties = {
		displayName: setUp,
		name: 'setUpNotice',
		type: 'notice',
		default: '',
	};
	return [notice, ...authenticationFields, ...eventFields, options];
}

/** The panel that explains how to receive a test event. */
export function serviceTriggerPanel(service: string): TriggerPanelDefinition {
	const building = `<b>While building your workflow</b>, open Webhook URLs and copy the test URL. Enter the URL in ${service}, as described in the form. Then click the button and have ${service} send an event. The event appears here.<br /><br />`;
	return {
		header: 'Receive a test event',
		executionsHelp: {
			inactive: `${building}<b>When your workflow is ready</b>, publish it and use the production URL instead.`,
			active: `${building}<b>Your published workflow</b> also runs when an event arrives at the production URL. These executions appear in the executions list, not here.`,
		},
		activationHint:
			'Publish the workflow to receive events at the production URL without clicking this button.',
	};
}

/** What AI assistants should know before they choose such a trigger. */
export function serviceTriggerHint(service: string): string {
	return `n8n does not register this webhook: the user adds the production URL in ${service} and creates a credential with the same header or password. The Events output contains customer events, so the nodes connected to it can use Mapping Mode "Map Automatically". The Rejected output contains events that were not accepted, with the reason.`;
}

/** The service's format, and the paths of formats without fixed fields. */
interface ServiceFormat {
	format: string;
	paths?: Paths;
	/** The largest request that the service sends, in bytes. */
	mostBytes?: number;
}

/** Handles one request of the service. Emits the events whose names are chosen in "Events"; all if none is. */
export async function receiveFromService(
	context: IWebhookFunctions,
	{ format, paths = {}, mostBytes }: ServiceFormat,
): Promise<IWebhookResponseData> {
	return await receive(context, readOptions(context, mostBytes), { format, paths });
}

/** Checks the settings, so that a mistake shows before the first request. */
export function checkServiceTrigger(context: IHookFunctions): void {
	try {
		checkNumbers(givenOptions(context), options);
		readOptions(context);
	} catch (error) {
		throw new NodeOperationError(context.getNode(), error as Error, {
			description: "Correct the trigger's options, then publish the workflow again.",
		});
	}
}

function givenOptions(context: IWebhookFunctions | IHookFunctions): Record<string, unknown> {
	return context.getNodeParameter('options', {}) as Record<string, unknown>;
}

function readOptions(context: IWebhookFunctions | IHookFunctions, mostBytes?: number): TriggerOptions {
	const names = context.getNodeParameter('events', []) as unknown;
	return {
		...defaultTriggerOptions,
		...readSharedOptions(givenOptions(context), mostBytes),
		filter: eventFilter([], Array.isArray(names) ? names.map(String) : []),
	};
}
