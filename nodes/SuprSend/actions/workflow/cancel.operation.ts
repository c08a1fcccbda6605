import { z } from 'zod/v4';
import { field, operation } from '../../../shared';
import { cancelWorkflow } from '../../endpoints';
import { filterIds } from '../../fields';

const shown = {
	displayName: 'Cancel Runs With',
	name: 'filters',
	placeholder: 'Add condition',
	description:
		'Which runs to cancel. If you add several conditions, only runs that meet all of them are canceled.',
};

/** SuprSend needs one of the first three. It documents the slug as a condition, but not whether it is enough. */
const conditions = field.collection(shown, {
	execution_id: field.text({
		displayName: 'Execution ID',
		name: 'executionId',
		placeholder: 'e.g. dsl_1234',
		description: "The ID of the workflow run, from SuprSend's workflow logs or Message: Get Many",
		schema: field.filled("Enter the 'Execution ID', or remove the field"),
	}),
	idempotency_key: field.text({
		displayName: 'Idempotency Key',
		name: 'idempotencyKey',
		placeholder: 'e.g. order-1001-reminder',
		description: 'The idempotency key with which the workflow was triggered',
		schema: field.filled("Enter the 'Idempotency Key', or remove the field"),
	}),
	recipients: filterIds({
		displayName: 'Recipients',
		name: 'recipients',
		placeholder: 'e.g. user-42, user-43',
	}),
	workflow_slug: field.text({
		displayName: 'Workflow Slug',
		name: 'workflowSlug',
		placeholder: 'e.g. payment-reminder',
		description: 'The slug of the workflow whose runs you want to cancel. Add at least one other condition.',
		schema: field.filled("Enter the 'Workflow Slug', or remove the field"),
	}),
});

export const cancel = operation.write({
	resource: 'workflow',
	operation: 'cancel',
	action: 'Cancel workflow runs',
	description: 'Stop workflow runs, for example to cancel a payment reminder when the customer pays',
	endpoint: cancelWorkflow,
	fields: conditions,
	form: {
		atLeastOne: {
			of: ['execution_id', 'idempotency_key', 'recipients'],
			message: "Add an 'Execution ID', an 'Idempotency Key' or 'Recipients' under 'Cancel Runs With'",
		},
	},
	result: { schema: z.object({ execution_ids: z.array(z.string()) }) },
});
