import { listOf, record, type Operation, type RecordOf } from '../../../shared';
import { getCoupons } from '../../endpoints';
import { optionalSourceId } from '../../source-id';
import { order } from './order';

const audience = record({ source_id: optionalSourceId, order });

export const getMany: Operation<RecordOf<typeof audience>> = {
	resource: 'coupon',
	operation: 'getMany',
	action: 'Get many coupons',
	description: 'Get the coupons that apply to a customer, an order or everyone',
	endpoint: getCoupons,
	record: audience,
	request: (_, json) => ({ body: json }),
	// It only reads, although it is a POST.
	resend: 'safe',
	result: { entity: { isList: true }, items: listOf },
};
