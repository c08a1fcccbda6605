/** Simon Data's base URLs, https://docs.simondata.com/reference/event-ingestion-api. */
export const environments = {
	production: 'https://simonsignal.com',
	staging: 'https://staging.simonsignal.com',
} as const;

/** The base URL of the Audience API. An environment with an address of its own has it there. */
export function audienceUrl(environment: unknown): string | undefined {
	return environmentUrl(environment) === undefined ? undefined : 'https://api.simondata.com';
}

/** Whether a request is for the Audience API, which has its keys in a header. */
export function isForAudience(path: string): boolean {
	return path.includes('/audience/');
}

/** The base URL of a credential's environment; undefined when the credential has its own. */
export function environmentUrl(environment: unknown): string | undefined {
	return environment === 'production' || environment === 'staging' ? environments[environment] : undefined;
}
