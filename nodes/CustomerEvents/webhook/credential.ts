import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import {
	defaultToleranceSeconds,
	findFault,
	hmacPresets,
	type HmacFormat,
	type HmacPreset,
	type Verification,
} from '../../shared/signatures';
import { splitList } from '../split-list';

/** As n8n keeps it. A field of another scheme than the chosen one may be missing. */
export type WebhookCredential = {
	scheme: 'writeKey' | 'standardWebhooks' | 'segment' | HmacPreset | 'customHmac' | 'header' | 'basicAuth';
	/** One or more keys, separated by commas; likewise the other secrets. */
	writeKeySecret: string;
	signingSecret?: string;
	toleranceSeconds?: number;
	signatureHeader?: string;
	signaturePrefix?: string;
	hmacAlgorithm?: string;
	hmacEncoding?: string;
	signedTemplate?: string;
	timestampHeader?: string;
	timestampPrefix?: string;
	idHeader?: string;
	headerName?: string;
	headerValueSecret?: string;
	basicUser?: string;
	basicPassword?: string;
};

type CredentialData = Readonly<Partial<Record<keyof WebhookCredential, unknown>>>;

/** What the trigger asks of a request. A credential with gaps gives a verification that nothing passes. */
export function toVerification(credential: CredentialData): Verification {
	const scheme = text(credential.scheme);
	const secrets = splitList(text(credential.signingSecret));
	const toleranceSeconds = Number(credential.toleranceSeconds) || defaultToleranceSeconds;
	if (isPreset(scheme)) return { scheme: 'hmac', format: hmacPresets[scheme], secrets, toleranceSeconds };
	switch (scheme) {
		case 'standardWebhooks':
			return { scheme: 'standard-webhooks', secrets, toleranceSeconds };
		case 'segment':
			return { scheme: 'segment', secrets };
		case 'customHmac':
			return { scheme: 'hmac', format: customFormat(credential), secrets, toleranceSeconds };
		case 'header':
			return {
				scheme: 'header',
				name: text(credential.headerName),
				values: splitList(text(credential.headerValueSecret)),
			};
		case 'basicAuth':
			return {
				scheme: 'basic',
				user: text(credential.basicUser),
				passwords: splitList(text(credential.basicPassword)),
			};
		// n8n may leave out what was never changed.
		case '':
		case 'writeKey':
			return { scheme: 'write-key', writeKeys: splitList(text(credential.writeKeySecret)) };
		default:
			// A scheme of a newer version: nothing passes, least of all with a key that was left over.
			return { scheme: 'write-key', writeKeys: [] };
	}
}

/** No service stands behind this credential, so the test is whether its secrets are fit to protect a URL. */
export async function webhookCredentialTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	const verification = toVerification(credential.data ?? {});
	const fault = findFault(verification);
	if (fault !== undefined) return { status: 'Error', message: fault };
	return {
		status: 'OK',
		message:
			verification.scheme === 'write-key'
				? 'Give this write key to your senders'
				: 'Well-formed. Whether your sender uses the same shows when it sends.',
	};
}

function customFormat(credential: CredentialData): HmacFormat {
	const algorithm = text(credential.hmacAlgorithm);
	return {
		name: 'hmac',
		algorithm: algorithm === 'sha1' || algorithm === 'sha512' ? algorithm : 'sha256',
		encoding: text(credential.hmacEncoding) === 'base64' ? 'base64' : 'hex',
		signatureHeader: text(credential.signatureHeader),
		signaturePrefix: text(credential.signaturePrefix),
		template: text(credential.signedTemplate),
		idHeader: text(credential.idHeader),
		timestampHeader: text(credential.timestampHeader),
		timestampPrefix: text(credential.timestampPrefix),
	};
}

function isPreset(scheme: string): scheme is HmacPreset {
	return Object.hasOwn(hmacPresets, scheme);
}

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
