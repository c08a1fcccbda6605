import { type Answer, isObject, json, type ProviderRequest } from '../provider';
import { on, type Route } from '../route';
import { offsetPage } from './offset-page';

const CHANNELS = [
	'androidpush',
	'email',
	'inbox',
	'iospush',
	'ms_teams',
	'slack',
	'sms',
	'webpush',
	'whatsapp',
];

/** The notification categories of the workspace. The API can't create any. */
const CATEGORIES = ['newsletter', 'product-updates', 'status-update-alert'];

interface Choice {
	preference: string | null;
	opt_out_channels: string[];
}

interface Choices {
	categories: Map<string, Choice>;
	restricted: Set<string>;
}

const categoryNotFound = (name: string): Answer =>
	json(404, { code: 404, message: `category '${name}' not found` });

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** The preferences of a user or an object. */
export class Preferences {
	private readonly all = new Map<string, Choices>();

	reset(owner: string, { categories, channels }: { categories: boolean; channels: boolean }): void {
		const choices = this.of(owner);
		if (categories) choices.categories.clear();
		if (channels) choices.restricted.clear();
	}

	category(owner: string, category: string) {
		const choice = this.of(owner).categories.get(category);
		const preference = choice?.preference ?? 'opt_in';
		return {
			name: category,
			category,
			description: null,
			original_preference: null,
			preference,
			is_editable: true,
			channels: ['email', 'inbox'].map((channel) => ({
				channel,
				preference: choice?.opt_out_channels.includes(channel) === true ? 'opt_out' : preference,
				is_editable: true,
			})),
		};
	}

	channels(owner: string) {
		const { restricted } = this.of(owner);
		return CHANNELS.map((channel) => ({ channel, is_restricted: restricted.has(channel) }));
	}

	whole(owner: string) {
		const subcategories = CATEGORIES.map((category) => this.category(owner, category));
		return {
			sections: [{ name: null, slug: null, subcategories }],
			channel_preferences: this.channels(owner),
		};
	}

	/** Returns what is wrong, or undefined. */
	change(owner: string, { categories, channel_preferences }: Record<string, unknown>): Answer | undefined {
		for (const [index, each] of (Array.isArray(channel_preferences) ? channel_preferences : []).entries()) {
			const { channel, is_restricted } = isObject(each) ? each : {};
			if (!CHANNELS.includes(String(channel))) {
				const field = `channel_preferences[${index}].channel`;
				const problem = `must be one of ${JSON.stringify(CHANNELS)}`;
				return json(400, { code: 400, detail: { [field]: problem }, message: `{"${field}": ${problem}}` });
			}
			if (is_restricted === true) this.of(owner).restricted.add(String(channel));
			else this.of(owner).restricted.delete(String(channel));
		}
		for (const each of Array.isArray(categories) ? categories : []) {
			const { category, ...choice } = isObject(each) ? each : {};
			const flaw = this.choose(owner, String(category), choice);
			if (flaw) return flaw;
		}
		return undefined;
	}

	choose(owner: string, category: string, choice: Record<string, unknown>): Answer | undefined {
		if (!CATEGORIES.includes(category)) return categoryNotFound(category);
		this.of(owner).categories.set(category, {
			preference: String(choice.preference ?? 'opt_in'),
			opt_out_channels: listOf(choice.opt_out_channels),
		});
		return undefined;
	}

	private of(owner: string): Choices {
		let choices = this.all.get(owner);
		if (choices === undefined) {
			choices = { categories: new Map(), restricted: new Set() };
			this.all.set(owner, choices);
		}
		return choices;
	}
}

interface Owners {
	/** The path of an owner, such as `/v1/user/{distinct_id}/`. */
	path: `/${string}/`;
	kind: string;
	/** The owner's key, or the refusal if there is none. */
	find: (parameters: Record<string, string>) => string | Answer;
}

