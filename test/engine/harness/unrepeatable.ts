import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { asSummary, execute, manyEvents, type Bulk, type Provider } from '../../../nodes/shared';
import { send } from '../../../nodes/SuprSend/actions/event/send.operation';
import { SuprSend } from '../../../nodes/SuprSend/SuprSend.node';
import { suprSend } from '../../../nodes/SuprSend/supr-send.provider';

const bulk = send.bulk as Bulk;

/** SuprSend without its idempotency keys: a bulk endpoint that counts a repetition twice. */
const unrepeatableSend: typeof send = {
	...send,
	resend: 'ifAsked',
	request: (record, json) => send.request(record, withoutKey(json)),
	bulk: { ...bulk, request: (records) => bulk.request(records.map(withoutKey)) },
};

function withoutKey(json: string): string {
	return JSON.stringify({ ...(JSON.parse(json) as object), $idempotency_key: undefined });
}

const provider: Provider = {
	...suprSend,
	operations: [unrepeatableSend, asSummary(unrepeatableSend, manyEvents)],
};

export class UnrepeatableSuprSend implements INodeType {
	description = new SuprSend().description;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, provider);
	}
}
