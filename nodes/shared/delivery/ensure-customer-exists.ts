import { isOn } from './options';
import type { Operation, ProviderRequest } from './provider';

/**
 * The option "Ensure Customer Exists", for services that want to know a customer before the first of their
 * events: one more request for each customer in a run.
 */
export function ensureCustomerExists<R extends object>(how: {
	/** Of the option: what is done, and why somebody may want it. */
	description: string;
	/** The ID by which the service knows the customer of a record. */
	customerOf: (record: R) => string;
	/** What makes the customer known. */
	request: (id: string) => ProviderRequest;
}): Required<Pick<Operation<R>, 'options' | 'before'>> {
	return {
		options: [
			{
				displayName: 'Ensure Customer Exists',
				name: 'ensureCustomerExists',
				type: 'boolean',
				default: false,
				description: how.description,
			},
		],
		before(record, { options }) {
			if (!isOn(options.ensureCustomerExists)) return undefined;
			const id = how.customerOf(record);
			return { purpose: 'Ensure Customer Exists', once: id, request: how.request(id) };
		},
	};
}
