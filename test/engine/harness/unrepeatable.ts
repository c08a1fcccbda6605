import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { deliver, many, type Provider } from '../../../nodes/shared/delivery';
import { send } from '../../../nodes/SuprSend/actions/event/send.operation';
import { SuprSend } from '../../../nodes/SuprSend/SuprSend.node';
import { suprSend } from '../../../nodes/SuprSend/supr-send.provider';

/** SuprSend without its idempotency keys: a bulk endpoint where sending twice would count twice. */
const unrepeatableSend: typeof send = {
	...send,
	repeating: 'unwanted',
	request: (batch) => send.request(batch.map((each) => ({ ...each, json: withoutKey(each.json) }))),
};

function withoutKey(json: string): string {
	return JSON.stringify({ ...(JSON.parse(json) as object), $idempotency_key: undefined });
}

const provider: Provider = {
	...suprSend,
	operations: [unrepeatableSend, many(unrepeatableSend, 'sendMany')],
};

export class UnrepeatableSuprSend implements INodeType {
	description = new SuprSend().description;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await deliver(this, provider);
	}
}
