import { type Answer, isObject, json, type Person, type ProviderRequest, stringOrNothing } from '../provider';
import { on, type Route } from '../route';
import { filled, invalidField, missingField, notFound, processed } from './replies';

interface Customer {
	id: string;
	source_id: string;
	referralCode?: string;
	advocate?: Customer;
}

export class Customers {
	private readonly bySourceId = new Map<string, Customer>();
	private readonly byId = new Map<string, Customer>();

	/** Two advocates with the referral codes in Rehook's documentation. */
	constructor(people: readonly Person[]) {
		this.join('krishna@123').referralCode = 'KMN6457';
		this.join('KMN@123').referralCode = 'KBLGPN';
		for (const { userId } of people) this.join(userId);
	}

	/** Finds a customer by Rehook's ID or by the sender's. */
	named(id: string): Customer | undefined {
		return this.bySourceId.get(id) ?? this.byId.get(id);
	}

	withCode(referralCode: string): Customer | undefined {
		return [...this.byId.values()].find((customer) => customer.referralCode === referralCode);
	}

	referredBy(advocate: Customer): Customer[] {
		return [...this.byId.values()].filter((customer) => customer.advocate === advocate);
	}

	/**
	 * Creates a customer who isn't known yet, and counts the first referral. Rehook suggests creating the customer before the
	 * sign-up is sent, so the referral counts for existing customers, too.
	 */
	join(sourceId: string, advocate?: Customer): Customer {
		const customer = this.named(sourceId) ?? this.add(sourceId);
		customer.advocate ??= advocate;
		return customer;
	}

	private add(sourceId: string): Customer {
		const customer: Customer = { id: `cust_sandbox${this.byId.size + 1}`, source_id: sourceId };
		this.bySourceId.set(sourceId, customer);
		this.byId.set(customer.id, customer);
		return customer;
	}
}

/** The published example ends after these two fields. */
const shown = ({ id, source_id }: Customer) => ({ id, source_id });

/** https://docs.rehook.ai/reference/create-customer: `referral_code` is the customer's own. */
const upsert =
	(customers: Customers) =>
	({ body }: ProviderRequest): Answer => {
		const fields = isObject(body) ? body : {};
		const user = filled(fields.source_id);
		if (!user) return missingField('source_id');
		const { metadata = {}, referral_code: referralCode } = fields;
		if (!isObject(metadata)) return invalidField('metadata');
		if (referralCode !== undefined && typeof referralCode !== 'string') return invalidField('referral_code');
		const customer = customers.join(user);
		customer.referralCode = referralCode ?? customer.referralCode;
		const name = stringOrNothing(metadata.name ?? metadata.Name);
		return { ...processed(), accepted: [{ kind: 'customer', body, name, user }] };
	};

export const routesOfCustomers = (customers: Customers): Route[] => [
	on('POST', '/customers', upsert(customers)),
	// The reference says POST in one place and GET in another. The sandbox expects GET, which needs no body.
	on('GET', '/customers/{source_id}', (_request, { source_id }) => {
		const customer = customers.named(source_id);
		return customer ? json(200, shown(customer)) : notFound(404);
	}),
	on('GET', '/customers/validate-code/{referral_code}', (_request, { referral_code }) => {
		const advocate = customers.withCode(referral_code);
		return advocate ? json(200, shown(advocate)) : notFound(404);
	}),
	on('GET', '/customers/referral/list/{source_id}', (_request, { source_id }) => {
		const advocate = customers.named(source_id);
		return advocate ? json(200, customers.referredBy(advocate).map(shown)) : notFound(404);
	}),
];