/** "User Preferences" and "Object Preferences" of SuprSend's OpenAPI description. */
export function routesOfPreferences({ path, kind, find }: Owners, preferences: Preferences): Route[] {
	const base = `${path}preference/`;
	const route = (
		method: 'GET' | 'PATCH',
		under: string,
		answer: (owner: string, request: ProviderRequest, category: string) => Answer,
	): Route =>
		on(method, `${base}${under}`, (request, parameters: Record<string, string>) => {
			const owner = find(parameters);
			return typeof owner === 'string' ? answer(owner, request, parameters.category ?? '') : owner;
		});
	const changed = (owner: string, body: unknown, answer: Answer, flaw: Answer | undefined): Answer =>
		flaw ?? { ...answer, accepted: [{ kind, body, user: owner }] };
	const fields = (body: unknown) => (isObject(body) ? body : {});
	return [
		route('GET', '', (owner) => json(200, preferences.whole(owner))),
		route('GET', 'category/', (owner, request) =>
			offsetPage(
				request,
				CATEGORIES.map((category) => preferences.category(owner, category)),
				10,
			),
		),
		route('GET', 'category/{category}/', (owner, _request, category) =>
			CATEGORIES.includes(category)
				? json(200, preferences.category(owner, category))
				: categoryNotFound(category),
		),
		route('GET', 'channel_preference/', (owner) =>
			json(200, { channel_preferences: preferences.channels(owner) }),
		),
		route('PATCH', '', (owner, { body }) => {
			const flaw = preferences.change(owner, fields(body));
			return changed(owner, body, json(200, preferences.whole(owner)), flaw);
		}),
		route('PATCH', 'category/{category}/', (owner, { body }, category) => {
			const flaw = preferences.choose(owner, category, fields(body));
			return changed(owner, body, json(202, preferences.category(owner, category)), flaw);
		}),
		route('PATCH', 'channel_preference/', (owner, { body }) => {
			const flaw = preferences.change(owner, { channel_preferences: fields(body).channel_preferences });
			return changed(owner, body, json(202, { channel_preferences: preferences.channels(owner) }), flaw);
		}),
	];
}

/** The requests for several users. The answer doesn't say who of them exists. */
export function routesOfBulkPreferences(
	preferences: Preferences,
	isTenant: (id: string) => boolean,
): Route[] {
	const each =
		(kind: string, change: (owner: string, fields: Record<string, unknown>) => Answer | undefined) =>
		({ body, query }: ProviderRequest): Answer => {
			const fields = isObject(body) ? body : {};
			const tenant = query.get('tenant_id');
			if (tenant !== null && !isTenant(tenant)) {
				return json(404, { code: 404, message: `tenant '${tenant}' not found` });
			}
			for (const owner of listOf(fields.distinct_ids)) {
				const flaw = change(owner, fields);
				if (flaw) return flaw;
			}
			return { ...json(202, { success: true }), accepted: [{ kind, body }] };
		};
	return [
		on(
			'PATCH',
			'/v1/bulk/user/preference/',
			each('preferences', (owner, fields) => preferences.change(owner, fields)),
		),
		on(
			'PATCH',
			'/v1/bulk/user/preference/reset/',
			each('preferences reset', (owner, fields) => {
				const { reset_categories: categories, reset_channel_preferences: channels } = fields;
				preferences.reset(owner, { categories: categories !== false, channels: channels !== false });
				return undefined;
			}),
		),
	];
}

const TENANT_PREFERENCES = ['opt_in', 'opt_out', 'cant_unsubscribe'];

/** "Tenant Preferences" of SuprSend's OpenAPI description. */
export function routesOfTenantPreferences(isTenant: (id: string) => boolean): Route[] {
	const all = new Map<string, Record<string, unknown>>();
	const shown = (tenant: string, category: string) => ({
		name: category,
		category,
		description: null,
		tags: null,
		effective_tags: null,
		root_category: 'system',
		default_preference: 'opt_in',
		default_mandatory_channels: null,
		default_opt_in_channels: null,
		enabled_for_tenant: true,
		visible_to_subscriber: true,
		preference: null,
		mandatory_channels: null,
		opt_in_channels: null,
		blocked_channels: null,
		updated_at: null,
		...all.get(`${tenant}/${category}`),
	});
	const base = '/v1/tenant/{tenant_id}/preference/';
	const route = (
		method: 'GET' | 'PATCH',
		under: string,
		answer: (tenant: string, request: ProviderRequest, category: string) => Answer,
	): Route =>
		on(method, `${base}${under}`, (request, { tenant_id = '', category = '' }: Record<string, string>) => {
			if (!isTenant(tenant_id)) return json(404, { code: 404, message: `tenant '${tenant_id}' not found` });
			if (category !== '' && !CATEGORIES.includes(category)) {
				const message = `tenant '${tenant_id}' not found or category '${category}' not found`;
				return json(404, { code: 404, message });
			}
			return answer(tenant_id, request, category);
		});
	return [
		route('GET', '', (tenant) => {
			const categories = CATEGORIES.map((category) => shown(tenant, category));
			return json(200, {
				root_categories: [{ root_category: 'system', sections: [{ name: null, categories }] }],
			});
		}),
		route('GET', 'category/', (tenant, request) =>
			offsetPage(
				request,
				CATEGORIES.map((category) => shown(tenant, category)),
				10,
			),
		),
		route('GET', 'category/{category}/', (tenant, _request, category) => json(200, shown(tenant, category))),
		route('PATCH', 'category/{category}/', (tenant, { body }, category) => {
			const fields = isObject(body) ? body : {};
			if (!TENANT_PREFERENCES.includes(String(fields.preference))) {
				return json(400, { code: 400, message: 'invalid_request_error' });
			}
			all.set(`${tenant}/${category}`, fields);
			return {
				...json(200, shown(tenant, category)),
				accepted: [{ kind: 'tenant preference', body, name: category }],
			};
		}),
	];
}
