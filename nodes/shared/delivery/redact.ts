/** What is shown in place of a secret. */
export const masked = '•••';

/** Replaces every occurrence of a secret in a text. */
export function redact(text: string, secrets: readonly string[]): string {
	// The longest first: one secret may begin like another.
	const ordered = secrets.filter((secret) => secret !== '').sort((a, b) => b.length - a.length);
	return ordered.reduce((shown, secret) => shown.replaceAll(secret, masked), text);
}
