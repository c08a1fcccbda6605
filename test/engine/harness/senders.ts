import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import { credentials } from '../../sandbox/credentials';
import type { ProviderName } from '../../sandbox/providers';
import { runNode, type NodeRun, type RunOptions } from './run-node';

/** One "send events" node against the sandbox: what the tests of shared behaviour run over. */
export interface Sender {
	title: string;
	provider: ProviderName;
	node: string;
	credentialType: string;
	credential: ICredentialDataDecryptedObject;
	/** How many events a request carries at most. */
	perRequest: number;
	/** Where a request has the name of the event: the field that a fault looks at. */
	namePath: string;
	/** What the node needs set besides. */
	settings?: INodeParameters;
}

const relationKit = {
	provider: 'relationkit',
	node: 'relationKit',
	credentialType: 'relationKitApi',
	perRequest: 1,
	namePath: 'event.name',
} as const;

const suprSend = {
	provider: 'suprsend',
	node: 'suprSend',
	credentialType: 'suprSendApi',
	perRequest: 100,
	namePath: 'event',
} as const;

export const senders: Sender[] = [
	{ ...relationKit, title: 'RelationKit', credential: { ...credentials.relationkit } },
	{
		...suprSend,
		title: 'SuprSend with an API key',
		credential: { authentication: 'apiKey', apiKey: credentials.suprsend.apiKey },
	},
	{
		...suprSend,
		title: 'SuprSend with a workspace key',
		credential: {
			authentication: 'workspace',
			workspaceKey: credentials.suprsend.workspaceKey,
			workspaceSecret: credentials.suprsend.workspaceSecret,
		},
	},
	{
		provider: 'rehook',
		node: 'rehook',
		credentialType: 'rehookApi',
		perRequest: 1,
		namePath: 'event_name',
		title: 'Rehook',
		credential: { ...credentials.rehook },
	},
	{
		provider: 'simondata',
		node: 'simonData',
		credentialType: 'simonDataApi',
		perRequest: 1,
		namePath: 'properties.eventName',
		title: 'Simon Data',
		credential: { environment: 'custom', ...credentials.simondata },
	},
	{
		provider: 'embeddables',
		node: 'embeddables',
		credentialType: 'embeddablesApi',
		perRequest: 1,
		namePath: 'custom_event_name',
		title: 'Embeddables',
		credential: { ...credentials.embeddables },
		settings: {
			embeddableId: { __rl: true, mode: 'id', value: 'flow_myexampleflow' },
			identifierKey: { __rl: true, mode: 'name', value: 'user_id' },
			identifierFrom: 'userId',
		},
	},
];

type SendOptions = Partial<Omit<RunOptions, 'items' | 'parameters' | 'credentials'>> & {
	parameters?: INodeParameters;
	/** Over the sandbox's own: e.g. a wrong key. */
	credential?: ICredentialDataDecryptedObject;
};

export async function send(
	sender: Sender,
	sandbox: Sandbox,
	items: IDataObject[],
	{ parameters, credential, ...more }: SendOptions = {},
): Promise<NodeRun> {
	const data = { ...sender.credential, baseUrl: sandbox.baseUrl(sender.provider), ...credential };
	return await runNode({
		node: sender.node,
		items,
		// Names as they are, so that one test can compare them for every provider.
		parameters: {
			resource: 'event',
			operation: 'send',
			options: { eventNameFormat: 'asIs' },
			...sender.settings,
			...parameters,
		},
		credentials: { [sender.credentialType]: data },
		...more,
	});
}

/** A canonical event as the trigger emits it. */
export function event(index: number, more: IDataObject = {}): IDataObject {
	return {
		type: 'track',
		messageId: `message-${index}`,
		event: `event_${index}`,
		userId: `user-${index % 20}`,
		properties: { index },
		context: { traits: { email: `user-${index % 20}@example.com` } },
		timestamp: '2026-01-02T03:04:05.678Z',
		receivedAt: '2026-01-02T03:04:06.000Z',
		version: '1',
		...more,
	};
}

export function events(count: number): IDataObject[] {
	return Array.from({ length: count }, (_, index) => event(index));
}
