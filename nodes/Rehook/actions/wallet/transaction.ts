import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { pathPart, readText, type Operation } from '../../../shared/delivery';
import { creditOrDebitWallet } from '../../endpoints';
import { numeric } from '../../numbers';
import { knownCustomerField, sourceIdInPath } from '../../source-id';

const transactionSchema = z.object({
	source_id: sourceIdInPath,
	wallet_id: pathPart('Choose a Wallet, or enter its ID'),
	description: z.string().optional(),
	points: numeric("'Points' must be a number").refine((points) => points > 0, {
		error: "'Points' must be more than 0: Credit adds them, Debit deducts them",
	}),
	type: z.enum(['credit', 'debit']),
});

type Transaction = z.infer<typeof transactionSchema>;

/** Moves points: what adds them and what deducts them is the same request but for its `type`. */
export function transaction(type: Transaction['type']): Operation<Transaction> {
	return {
		resource: 'wallet',
		operation: type,
		endpoint: creditOrDebitWallet,
		reports: 'each',
		fields,
		schema: transactionSchema,
		repeating: 'unwanted',
		addsUp: () => true,
		fromFields: (read) => ({
			record: {
				source_id: readText(read, 'sourceId'),
				wallet_id: readText(read, 'walletId'),
				description: readText(read, 'description'),
				points: read('points'),
				type,
			},
		}),
		lane: ({ source_id }) => source_id,
		request([outgoing]) {
			if (outgoing === undefined) return {};
			const { source_id, wallet_id, ...body } = outgoing.record;
			return { params: { source_id, wallet_id }, body: JSON.stringify(body) };
		},
	};
}

const fields: INodeProperties[] = [
	knownCustomerField,
	{
		displayName: 'Wallet',
		name: 'walletId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The wallet to change. The list shows the wallets of the customer in Source ID.',
		// No loadOptionsDependsOn: n8n would empty this field whenever the other one changes.
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a wallet…',
				typeOptions: { searchListMethod: 'searchWallets', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. waty_XbgBcerLwjoMhAGcmAHhZ',
			},
		],
	},
	{
		displayName: 'Points',
		name: 'points',
		type: 'number',
		required: true,
		default: 0,
		description: 'How many points to move; more than 0',
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. Customer has recharged the wallet with 20 points',
		description: 'What the transaction is for',
	},
	{
		displayName:
			'Each input item moves points once. If Rehook does not answer, the item fails and is not sent again by itself: look at the wallet before you run it again.',
		name: 'onceNotice',
		type: 'notice',
		default: '',
	},
];
