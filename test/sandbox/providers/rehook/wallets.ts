import { randomUUID } from 'node:crypto';
import { type Answer, isObject, json, type ProviderRequest, stringOrNothing } from '../provider';
import { on, type Route } from '../route';
import type { Customers } from './customers';
import { filled, invalidField, missingField, notFound, processed } from './replies';

interface Transaction {
	transaction_id: string;
	type: 'credit' | 'debit';
	points: number;
	description?: string;
}

/** The wallets of every customer. The published example ends after these fields, before any balance. */
const WALLETS = [
	{
		wallet_id: 'waty_sandboxPoints',
		wallet_name: 'Points',
		currency: 'INR',
		singular_unit_name: 'point',
		plural_unit_name: 'points',
	},
	{
		wallet_id: 'waty_sandboxCoins',
		wallet_name: 'Coins',
		currency: 'INR',
		singular_unit_name: 'coin',
		plural_unit_name: 'coins',
	},
];

/** The size and order of a page aren't documented. */
const PAGE_LENGTH = 10;

interface Place {
	source_id: string;
	wallet_id: string;
}

const PATH = '/wallets/customer/{source_id}/transactions/{wallet_id}';

/** https://docs.rehook.ai/reference/credit-debit-wallet doesn't say that a debit can be too high. */
export function wallets(customers: Customers): Route[] {
	const ledgers = new Map<string, Transaction[]>();

	const ledgerAt = ({ source_id, wallet_id }: Place): Transaction[] | undefined => {
		const customer = customers.named(source_id);
		const wallet = WALLETS.find((candidate) => candidate.wallet_id === wallet_id);
		if (!customer || !wallet) return undefined;
		const key = `${customer.id} ${wallet_id}`;
		const ledger = ledgers.get(key) ?? [];
		ledgers.set(key, ledger);
		return ledger;
	};

	const list = ({ query }: ProviderRequest, place: Place): Answer => {
		const page = Number(query.get('page') ?? 1);
		const ledger = ledgerAt(place);
		if (!ledger) return notFound(404);
		if (!Number.isInteger(page) || page < 1) return invalidField('page');
		return json(200, ledger.slice((page - 1) * PAGE_LENGTH, page * PAGE_LENGTH));
	};

	const move = ({ body }: ProviderRequest, place: Place): Answer => {
		const ledger = ledgerAt(place);
		if (!ledger) return notFound(404);
		const { type, points, description } = isObject(body) ? body : {};
		if (!filled(type)) return missingField('type');
		if (type !== 'credit' && type !== 'debit') return invalidField('type');
		if (points === undefined) return missingField('points');
		if (typeof points !== 'number' || points <= 0) return invalidField('points');
		ledger.push({
			transaction_id: `trhi_${randomUUID()}`,
			type,
			points,
			description: stringOrNothing(description),
		});
		const accepted = [{ kind: type, body, name: `${points} points`, user: place.source_id }];
		return { ...processed(), accepted };
	};

	return [
		on('GET', '/wallets/customer/{source_id}', (_request, { source_id }) =>
			customers.named(source_id) ? json(200, WALLETS) : notFound(404),
		),
		on('GET', PATH, list),
		on('PUT', PATH, move),
	];
}
