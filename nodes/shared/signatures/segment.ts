import { firstElement } from './first-element';
import { hmacDigests, hmacKeys } from './hmac-digest';
import { headerText, type SenderRequest } from './request';
import { checkSignatures, missingHeader, type SenderCheck } from './sender-check';

export interface SegmentVerification {
	scheme: 'segment';
	secrets: readonly string[];
}

/**
 * Verifies requests of Segment's Webhooks (Actions) destination. `X-Signature` signs only the first event of a batch;
 * `X-Segment-Signature`, an option in Segment, signs the whole body.
 * https://www.twilio.com/docs/segment/connections/destinations/catalog/actions-webhook
 * https://github.com/segmentio/action-destinations/blob/main/packages/destination-actions/src/destinations/webhook/index.ts
 */
export function verifySegment(
	{ headers, rawBody }: SenderRequest,
	{ secrets }: SegmentVerification,
): SenderCheck {
	const ofWholeBody = headerText(headers, 'x-segment-signature');
	const signature = ofWholeBody === '' ? headerText(headers, 'x-signature') : ofWholeBody;
	if (signature === '') return missingHeader('X-Signature');

	const check = (signed: Buffer, verified: string) =>
		checkSignatures(
			[signature.toLowerCase()],
			hmacDigests('sha1', hmacKeys(secrets), [signed], 'hex'),
			verified,
		);
	const wholeBody = check(rawBody, 'segment');
	const firstEvent = ofWholeBody === '' ? firstElement(rawBody) : undefined;
	return wholeBody.ok || firstEvent === undefined ? wholeBody : check(firstEvent, 'segment-first-event');
}
