import { verifyEcdsa, type EcdsaVerification } from './ecdsa';
import { verifyHmac, type HmacVerification } from './hmac';
import type { SenderRequest } from './request';
import { verifySegment, type SegmentVerification } from './segment';
import { verifyStandardWebhooks, type StandardWebhooksVerification } from './standard-webhooks';
import type { SenderCheck } from './sender-check';
import {
	verifyBasic,
	verifyHeader,
	verifyWriteKey,
	type BasicVerification,
	type HeaderVerification,
	type WriteKeyVerification,
} from './without-signature';

/** How senders prove who they are. Each secret in a list is valid, so that a sender can replace its secret. */
export type Verification =
	| WriteKeyVerification
	| StandardWebhooksVerification
	| SegmentVerification
	| HmacVerification
	| EcdsaVerification
	| HeaderVerification
	| BasicVerification;

/** Returns the secrets to hide in events, since some senders repeat them there. */
export function secretsOf(verification: Verification): readonly string[] {
	switch (verification.scheme) {
		case 'write-key':
			return verification.writeKeys;
		case 'header':
			return verification.values;
		case 'basic':
			return verification.passwords;
		default:
			return verification.secrets;
	}
}

/** Checks who sent a request. Never throws. */
export function verifySender(request: SenderRequest, verification: Verification): SenderCheck {
	switch (verification.scheme) {
		case 'write-key':
			return verifyWriteKey(request, verification);
		case 'standard-webhooks':
			return verifyStandardWebhooks(request, verification);
		case 'segment':
			return verifySegment(request, verification);
		case 'hmac':
			return verifyHmac(request, verification);
		case 'ecdsa':
			return verifyEcdsa(request, verification);
		case 'header':
			return verifyHeader(request, verification);
		case 'basic':
			return verifyBasic(request, verification);
	}
}
