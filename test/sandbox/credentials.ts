import type { ProviderName } from './providers';

/** The only credentials that the sandbox accepts. They are made up. */
export const credentials = {
	relationkit: {
		apiToken: 'sandbox-relationkit-token-not-real',
	},
	embeddables: {
		apiKey: 'rk_sandbox_embeddables_key-not-real',
		projectId: 'pr_sandbox_project-not-real',
	},
	suprsend: {
		apiKey: 'sandbox-suprsend-api-key-not-real',
		workspaceKey: 'sandbox-workspace-key-not-real',
		workspaceSecret: 'sandbox-workspace-secret-not-real',
	},
	rehook: {
		apiKey: 'sandbox-rehook-api-key-not-real',
		secretKey: 'sandbox-rehook-secret-key-not-real',
	},
	simondata: {
		partnerId: 'sandbox-simon-partner-not-real',
		partnerSecret: 'sandbox-simon-secret-not-real',
		audienceToken: 'sandbox-simon-audience-token-not-real',
	},
} as const satisfies Record<ProviderName, Record<string, string>>;

/** Public identifiers: SuprSend's SDKs put theirs in every event, and Embeddables' is in the path. */
const identifiers: readonly string[] = [
	credentials.embeddables.projectId,
	credentials.suprsend.workspaceKey,
	credentials.simondata.partnerId,
];

const { apiKey, secretKey } = credentials.rehook;

/** Texts that must never be shown: keys, also as HTTP Basic encodes them. */
export const secrets: readonly string[] = [
	...Object.values(credentials)
		.flatMap((fields): string[] => Object.values(fields))
		.filter((value) => !identifiers.includes(value)),
	Buffer.from(`${apiKey}:${secretKey}`).toString('base64'),
];
