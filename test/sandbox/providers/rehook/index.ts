import { credentials } from '../../credentials';
import { isBasicAuth } from '../auth';
import { type Answer, isObject, json, type Provider, type ProviderRequest } from '../provider';
import { on } from '../route';
import { coupons } from './coupons';
import { Customers, routesOfCustomers } from './customers';
import { filled, invalidField, missingField, notFound, processed } from './replies';
import { wallets } from './wallets';

const { apiKey, secretKey } = credentials.rehook;

/** https://docs.rehook.ai/reference doesn't say what an event with an unknown referral code does. */
const takeEvent =
	(customers: Customers) =>
	({ body }: ProviderRequest): Answer => {
		const event = isObject(body) ? body : {};
		const name = filled(event.event_name);
		const user = filled(event.source_id);
		if (!name) return missingField('event_name');
		if (!user) return missingField('source_id');
		const { metadata = {} } = event;
		if (!isObject(metadata)) return invalidField('metadata');
		const code = filled(metadata.referral_code);
		const advocate = code === undefined ? undefined : customers.withCode(code);
		if (code !== undefined && !advocate) return notFound(400);
		customers.join(user, advocate);
		return { ...processed(), accepted: [{ kind: 'event', body, name, user }] };
	};

export const rehook: Provider = {
	title: 'Rehook',
	basePath: '',
	// Wrong credentials aren't documented, so the answer is only the status.
	authenticate: ({ headers }) => (isBasicAuth(headers, apiKey, secretKey) ? undefined : { status: 401 }),
	openAccount: (_now, { people = [] }) => {
		const customers = new Customers(people);
		return [
			on('GET', '/events/segment/check-auth', () => json(200, { status: 'ok' })),
			on('POST', '/events/invoke', takeEvent(customers)),
			...routesOfCustomers(customers),
			...wallets(customers),
			...coupons(),
			// The answer isn't documented, so there is never any progress.
			on('GET', '/campaigns/reward-progress', () => json(200, [])),
		];
	},
};
