/**
 * Simon Data's addresses for events, https://docs.simondata.com/reference/event-ingestion-api. A third one, for
 * development, is for credentials with an address of their own.
 */
export const environments = {
	production: 'https://simonsignal.com',
	staging: 'https://staging.simonsignal.com',
} as const;

/** The address of a credential's environment; undefined where the credential brings its own. */
export function addressOf(environment: unknown): string | undefined {
	return environment === 'production' || environment === 'staging' ? environments[environment] : undefined;
}
