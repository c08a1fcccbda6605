import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { readText, type Endpoint, type Operation } from '../shared/delivery';
import { listLocator, listPathSchema, readIds } from './ids';

const nobody = 'Enter at least one distinct ID';
const schema = z.object({
	list_id: listPathSchema,
	distinct_ids: z
		.array(
			z.string('A distinct ID is text').min(1, 'A distinct ID is empty'),
			'Distinct IDs are a list, e.g. ["user-42"], or text with commas in between',
		)
		.min(1, nobody),
});

const distinctIds: INodeProperties = {
	displayName: 'Distinct IDs',
	name: 'distinctIds',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. user-42, user-43',
	description:
		'One or more, with commas in between, or a list from an expression or as JSON. A list travels as it is; its IDs may hold commas.',
};

/** Adding users to a list, or taking them out: the same but for the address. Either may be repeated. */
export function subscribersOperation(
	operation: 'addUsers' | 'removeUsers',
	endpoint: Endpoint,
): Operation<z.infer<typeof schema>> {
	return {
		resource: 'list',
		operation,
		endpoint,
		reports: 'each',
		fields: [listLocator, distinctIds],
		schema,
		repeating: 'harmless',
		fromFields: (fields) => ({
			record: { list_id: readText(fields, 'listId'), distinct_ids: readIds(fields('distinctIds')) },
		}),
		request([change]) {
			const { list_id = '', distinct_ids } = change?.record ?? {};
			return { params: { list_id }, body: JSON.stringify({ distinct_ids }) };
		},
		responseSchema: z.object({ success: z.boolean(), affected_count: z.number().int().optional() }),
	};
}
