import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import type { Provider } from '../../../nodes/shared';
import { credentials, type ProviderName } from '../../sandbox';
import { providers } from './package-types';

/** A service's node and its sandbox. */
export interface ProviderUnderTest {
	provider: Provider;
	/** Name of the node type within the package. */
	node: string;
	sandboxName: ProviderName;
	/** The credential without its base URL, which is the sandbox's. */
	credential: ICredentialDataDecryptedObject;
	/** Paths of the event's name in a record as the sandbox stores it. The first one is for track events. */
	namePaths: readonly [string, ...string[]];
	/** Parameters that a node needs before it can send events. */
	settings: INodeParameters;
}

const namePaths: Record<ProviderName, ProviderUnderTest['namePaths']> = {
	relationkit: ['event.name'],
	embeddables: ['custom_event_name'],
	suprsend: ['event'],
	rehook: ['event_name'],
	simondata: ['properties.eventName', 'event'],
};

const settings: Partial<Record<ProviderName, INodeParameters>> = {
	embeddables: { embeddableId: { __rl: true, mode: 'id', value: 'flow_myexampleflow' } },
};

const choices: Partial<Record<ProviderName, ICredentialDataDecryptedObject>> = {
	suprsend: { authentication: 'workspace' },
	simondata: { environment: 'custom' },
};

/** Every service of the package, with the sandbox's keys. */
export const allProviders: ProviderUnderTest[] = providers.map((provider) => {
	const node = provider.credentialType.replace(/Api$/, '');
	const sandboxName = node.toLowerCase() as ProviderName;
	return {
		provider,
		node,
		sandboxName,
		credential: { ...credentials[sandboxName], ...choices[sandboxName] },
		namePaths: namePaths[sandboxName],
		settings: settings[sandboxName] ?? {},
	};
});
