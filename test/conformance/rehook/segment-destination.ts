import type { IDataObject } from 'n8n-workflow';
import { requireClient } from '../../host/clients';

/** The parts of @segment/action-destinations and @segment/actions-core that the tests use. */

type Request = (url: string, options: unknown) => Promise<unknown>;

interface Action {
	defaultSubscription: string;
	fields: Record<string, { default?: unknown }>;
	perform(request: Request, data: unknown): Promise<unknown>;
}

interface Definition {
	actions: Record<string, Action>;
}

interface RunningDestination {
	onEvent(event: IDataObject, settings: object): Promise<unknown>;
}

interface ActionsCore {
	Destination: new (definition: Definition) => RunningDestination;
}

const realAddress = 'https://api.rehook.ai';

/**
 * Loads Segment's own destination, with its suggested mappings and subscriptions, as Segment runs it. Only its requests go to
 * another address.
 * @returns a function that sends an event and throws if the destination refuses it
 */
export async function startDestination(
	url: string,
	keys: { apiKey: string; secretKey: string },
): Promise<(event: IDataObject) => Promise<unknown>> {
	const { Destination } = await requireClient<ActionsCore>('@segment/actions-core');
	const { default: definition } = await requireClient<{ default: Definition }>(
		'@segment/action-destinations/dist/destinations/rehook',
	);
	const actions = Object.entries(definition.actions);
	const subscriptions = actions.map(([name, { defaultSubscription, fields }]) => ({
		partnerAction: name,
		subscribe: defaultSubscription,
		mapping: Object.fromEntries(Object.entries(fields).map(([field, each]) => [field, each.default])),
	}));
	const destination = new Destination({
		...definition,
		actions: Object.fromEntries(actions.map(([name, action]) => [name, redirected(action, url)])),
	});
	const settings = { api_key: keys.apiKey, api_secret: keys.secretKey, subscriptions };
	return async (event) => await destination.onEvent(event, settings);
}

function redirected(action: Action, url: string): Action {
	return {
		...action,
		perform: async (request, data) =>
			await action.perform((address, options) => request(address.replace(realAddress, url), options), data),
	};
}
