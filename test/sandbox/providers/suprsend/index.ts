import { credentials } from '../../credentials';
import { bearerToken, isSameSecret } from '../auth';
import { type Provider, type ProviderRequest, text } from '../provider';
import { routesOfBroadcasts } from './broadcasts';
import { cursorPage } from './cursor-page';
import { Lists, routesOfLists } from './lists';
import { Messages, routesOfMessages } from './messages';
import { fromSubscriber, notFound as objectNotFound, Objects, routesOfObjects } from './objects';
import {
	Preferences,
	routesOfBulkPreferences,
	routesOfPreferences,
	routesOfTenantPreferences,
} from './preferences';
import { routeOfRecords } from './records';
import { suprSendSignature } from './signature';
import { routesOfTenants } from './tenants';
import {
	notFound as userNotFound,
	routesOfTenantUsers,
	routesOfUsers,
	routesOfUserSubscriptions,
	Users,
} from './users';
import { routesOfWorkflows } from './workflows';

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
	openAccount: (now, { people }) => {
		const users = new Users(now);
		for (const { userId, name, email } of people ?? []) users.upsert(userId, { name, $email: [email] });
		const isKnown = (id: string) => people === undefined || users.has(id.trim());
		const messages = new Messages(now);
		const lists = new Lists(now);
		const objects = new Objects(now, users);
		const tenants = routesOfTenants(now);
		const [ofUsers, ofObjects] = [new Preferences(), new Preferences()];
		return [
			routeOfRecords({ users, isKnown, workspaceKeyOf }),
			...routesOfWorkflows(messages),
			...routesOfMessages(messages),
			...routesOfUsers(users),
			...routesOfTenantUsers(users),
			...routesOfUserSubscriptions(users, {
				lists: (request, user) => lists.pageOf(request, user),
				objects: (request, user) => cursorPage(request, objects.parentsOf({ user }), fromSubscriber(objects)),
			}),
			...routesOfLists(lists, users),
			...tenants.routes,
			...routesOfTenantPreferences(tenants.isTenant),
			...routesOfObjects(objects),
			...routesOfPreferences(
				{
					path: '/v1/user/{distinct_id}/',
					kind: 'preferences',
					find: ({ distinct_id: id = '' }) => (users.has(id) ? id : userNotFound(id)),
				},
				ofUsers,
			),
			...routesOfPreferences(
				{
					path: '/v1/object/{object_type}/{id}/',
					kind: 'object preferences',
					find: ({ object_type: type = '', id = '' }) =>
						objects.get(type, id) ? `${type}/${id}` : objectNotFound(type, id),
				},
				ofObjects,
			),
			...routesOfBulkPreferences(ofUsers, tenants.isTenant),
			...routesOfBroadcasts(workspaceKey),
		];
	},
};
