import { camelCase } from 'lodash';
import { senderPresets, type SenderPreset } from '../formats';
import { hmacFormat, type Verification } from '../signatures';

/** The schemes of the credential for senders that are known and sign. */
export const senderSchemes = senderPresets.flatMap((preset) => {
	const { signature, secretHint = '' } = preset;
	if (signature === undefined) return [];
	return [{ scheme: camelCase(preset.name), preset, signature, secretHint }];
});

/** Whether the sender signs the time, too. */
export function signsTime(signature: NonNullable<SenderPreset['signature']>): boolean {
	return signature.scheme !== 'hmac' || (signature.template ?? '').includes('{timestamp}');
}

/** Builds the verification of a scheme for a known sender; undefined for any other scheme. */
export function senderVerification(
	scheme: string,
	secrets: readonly string[],
	toleranceSeconds: number,
): Verification | undefined {
	const known = senderSchemes.find((each) => each.scheme === scheme);
	if (known === undefined) return undefined;
	const { name } = known.preset;
	switch (known.signature.scheme) {
		case 'standard-webhooks':
			return { scheme: 'standard-webhooks', name, secrets, toleranceSeconds };
		case 'ecdsa': {
			const { scheme: ecdsa, ...format } = known.signature;
			return { scheme: ecdsa, format: { name, ...format }, secrets, toleranceSeconds };
		}
		case 'hmac': {
			const { scheme: hmac, ...format } = known.signature;
			return { scheme: hmac, format: hmacFormat({ ...format, name }), secrets, toleranceSeconds };
		}
	}
}
