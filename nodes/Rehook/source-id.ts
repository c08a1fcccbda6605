import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { pathPart } from '../shared/delivery';

const missing =
	'Rehook files everything under a source ID, your own ID of the customer; this item has none, and an anonymous ID is not enough';

export const sourceIdSchema = z.string(missing).trim().min(1, missing);

/** Where the source ID is a part of the address. */
export const sourceIdInPath = pathPart('Say which customer: the Source ID is empty');

export const sourceIdField: INodeProperties = {
	displayName: 'Source ID',
	name: 'sourceId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. krishna@123',
	description: 'The ID of the customer in your own application',
};

/** For customers that Rehook already has, and who can be named by Rehook's own ID as well. */
export const knownCustomerField: INodeProperties = {
	...sourceIdField,
	description: 'The ID of the customer in your own application, or the one that Rehook gave, such as cust_…',
};
