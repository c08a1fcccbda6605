import { NodeOperationError, type ILoadOptionsFunctions, type INodeListSearchResult } from 'n8n-workflow';
import { choicesWith, listOf, lookUp, text } from '../shared';
import { walletSchema, type Wallet } from './actions/wallet/get-many.operation';
import { getWallets } from './endpoints';
import { rehook } from './rehook.provider';

/** Lists the wallets of the customer in the node's Source ID. */
export async function searchWallets(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const request = { ...getWallets, params: { source_id: chosenCustomer(this) } };
	const wallets = listOf(await lookUp(this, rehook, request)).flatMap((entry) => {
		const { success, data } = walletSchema.safeParse(entry);
		return success ? [{ name: nameOf(data), value: data.wallet_id }] : [];
	});
	return { results: choicesWith(filter, wallets) };
}

function chosenCustomer(context: ILoadOptionsFunctions): string {
	const sourceId = text(context.getCurrentNodeParameter('sourceId'));
	// The editor passes an expression as it is written when it has no data for it yet.
	if (sourceId !== undefined && !sourceId.startsWith('=')) return sourceId;
	throw new NodeOperationError(context.getNode(), "Fill in 'Source ID' first", {
		description:
			"The list shows the wallets of one customer. If 'Source ID' contains an expression, run the previous node first, or choose the wallet By ID.",
	});
}

function nameOf({ wallet_id, wallet_name, plural_unit_name }: Wallet): string {
	const unit = plural_unit_name === undefined ? '' : ` (${plural_unit_name})`;
	return `${wallet_name ?? wallet_id}${unit}`;
}
