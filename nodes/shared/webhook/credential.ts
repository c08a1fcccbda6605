import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import {
	checkVerification,
	defaultToleranceSeconds,
	type HmacFormat,
	type Verification,
} from '../signatures';
import { positiveNumber, splitList, trimmedText } from '../settings';
import { senderVerification } from './sender-schemes';

/** The credential as n8n stores it. Fields of other schemes can be missing. */
export type WebhookCredential = {
	/** `writeKey`, `standardWebhooks`, `segment`, `customHmac`, `header`, `basicAuth`, or that of a known sender. */
	scheme: string;
	/** One or more keys, separated by commas. So are the other secrets. */
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

/** Reads how senders prove who they are. An incomplete credential gives a verification that refuses every request. */
export function toVerification(credential: CredentialData): Verification {
	const scheme = trimmedText(credential.scheme);
	const secrets = splitList(credential.signingSecret);
	const toleranceSeconds = positiveNumber(credential.toleranceSeconds) ?? defaultToleranceSeconds;
	const ofSender = senderVerification(scheme, secrets, toleranceSeconds);
	if (ofSender !== undefined) return ofSender;
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
				name: trimmedText(credential.headerName),
				values: splitList(credential.headerValueSecret),
			};
		case 'basicAuth':
			return {
				scheme: 'basic',
				user: trimmedText(credential.basicUser),
				passwords: splitList(credential.basicPassword),
			};
		// n8n may not store a field that the user never changed.
		case '':
		case 'writeKey':
			return { scheme: 'write-key', writeKeys: splitList(credential.writeKeySecret) };
		default:
			// A scheme of a newer version: refuses every request, even with a key that is still stored.
			return { scheme: 'write-key', writeKeys: [] };
	}
}

/** Tests whether the secrets can protect a URL. There is no service to connect to. */
export async function webhookCredentialTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	const verification = toVerification(credential.data ?? {});
	const problem = checkVerification(verification);
	if (problem !== undefined) return { status: 'Error', message: problem };
	return {
		status: 'OK',
		message:
			verification.scheme === 'write-key'
				? 'Use this write key in your SDKs'
				: 'The credential is complete. Send a test event to check that your sender uses the same secret.',
	};
}

function customFormat(credential: CredentialData): HmacFormat {
	const algorithm = trimmedText(credential.hmacAlgorithm);
	return {
		name: 'hmac',
		algorithm: algorithm === 'sha1' || algorithm === 'sha512' ? algorithm : 'sha256',
		encoding: trimmedText(credential.hmacEncoding) === 'base64' ? 'base64' : 'hex',
		signatureHeader: trimmedText(credential.signatureHeader),
		signaturePrefix: trimmedText(credential.signaturePrefix),
		template: trimmedText(credential.signedTemplate),
		idHeader: trimmedText(credential.idHeader),
		timestampHeader: trimmedText(credential.timestampHeader),
		timestampPrefix: trimmedText(credential.timestampPrefix),
	};
}
