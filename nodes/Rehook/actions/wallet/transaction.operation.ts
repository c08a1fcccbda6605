import { z } from 'zod/v4';
import {
	field,
	pathPart,
	readText,
	record,
	type Field,
	type Operation,
	type RecordOf,
} from '../../../shared';
import { creditOrDebitWallet } from '../../endpoints';
import { knownCustomer } from '../../source-id';

export const wallet: Field<string> = {
	name: 'walletId',
	properties: [
		{
			displayName: 'Wallet',
			name: 'walletId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			description:
				'The wallet to change. The list shows the wallets of the customer whose ID you entered in Source ID.',
			// Without loadOptionsDependsOn, because n8n would empty this field whenever Source ID changes.
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
	],
	schema: pathPart("Choose a 'Wallet', or enter its ID"),
	read: (fields) => readText(fields, 'walletId'),
};

const points: Field<number> = {
	name: 'points',
	properties: [
		{
			displayName: 'Points',
			name: 'points',
			type: 'number',
			required: true,
			default: 0,
			description: 'The number of points to add or deduct. Must be more than 0.',
		},
	],
	schema: field.numeric("'Points' must be a number").refine((count) => count > 0, {
		error: "'Points' must be more than 0: Credit adds points, and Debit deducts points",
	}),
	read: (fields) => fields('points'),
};

const description = field.text({
	displayName: 'Description',
	name: 'description',
	placeholder: 'e.g. Customer has recharged the wallet with 20 points',
	description: 'The reason for the transaction',
	wrong: 'The description must be text',
});

const transactionOf = (type: 'credit' | 'debit') =>
	record(
		{
			source_id: knownCustomer,
			wallet_id: wallet,
			description,
			points,
			type: field.computed(z.literal(type), () => type),
		},
		{
			formOrder: ['source_id', 'wallet_id', 'points', 'description'],
			moreProperties: [
				{
					displayName:
						'Each input item changes the wallet once. If Rehook doesn’t respond, the item fails and isn’t resent. Check the wallet before you send the item again.',
					name: 'onceNotice',
					type: 'notice',
					default: '',
				},
			],
		},
	);

type Transaction = RecordOf<ReturnType<typeof transactionOf>>;

/** Credit and Debit make the same request, except for its `type`. */
const transaction = (
	type: 'credit' | 'debit',
	name: Pick<Operation, 'action' | 'description'>,
): Operation<Transaction> => ({
	...name,
	resource: 'wallet',
	operation: type,
	endpoint: creditOrDebitWallet,
	record: transactionOf(type),
	request: ({ source_id, wallet_id, ...body }) => ({
		params: { source_id, wallet_id },
		body: JSON.stringify(body),
	}),
	resend: 'never',
	orderKey: ({ source_id }) => source_id,
	subject: ({ source_id }) => ({ userId: source_id }),
});

export const credit = transaction('credit', {
	action: 'Credit wallet',
	description: "Add points to a customer's wallet",
});
export const debit = transaction('debit', {
	action: 'Debit wallet',
	description: "Deduct points from a customer's wallet",
});
