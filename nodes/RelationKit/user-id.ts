import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';

const missing =
	'RelationKit files everything under a user ID; this item has none, and an anonymous ID is not enough';

export const userIdSchema = z.string(missing).trim().min(1, missing);

export const userIdField: INodeProperties = {
	displayName: 'User ID',
	name: 'userId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 97980cfea0067',
	description: 'The ID of the customer in your own system',
};
