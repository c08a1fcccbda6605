/** Simon Data's base URLs, https://docs.simondata.com/reference/event-ingestion-api. */
export const environments = {
	production: 'https://simonsignal.com',
	staging: 'https://staging.simonsignal.com',
} as const;

/** The base URL of a credential's environment; undefined when the credential has its own. */
export function environmentUrl(environment: unknown): string | undefined {
	return environment === 'production' || environment === 'staging' ? environments[environment] : undefined;
}
