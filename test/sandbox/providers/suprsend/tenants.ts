import { z } from 'zod';
import { type Answer, json, OPENED_AT, timestamp } from '../provider';
import { on, type Route } from '../route';
import { offsetPage } from './offset-page';
import { notFound, refuse } from './replies';

const tenantId = z
	.string()
	.max(64)
	.regex(/^[A-Za-z0-9_-]+$/);

const text = z.string().nullish();

/** A social link is removed with "", not with null. */
const tenantFields = z.object({
	tenant_name: z.string({ required_error: 'This field is required.' }).min(1, 'This field may not be blank.'),
	logo: text,
	timezone: text,
	blocked_channels: z.array(z.string()).nullish(),
	primary_color: text,
	secondary_color: text,
	tertiary_color: text,
	preference_page_url: text,
	social_links: z.record(z.string()).optional(),
	properties: z.record(z.unknown()).optional(),
});

type TenantFields = z.infer<typeof tenantFields>;

interface Tenant extends TenantFields {
	tenant_id: string;
	updated_at: string;
}

/** The request's `preference_page_url` is `embedded_preference_url` in the answer. */
const shown = ({ preference_page_url: url, social_links = {}, properties = {}, ...tenant }: Tenant) => ({
	tenant_id: tenant.tenant_id,
	tenant_name: tenant.tenant_name,
	logo: tenant.logo ?? null,
	timezone: tenant.timezone ?? null,
	blocked_channels: tenant.blocked_channels ?? null,
	embedded_preference_url: url ?? null,
	hosted_preference_domain: 'preferences.suprsend.com',
	primary_color: tenant.primary_color ?? null,
	secondary_color: tenant.secondary_color ?? null,
	tertiary_color: tenant.tertiary_color ?? null,
	social_links,
	properties,
	updated_at: tenant.updated_at,
});

/** Merges properties and social links by their first-level keys. */
const merged = (known: TenantFields | undefined, fields: TenantFields): TenantFields => ({
	...known,
	...fields,
	social_links: { ...known?.social_links, ...fields.social_links },
	properties: { ...known?.properties, ...fields.properties },
});

const tenantNotFound = (id: string): Answer => notFound(`No tenant found for tenant_id ${id}`);

const PATH = '/v1/tenant/{tenant_id}/';

/** https://docs.suprsend.com/reference/create-update-tenants and related pages. */
export function routesOfTenants(now: () => number): { routes: Route[]; isTenant: (id: string) => boolean } {
	const tenants = new Map<string, Tenant>();
	const save = (id: string, fields: TenantFields, updated_at = timestamp(now)): Tenant => {
		const tenant = { ...merged(tenants.get(id), fields), tenant_id: id, updated_at };
		tenants.set(id, tenant);
		return tenant;
	};
	// Every workspace has this tenant from the start.
	save('default', { tenant_name: 'Default' }, OPENED_AT);

	const routes = [
		on('GET', '/v1/tenant/', (request) => offsetPage(request, [...tenants.values()].map(shown))),
		on('POST', PATH, ({ body }, { tenant_id: id }) => {
			if (!tenantId.safeParse(id).success)
				return refuse({ field: 'tenant_id', message: 'Invalid tenant_id' });
			const { data, error } = tenantFields.safeParse(body);
			const [issue] = error?.issues ?? [];
			if (!data)
				return refuse({ field: String(issue?.path[0] ?? 'body'), message: issue?.message ?? 'Invalid' });
			const accepted = [{ kind: 'tenant', body, name: data.tenant_name }];
			return { ...json(201, shown(save(id, data))), accepted };
		}),
		on('GET', PATH, (_request, { tenant_id: id }) => {
			const tenant = tenants.get(id);
			return tenant ? json(200, shown(tenant)) : tenantNotFound(id);
		}),
		on('DELETE', PATH, (_request, { tenant_id: id }) =>
			tenants.delete(id)
				? { status: 204, accepted: [{ kind: 'tenant delete', body: undefined, name: id }] }
				: tenantNotFound(id),
		),
	];
	return { routes, isTenant: (id) => tenants.has(id) };
}
