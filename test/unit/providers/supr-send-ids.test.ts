import { suprSend } from '../../../nodes/SuprSend/supr-send.provider';
import type { JsonObject } from '../event/helpers';
import { findOperation, tryOut } from './helpers';

const withTenant = { additionalFields: { tenantId: 'undefined' } };

test.each<[resource: string, operation: string, path: string, settings: JsonObject, fields: JsonObject]>([
	['event', 'send', 'tenant_id', withTenant, { distinctId: 'u1', eventName: 'Paid' }],
	[
		'workflow',
		'trigger',
		'tenant_id',
		{ workflow: 'paid', ...withTenant },
		{ recipientsInput: 'json', recipientsJson: '["u1"]' },
	],
	['tenant', 'upsert', 'tenant_id', {}, { tenantId: 'undefined', tenantName: 'Acme', additionalFields: {} }],
	['list', 'addUsers', 'list_id', {}, { listId: 'undefined', distinctIds: 'u1' }],
	['list', 'removeUsers', 'list_id', {}, { listId: 'undefined', distinctIds: 'u1' }],
])('%s: %s warns of a broken %s', (resource, name, path, settings, fields) => {
	const operation = findOperation(suprSend, resource, name);
	const { warnings } = tryOut(suprSend, operation, {}, settings).preparedFromFields(fields);
	expect(warnings).toMatchObject([{ path, code: 'suspicious_id' }]);
});
