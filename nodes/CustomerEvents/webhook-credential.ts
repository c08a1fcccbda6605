import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

export interface WebhookCredential {
	scheme: 'writeKey';
	/** One or more keys, separated by commas. */
	writeKeySecret: string;
}

/** Shorter keys can be guessed. */
const shortestKey = 16;

export function splitKeys(keys: string): string[] {
	return keys
		.split(',')
		.map((key) => key.trim())
		.filter((key) => key !== '');
}

/** No service stands behind this credential, so the test is whether its keys are fit to protect a URL. */
export async function webhookCredentialTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	const keys = splitKeys(String(credential.data?.writeKeySecret ?? ''));
	if (keys.length === 0) return { status: 'Error', message: 'Enter a write key' };
	if (keys.some((key) => key.length < shortestKey)) {
		return {
			status: 'Error',
			message: `Use a write key of at least ${shortestKey} characters: shorter ones can be guessed`,
		};
	}
	return { status: 'OK', message: 'Give this write key to your senders' };
}
