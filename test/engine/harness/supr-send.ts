import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import type { Operation } from '../../../nodes/shared';
import { suprSend } from '../../../nodes/SuprSend/supr-send.provider';
import { credentials, type Sandbox } from '../../sandbox';

/** What the tests of SuprSend's operations share. There are several files, because there are many operations. */

const { apiKey, workspaceKey, workspaceSecret } = credentials.suprsend;

/** The operations that each file tests. Those of a whole resource are without the ones that another file names. */
const parts = {
	'supr-send': [
		...['event:send', 'event:sendMany', 'workflow:trigger', 'workflow:triggerMany', 'tenant:upsert'],
		...['user:identify', 'user:identifyMany', 'user:edit', 'user:get', 'user:delete'],
		...['list:addUsers', 'list:removeUsers'],
	],
	'supr-send-broadcasts-and-messages': ['broadcast', 'message', 'template', 'workflow'],
	'supr-send-lists': ['list'],
	'supr-send-objects': ['object'],
	'supr-send-preferences': ['preference'],
	'supr-send-tenants': ['tenant', 'tenantUser'],
	'supr-send-users': ['user'],
};

export function under(part: keyof typeof parts, credential: ICredentialDataDecryptedObject = withWorkspace) {
	const operations = suprSend.operations.filter((each) => partOf(each) === part);
	return {
		provider: { ...suprSend, operations },
		node: 'suprSend',
		sandboxName: 'suprsend' as const,
		credential,
	};
}

/** The file that tests an operation. */
export function partOf({
	resource,
	operation,
}: Pick<Operation, 'resource' | 'operation'>): string | undefined {
	const entries = Object.entries(parts);
	const named = entries.find(([, names]) => names.includes(`${resource}:${operation}`));
	return (named ?? entries.find(([, names]) => names.includes(resource)))?.[0];
}

export const withApiKey = { authentication: 'apiKey', apiKey };
export const withWorkspace = { authentication: 'workspace', workspaceKey, workspaceSecret };

export const byId = (value: string): INodeParameters =>
	({ __rl: true, mode: 'id', value }) as INodeParameters;

/** Makes requests before a test, outside of n8n. */
export const having =
	(...requests: Array<[method: string, path: string, body?: unknown]>) =>
	async (sandbox: Sandbox): Promise<void> => {
		const headers = { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${apiKey}` };
		for (const [method, path, body] of requests) {
			await fetch(`${sandbox.baseUrl('suprsend')}${path}`, {
				method,
				headers,
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			});
		}
	};

export const aUser = (id: string, properties: object = {}): [string, string, unknown] => [
	'POST',
	`/v1/user/${encodeURIComponent(id)}/`,
	properties,
];
