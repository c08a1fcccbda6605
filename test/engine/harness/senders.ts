import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import type { ProviderName } from '../../sandbox/providers';
import { allProviders } from './providers-under-test';
import { runNode, type NodeRun, type RunOptions } from './run-node';

/** A node that sends events to the sandbox. Tests of shared behavior run for each of these. */
export interface Sender {
	title: string;
	provider: ProviderName;
	node: string;
	credentialType: string;
	credential: ICredentialDataDecryptedObject;
	/** The most events in a request. */
	perRequest: number;
	/** Path of the event's name in a request, which faults compare. */
	namePath: string;
	/** Other parameters that the node needs. */
	settings: INodeParameters;
}

function senderFor(sandboxName: ProviderName, choices: object = {}, title?: string): Sender {
	const under = allProviders.find((each) => each.sandboxName === sandboxName);
	const operation = under?.provider.operations.find((each) => each.operation === 'send');
	if (under === undefined || operation === undefined) throw new Error(`${sandboxName} sends no events`);
	const { provider, node, credential, settings, namePaths } = under;
	return {
		title: title ?? provider.displayName,
		provider: sandboxName,
		node,
		credentialType: provider.credentialType,
		credential: { ...credential, ...choices },
		perRequest: operation.bulk?.maxRecords ?? 1,
		namePath: namePaths[0],
		settings,
	};
}

/** Tests pick some by their position, so add new ones at the end. */
export const senders: Sender[] = [
	senderFor('relationkit'),
	senderFor('suprsend', { authentication: 'apiKey' }, 'SuprSend with an API key'),
	senderFor('suprsend', { authentication: 'workspace' }, 'SuprSend with a workspace key'),
	senderFor('rehook'),
	senderFor('simondata'),
	senderFor('embeddables'),
];

type SendOptions = Partial<Omit<RunOptions, 'items' | 'parameters' | 'credentials'>> & {
	parameters?: INodeParameters;
	/** Values with priority over the sandbox's: e.g. a wrong key. */
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
		// Names stay as they are, so that one test can compare them for every service.
		parameters: {
			resource: 'event',
			operation: 'send',
			mappingMode: 'canonicalEvent',
			options: { eventNameFormat: 'asIs' },
			...sender.settings,
			...parameters,
		},
		credentials: { [sender.credentialType]: data },
		...more,
	});
}

/** Returns a canonical event as the trigger emits it. */
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
