import type { ProviderName } from './providers';

/** The only credentials the sandbox accepts. None of them opens anything anywhere else. */
export const credentials = {
	relationkit: {
		apiToken: 'sandbox-relationkit-token-not-real',
	},
	suprsend: {
		apiKey: 'sandbox-suprsend-api-key-not-real',
		workspaceKey: 'sandbox-workspace-key-not-real',
		workspaceSecret: 'sandbox-workspace-secret-not-real',
	},
} as const satisfies Record<ProviderName, Record<string, string>>;

/** What must never be shown. A workspace key is no secret: SuprSend's SDKs write it into every event as `env`. */
export const secrets: readonly string[] = Object.values(credentials)
	.flatMap((fields): string[] => Object.values(fields))
	.filter((value) => value !== credentials.suprsend.workspaceKey);
