import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { senderSchemes, senderVerification } from '../../../nodes/shared/webhook/sender-schemes';
import {
	verifySender,
	type HmacFormat,
	type SenderRequest,
	type Verification,
} from '../../../nodes/shared/signatures';

/** The moment of the vectors that the reference libraries publish. */
export const signedAt = 1614265330;
export const now = signedAt * 1000;

type Ingredients = Partial<Omit<SenderRequest, 'rawBody'>> & { body?: string | Buffer };

export function verify(verification: Verification, { body = '', ...rest }: Ingredients) {
	return verifySender({ headers: {}, now, rawBody: Buffer.from(body), ...rest }, verification);
}

export function standardMessage(id: string, timestamp: string, body: string | Buffer): Buffer {
	return Buffer.concat([Buffer.from(`${id}.${timestamp}.`), Buffer.from(body)]);
}

export function signHmac(algorithm: string, key: string | Buffer, message: string | Buffer) {
	return createHmac(algorithm, key).update(message).digest();
}

export function publicKeyOf(privateKey: KeyObject): string {
	const { x = '' } = privateKey.export({ format: 'jwk' });
	return `whpk_${Buffer.from(x, 'base64url').toString('base64')}`;
}

export const newPrivateKey = () => generateKeyPairSync('ed25519').privateKey;

export const signEd25519 = (privateKey: KeyObject, message: Buffer) =>
	`v1a,${sign(null, message, privateKey).toString('base64')}`;

export const bodyOnly: HmacFormat = {
	name: 'hmac',
	algorithm: 'sha256',
	encoding: 'hex',
	signatureHeader: 'X-Signature',
	signaturePrefix: '',
	template: '{body}',
	idHeader: '',
	timestampHeader: '',
	timestampPrefix: '',
};

/** The HMAC format of a sender that is known, by its scheme in the credential. */
export function presetOf(scheme: string): HmacFormat {
	const verification = senderVerification(scheme, [], 300);
	if (verification?.scheme !== 'hmac') throw new Error(`${scheme} has no HMAC`);
	return verification.format;
}

export const hmacSchemes = senderSchemes
	.filter(({ signature }) => signature.scheme === 'hmac')
	.map(({ scheme }) => scheme);

export const hmacPresets = hmacSchemes.map(presetOf);
