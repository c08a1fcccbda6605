import { operation, wholeList } from '../../../shared';
import { getReferrals as endpoint } from '../../endpoints';
import { knownCustomer } from '../../source-id';
import { customerSchema } from './get.operation';

export const getReferrals = operation.list({
	resource: 'customer',
	operation: 'getReferrals',
	action: 'Get referrals of customer',
	description: 'Get the customers that a customer referred',
	endpoint,
	fields: { source_id: knownCustomer },
	subject: ({ source_id }) => ({ userId: source_id }),
	paging: wholeList,
	schema: customerSchema,
});
