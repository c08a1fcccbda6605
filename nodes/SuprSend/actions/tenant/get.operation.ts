import { z } from 'zod/v4';
import { byOffset, isObject, operation } from '../../../shared';
import { deleteTenant, getTenant, listTenants } from '../../endpoints';
import { tenant } from '../../fields';

export const tenantSchema = z.looseObject({
	tenant_id: z.string(),
	tenant_name: z.string(),
	properties: z.record(z.string(), z.unknown()),
	updated_at: z.string(),
});

/** What most workflows need of the 13 fields. */
const simplified = [
	'tenant_id',
	'tenant_name',
	'logo',
	'timezone',
	'blocked_channels',
	'properties',
	'updated_at',
];

export const get = operation.get({
	resource: 'tenant',
	operation: 'get',
	action: 'Get tenant',
	description: "Get a tenant's name, design and properties",
	endpoint: getTenant,
	fields: { tenant_id: tenant },
	schema: tenantSchema,
	simplified,
});

export const getMany = operation.list({
	resource: 'tenant',
	operation: 'getMany',
	action: 'Get many tenants',
	description: 'Get the tenants in the workspace',
	endpoint: listTenants,
	fields: {},
	paging: byOffset(1000, (entry) => isObject(entry) && entry.tenant_id),
	schema: tenantSchema,
	simplified,
});

export const deleteOne = operation.remove({
	resource: 'tenant',
	operation: 'delete',
	action: 'Delete tenant',
	description: 'Permanently delete a tenant and its settings',
	endpoint: deleteTenant,
	fields: { tenant_id: tenant },
});
