import { headerText, type SenderRequest } from './request';
import { anySame } from './same-secret';
import { missingHeader, noUsableSecret, verdict, type Verdict } from './verdict';

export interface HeaderVerification {
	scheme: 'header';
	name: string;
	values: readonly string[];
}

/** A header of the sender's that holds a secret, as systems without signatures offer it. */
export function verifyHeader({ headers }: SenderRequest, { name, values }: HeaderVerification): Verdict {
	const offered = headerText(headers, name);
	if (offered === '') return missingHeader(name);
	if (values.every((value) => value === '')) return noUsableSecret();
	return verdict(anySame([offered], values), 'header');
}
