import { z } from 'zod/v4';
import { field, operation } from '../../../shared';
import { cancelBroadcast } from '../../endpoints';
import { listPathSchema } from '../../ids';

const shown = {
	displayName: 'Cancel Broadcasts With',
	name: 'filters',
	placeholder: 'Add condition',
	description:
		'Which broadcasts to cancel. If you add several conditions, only broadcasts that meet all of them are canceled.',
};

const conditions = field.collection(shown, {
	execution_id: field.text({
		displayName: 'Execution ID',
		name: 'executionId',
		placeholder: 'e.g. broadcast_1234',
		description: "The ID of the broadcast, from SuprSend's broadcast logs",
		schema: field.filled("Enter the 'Execution ID', or remove the field"),
	}),
	idempotency_key: field.text({
		displayName: 'Idempotency Key',
		name: 'idempotencyKey',
		placeholder: 'e.g. june-newsletter',
		description: 'The idempotency key with which the broadcast was sent',
		schema: field.filled("Enter the 'Idempotency Key', or remove the field"),
	}),
	list_id: field.text({
		displayName: 'List ID',
		name: 'listId',
		placeholder: 'e.g. newsletter',
		description: 'The list to which the broadcast is sent',
		schema: listPathSchema,
	}),
});

export const cancel = operation.write({
	resource: 'broadcast',
	operation: 'cancel',
	action: 'Cancel broadcasts',
	description: 'Stop broadcasts that are waiting or running',
	endpoint: cancelBroadcast,
	fields: conditions,
	form: {
		atLeastOne: {
			of: ['execution_id', 'idempotency_key', 'list_id'],
			message: "Add at least one condition under 'Cancel Broadcasts With'",
		},
	},
	result: { schema: z.object({ execution_ids: z.array(z.string()) }) },
});
