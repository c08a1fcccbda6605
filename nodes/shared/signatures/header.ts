import { headerText, type SenderRequest } from './request';
import { anySame } from './same-secret';
import { matchResult, missingHeader, noUsableSecret, type SenderCheck } from './sender-check';

export interface HeaderVerification {
	scheme: 'header';
	name: string;
	values: readonly string[];
}

/** A header of the sender's that holds a secret, as systems without signatures offer it. */
export function verifyHeader({ headers }: SenderRequest, { name, values }: HeaderVerification): SenderCheck {
	const offered = headerText(headers, name);
	if (offered === '') return missingHeader(name);
	if (values.every((value) => value === '')) return noUsableSecret();
	return matchResult(anySame([offered], values), 'header');
}
