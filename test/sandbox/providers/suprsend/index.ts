import { credentials } from '../../credentials';
import { bearerToken, isSameSecret } from '../auth';
import { type Provider, type ProviderRequest, text } from '../provider';
import { routesOfLists } from './lists';
import { routeOfRecords } from './records';
import { suprSendSignature } from './signature';
import { routesOfTenants } from './tenants';
import { routesOfUsers, Users } from './users';
import { routeOfWorkflows } from './workflows';

const { apiKey, workspaceKey, workspaceSecret } = credentials.suprsend;

/** The docs don't say how old a `Date` may be, so its age isn't checked. */
function isAuthentic(request: ProviderRequest): boolean {
	const { method, uri, headers, bytes } = request;
	const token = bearerToken(headers);
	if (token !== undefined) return isSameSecret(token, apiKey);
	const [, key = '', signature = ''] = /^([^:]+):(.+)$/.exec(headers.authorization ?? '') ?? [];
	const signed = { method, uri, contentType: headers['content-type'] ?? '', date: headers.date ?? '', bytes };
	return (
		isSameSecret(key, workspaceKey) && isSameSecret(signature, suprSendSignature(signed, workspaceSecret))
	);
}

const workspaceKeyOf = ({ headers }: ProviderRequest): string | undefined =>
	bearerToken(headers) === undefined ? workspaceKey : undefined;

export const suprsend: Provider = {
	title: 'SuprSend',
	basePath: '',
	authenticate: (request) =>
		isAuthentic(request) ? undefined : text(401, 'Not Authenticated - could not find Workspace details'),
	openAccount: (now, people) => {
		const users = new Users(now);
		for (const { userId, name, email } of people ?? []) users.upsert(userId, { name, $email: [email] });
		const isKnown = (id: string) => people === undefined || users.has(id.trim());
		return [
			routeOfRecords({ users, isKnown, workspaceKeyOf }),
			routeOfWorkflows(),
			...routesOfUsers(users),
			...routesOfLists(users, now),
			...routesOfTenants(now),
		];
	},
};
