import type { IWebhookFunctions } from 'n8n-workflow';
import type { WebhookCredential } from './credential';

/** How long a credential counts as known, in milliseconds. A key that was removed still works until then. */
const knownForMs = 5_000;

interface Known {
	credential: WebhookCredential;
	/** Epoch milliseconds. */
	readAt: number;
}

/** The credentials that triggers have just read, by trigger and credential. */
const known = new Map<string, Known>();

/** Returns the credential if it was read in the last seconds: reading it costs n8n more than all the rest of a request. */
export function knownCredential(context: IWebhookFunctions): WebhookCredential | undefined {
	// People change the credential while they try out a workflow.
	if (context.getMode() === 'manual') return undefined;
	const { credential, readAt } = known.get(keyOf(context)) ?? {};
	return readAt === undefined || hasExpired(readAt) ? undefined : credential;
}

export async function readCredential(context: IWebhookFunctions): Promise<WebhookCredential> {
	const credential = await context.getCredentials<WebhookCredential>('customerEventsWebhookApi');
	for (const [key, { readAt }] of known) if (hasExpired(readAt)) known.delete(key);
	known.set(keyOf(context), { credential, readAt: Date.now() });
	return credential;
}

function keyOf(context: IWebhookFunctions): string {
	const { id, credentials } = context.getNode();
	return JSON.stringify([context.getWorkflow().id, id, credentials?.customerEventsWebhookApi?.id]);
}

function hasExpired(readAt: number): boolean {
	const age = Date.now() - readAt;
	return age < 0 || age > knownForMs;
}
