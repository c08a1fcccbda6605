/** The `Authorization` header: HTTP Basic, with the API key as the user (https://docs.rehook.ai/reference/trigger-event). */
export function basicAuthorization(apiKey: string, secretKey: string): string {
	return `Basic ${encodedKeys(apiKey, secretKey)}`;
}

/** The keys as the header holds them, which are secret, too. */
export function encodedKeys(apiKey: string, secretKey: string): string {
	return Buffer.from(`${apiKey}:${secretKey}`).toString('base64');
}
