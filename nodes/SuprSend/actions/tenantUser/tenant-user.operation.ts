import { operation } from '../../../shared';
import { editTenantUser, getTenantUser, unlinkTenantUser, upsertTenantUser } from '../../endpoints';
import { distinctId, tenant } from '../../fields';
import { operations } from '../../users/operation-fields';
import { addUp } from '../../users/operations';
import { profile, profileBody } from '../../users/profile-fields';

/** SuprSend's SDK shows these requests, but not the responses. */

const user = { distinct_id: distinctId, tenant_id: tenant };

const common = {
	resource: 'tenantUser',
	orderKey: ({ distinct_id }: { distinct_id: string }) => distinct_id,
	subject: ({ distinct_id }: { distinct_id: string }) => ({ userId: distinct_id }),
};

export const get = operation.get({
	...common,
	operation: 'get',
	action: 'Get user of tenant',
	description: "Get a user's data within a tenant",
	endpoint: getTenantUser,
	fields: user,
});

export const upsert = operation.write({
	...common,
	operation: 'upsert',
	action: 'Create or update user of tenant',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	endpoint: upsertTenantUser,
	fields: { ...user, profile },
	request: ({ profile: given, ...params }) => ({ params, body: profileBody(given) }),
});

export const edit = operation.write({
	...common,
	operation: 'edit',
	action: 'Edit user of tenant',
	description: 'Change individual properties and channels of a user within a tenant',
	endpoint: editTenantUser,
	fields: { ...user, operations },
	resend: ({ operations: given }) => (addUp(given) ? 'never' : 'safe'),
});

export const unlink = operation.remove({
	...common,
	operation: 'unlink',
	action: 'Unlink user from tenant',
	description: "Permanently delete a user's data within a tenant, but keep the user in the workspace",
	endpoint: unlinkTenantUser,
	fields: user,
});
