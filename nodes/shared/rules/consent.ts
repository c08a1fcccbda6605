import { get } from 'lodash';
import type { CanonicalEvent } from '../event';

/**
 * The categories that an event lacks consent for. Consent is `context.consent.categoryPreferences`, as
 * Segment's consent management writes it (https://segment.com/docs/privacy/consent-management/): a category
 * that is not there was not consented to.
 */
export function missingConsent(event: CanonicalEvent, required: readonly string[]): string[] {
	return required.filter(
		(category) => get(event.context, ['consent', 'categoryPreferences', category]) !== true,
	);
}
