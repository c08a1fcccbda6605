import type { ProviderName } from './providers';

/** The only credentials the sandbox accepts. None of them opens anything anywhere else. */
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
	},
} as const satisfies Record<ProviderName, Record<string, string>>;

/** They say who is calling and open nothing: SuprSend's SDKs write theirs into every event, Embeddables' is in the path. */
const identifiers: readonly string[] = [
	credentials.embeddables.projectId,
	credentials.suprsend.workspaceKey,
	credentials.simondata.partnerId,
];

const { apiKey, secretKey } = credentials.rehook;

/** What must never be shown, also not as HTTP Basic writes it. */
export const secrets: readonly string[] = [
	...Object.values(credentials)
		.flatMap((fields): string[] => Object.values(fields))
		.filter((value) => !identifiers.includes(value)),
	Buffer.from(`${apiKey}:${secretKey}`).toString('base64'),
];
