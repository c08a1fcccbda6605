import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { notAccepted } from '../checked';
import { remember } from '../remember';
import { headerText, type SenderRequest } from './request';
import { matchResult, missingHeader, noUsableSecret, type SenderCheck } from './sender-check';
import { checkTime } from './timestamp';

/** How a sender signs its requests with a private key, over the time and the body, with SHA-256 and ECDSA. */
export interface EcdsaFormat {
	/** For `_meta.verified` in the events. */
	name: string;
	signatureHeader: string;
	timestampHeader: string;
}

export interface EcdsaVerification {
	scheme: 'ecdsa';
	format: EcdsaFormat;
	/** Public keys in base64, with or without the first and the last line of PEM. */
	secrets: readonly string[];
	toleranceSeconds: number;
}

export function verifyEcdsa(
	{ headers, rawBody, now }: SenderRequest,
	{ format, secrets, toleranceSeconds }: EcdsaVerification,
): SenderCheck {
	const signature = headerText(headers, format.signatureHeader);
	const timestamp = headerText(headers, format.timestampHeader);
	if (signature === '') return missingHeader(format.signatureHeader);
	if (timestamp === '') return missingHeader(format.timestampHeader);
	const timeRefusal = checkTime(timestamp, now, toleranceSeconds);
	if (timeRefusal !== undefined) return notAccepted(timeRefusal);

	const keys = secrets.map(readPublicKey).filter((key) => key !== null);
	if (keys.length === 0) return noUsableSecret();
	const signed = Buffer.concat([Buffer.from(timestamp), rawBody]);
	const bytes = Buffer.from(signature, 'base64');
	return matchResult(
		keys.some((key) => verify('sha256', signed, key, bytes)),
		format.name,
	);
}

/** Returns null for text that isn't a public key for ECDSA. */
export const readPublicKey = remember(1000, (text: string): KeyObject | null => {
	try {
		const key = createPublicKey({
			key: Buffer.from(withoutPemLines(text), 'base64'),
			format: 'der',
			type: 'spki',
		});
		return key.asymmetricKeyType === 'ec' ? key : null;
	} catch {
		return null;
	}
});

function withoutPemLines(key: string): string {
	return key.replaceAll(/-{5}(?:BEGIN|END) PUBLIC KEY-{5}/g, '').trim();
}
