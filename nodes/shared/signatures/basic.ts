import { headerText, type Headers, type SenderRequest } from './request';
import { anySame } from './same-secret';
import { matchResult, missingHeader, noUsableSecret, type SenderCheck } from './sender-check';

export interface BasicVerification {
	scheme: 'basic';
	user: string;
	passwords: readonly string[];
}

/** User and password in `Authorization`, as RFC 7617 has it: https://www.rfc-editor.org/rfc/rfc7617 */
export function verifyBasic({ headers }: SenderRequest, { user, passwords }: BasicVerification): SenderCheck {
	const offered = basicCredentials(headers);
	if (offered === undefined) return missingHeader('Authorization with Basic');
	const known = passwords.filter((password) => password !== '').map((password) => `${user}:${password}`);
	if (known.length === 0) return noUsableSecret();
	return matchResult(anySame([offered], known), 'basic');
}

/** `user:password`, decoded. */
export function basicCredentials(headers: Headers): string | undefined {
	const authorization = headerText(headers, 'authorization');
	if (!/^basic /i.test(authorization)) return undefined;
	return Buffer.from(authorization.slice('basic '.length), 'base64').toString('utf8');
}
