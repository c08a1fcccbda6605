import { credentials } from '../credentials';
import { bearerToken, isSameSecret } from './auth';
import { type Answer, isObject, type Provider, type ProviderRequest, stringOrNothing } from './provider';
import { on } from './route';

const namesSomebody = ({ user_id: id, email, name }: Record<string, unknown>): boolean =>
	[id, email, name].some(Boolean);

/**
 * RelationKit documents its two requests but not its answers. So the sandbox answers 200, 400 and 401 with an empty body,
 * requires only the wrapping object, and accepts unknown users. A ping without a user, which the credential's test sends,
 * creates no customer.
 */
const take =
	(wrapper: 'customer' | 'event') =>
	({ body }: ProviderRequest): Answer => {
		const record = isObject(body) ? body[wrapper] : undefined;
		if (!isObject(record)) return { status: 400 };
		const name = stringOrNothing(record.name);
		const user = stringOrNothing(record.user_id);
		if (wrapper === 'customer' && !namesSomebody(record)) return { status: 200 };
		return { status: 200, accepted: [{ kind: wrapper, body, name, user }] };
	};

export const relationkit: Provider = {
	title: 'RelationKit',
	basePath: '/api/v1',
	authenticate: ({ headers }) =>
		isSameSecret(bearerToken(headers) ?? '', credentials.relationkit.apiToken) ? undefined : { status: 401 },
	openAccount: () => [
		on('POST', '/api/v1/ping', take('customer')),
		on('POST', '/api/v1/events', take('event')),
	],
};
