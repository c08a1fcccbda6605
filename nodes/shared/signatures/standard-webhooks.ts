import { verify, type KeyObject } from 'node:crypto';
import { flatMap } from 'lodash';
import { notAccepted } from '../checked';
import { hmacDigests } from './hmac-digest';
import { headerEntries, headerText, type SenderRequest } from './request';
import { anySameDigest } from './same-secret';
import { readStandardSecret } from './standard-secret';
import { checkTime } from './timestamp';
import { matchResult, missingHeader, noUsableSecret, type SenderCheck } from './sender-check';

export interface StandardWebhooksVerification {
	scheme: 'standard-webhooks';
	/** Secrets with and without `whsec_`, and public keys with `whpk_`. */
	secrets: readonly string[];
	toleranceSeconds: number;
	/** For `_meta.verified` in the events. Default: `standard-webhooks`. */
	name?: string;
}

const webhookHeaders = {
	id: 'webhook-id',
	timestamp: 'webhook-timestamp',
	signature: 'webhook-signature',
};
const svixHeaders = { id: 'svix-id', timestamp: 'svix-timestamp', signature: 'svix-signature' };

/**
 * Verifies a signature over `id.timestamp.body`, in the headers `webhook-*` or `svix-*`.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 * https://docs.svix.com/receiving/verifying-payloads/how-manual
 */
export function verifyStandardWebhooks(
	{ headers, rawBody, now }: SenderRequest,
	{ secrets, toleranceSeconds, name = 'standard-webhooks' }: StandardWebhooksVerification,
): SenderCheck {
	const names = headerText(headers, webhookHeaders.id) === '' ? svixHeaders : webhookHeaders;
	const id = headerText(headers, names.id);
	const timestamp = headerText(headers, names.timestamp);
	const signatures = headerEntries(headers, names.signature, / /);
	if (id === '') return missingHeader(webhookHeaders.id);
	if (timestamp === '') return missingHeader(names.timestamp);
	if (signatures.length === 0) return missingHeader(names.signature);
	const timeRefusal = checkTime(timestamp, now, toleranceSeconds);
	if (timeRefusal !== undefined) return notAccepted(timeRefusal);

	const keys = secrets.map((secret) => readStandardSecret(secret));
	// lodash, since JavaScript's own `flatMap` takes long compared to a signature.
	const publicKeys = flatMap(keys, (key) => key.publicKeys);
	const hmacKeys = flatMap(keys, (key) => key.hmacKeys);
	if (publicKeys.length + hmacKeys.length === 0) return noUsableSecret();

	const message = [`${id}.${timestamp}.`, rawBody] as const;
	return matchResult(
		anySameDigest(ofVersion('v1', signatures), hmacDigests('sha256', hmacKeys, message, 'base64')) ||
			isSignedByAny(publicKeys, message, ofVersion('v1a', signatures)),
		name,
	);
}

function ofVersion(version: string, signatures: readonly string[]): string[] {
	const prefix = `${version},`;
	return signatures
		.filter((signature) => signature.startsWith(prefix))
		.map((signature) => signature.slice(prefix.length));
}

/** May stop at the first match, since public keys aren't secret. */
function isSignedByAny(
	publicKeys: readonly KeyObject[],
	message: readonly [string, Buffer],
	signatures: readonly string[],
): boolean {
	const signed = Buffer.concat([Buffer.from(message[0]), message[1]]);
	return signatures.some((signature) => {
		const bytes = Buffer.from(signature, 'base64');
		return publicKeys.some((key) => verify(null, signed, key, bytes));
	});
}
