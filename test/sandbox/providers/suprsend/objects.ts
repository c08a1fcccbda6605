import { type Answer, isObject, json, type ProviderRequest, stringOrNothing, timestamp } from '../provider';
import { on, type Route } from '../route';
import { cursorPage } from './cursor-page';
import { addChannel, applyOperations, flawOfOperations, isChannel, type Profile } from './user-operations';
import type { Users } from './users';

interface Thing extends Profile {
	object_type: string;
	id: string;
	serial: number;
	created_at: string;
	updated_at: string;
}

interface Subscription {
	serial: number;
	parent: string;
	/** The subscriber: a user, or an object by its key. */
	user?: string;
	child?: string;
	properties: Record<string, unknown>;
	at: string;
}

const keyOf = (type: string, id: string): string => `${type}/${id}`;

const invalid = json(400, { code: 400, message: 'invalid_request_error' });
export const notFound = (type: string, id: string): Answer =>
	json(404, { code: 404, message: `object '${keyOf(type, id)}' not found` });

export class Objects {
	private readonly all = new Map<string, Thing>();
	private readonly subscriptions = new Map<string, Subscription>();
	private serial = 0;

	constructor(
		private readonly now: () => number,
		readonly users: Users,
	) {}

	get(type: string, id: string): Thing | undefined {
		return this.all.get(keyOf(type, id));
	}

	ofType(type: string): Thing[] {
		return [...this.all.values()].filter(({ object_type }) => object_type === type);
	}

	touch(type: string, id: string): Thing {
		const at = timestamp(this.now);
		const known = this.get(type, id);
		const fresh = { properties: {}, channels: {}, serial: ++this.serial, created_at: at };
		const thing = { ...(known ?? { ...fresh, object_type: type, id }), updated_at: at };
		this.all.set(keyOf(type, id), thing);
		return thing;
	}

	delete(type: string, id: string): boolean {
		const key = keyOf(type, id);
		for (const [name, { parent, child }] of this.subscriptions) {
			if (parent === key || child === key) this.subscriptions.delete(name);
		}
		return this.all.delete(key);
	}

	/** Subscribes a user, who is created if they don't exist, or an object. */
	subscribe(
		parent: string,
		recipient: unknown,
		properties: Record<string, unknown>,
	): Subscription | undefined {
		const user = typeof recipient === 'string' ? recipient : undefined;
		const fields = isObject(recipient) ? recipient : {};
		const id = user ?? stringOrNothing(fields.distinct_id);
		const child = id === undefined ? keyOf(String(fields.object_type), String(fields.id)) : undefined;
		if (id !== undefined) this.users.upsert(id, {});
		const serial = ++this.serial;
		const subscription = { serial, parent, properties, at: timestamp(this.now), user: id, child };
		this.subscriptions.set(JSON.stringify([parent, id, child]), subscription);
		return subscription;
	}

	unsubscribe(parent: string, recipient: unknown): void {
		const fields = isObject(recipient) ? recipient : {};
		const user = typeof recipient === 'string' ? recipient : stringOrNothing(fields.distinct_id);
		const child = user === undefined ? keyOf(String(fields.object_type), String(fields.id)) : undefined;
		this.subscriptions.delete(JSON.stringify([parent, user, child]));
	}

	subscribersOf(parent: string): Subscription[] {
		return [...this.subscriptions.values()].filter((each) => each.parent === parent);
	}

	parentsOf(subscriber: Pick<Subscription, 'user' | 'child'>): Subscription[] {
		return [...this.subscriptions.values()].filter(
			({ user, child }) => user === subscriber.user && child === subscriber.child,
		);
	}

	brief(key: string): unknown {
		const thing = this.all.get(key);
		return thing === undefined ? null : this.shown(thing);
	}

	shown({ serial: _, channels, ...thing }: Thing): Record<string, unknown> {
		const count = this.subscribersOf(keyOf(thing.object_type, thing.id)).length;
		return { ...thing, subscriptions_count: count, ...channels };
	}
}

/** A subscription as its object lists it. */
const fromParent = (objects: Objects) => (each: Subscription) => ({
	properties: each.properties,
	user: each.user === undefined ? null : { distinct_id: each.user, updated_at: each.at },
	object: each.child === undefined ? null : objects.brief(each.child),
	created_at: each.at,
	updated_at: each.at,
});

/** A subscription as its subscriber lists it. */
export const fromSubscriber = (objects: Objects) => (each: Subscription) => ({
	properties: each.properties,
	object: objects.brief(each.parent),
	created_at: each.at,
	updated_at: each.at,
});

const MOST_RECIPIENTS = 100;

const recipientsIn = ({ body }: ProviderRequest): unknown[] | undefined => {
	const recipients = isObject(body) ? body.recipients : undefined;
	const isGood = Array.isArray(recipients) && recipients.length > 0 && recipients.length <= MOST_RECIPIENTS;
	return isGood ? (recipients as unknown[]) : undefined;
};

const PATH = '/v1/object/{object_type}/{id}/';

/** "Objects" and "Object Subscriptions" of SuprSend's OpenAPI description; the bulk deletion is from its SDKs. */
export function routesOfObjects(objects: Objects): Route[] {
	/** Routes about an object that exists. */
	const ofKnown =
		(answer: (request: ProviderRequest, key: string, thing: Thing) => Answer) =>
		(request: ProviderRequest, { object_type: type, id }: { object_type: string; id: string }): Answer => {
			const thing = objects.get(type, id);
			return thing ? answer(request, keyOf(type, id), thing) : notFound(type, id);
		};
	return [
		on('GET', '/v1/object/{object_type}/', (request, { object_type: type }) =>
			cursorPage(request, objects.ofType(type), (each) => objects.shown(each)),
		),
		on('POST', PATH, ({ body }, { object_type: type, id }) => {
			if (!isObject(body)) return invalid;
			const thing = objects.touch(type, id);
			for (const [key, value] of Object.entries(body)) {
				if (!isChannel(key)) thing.properties[key] = value;
				else if (Array.isArray(value)) for (const item of value) addChannel(thing, key, item);
			}
			return {
				...json(201, objects.shown(thing)),
				accepted: [{ kind: 'object', body, name: keyOf(type, id) }],
			};
		}),
		on('PATCH', PATH, ({ body }, { object_type: type, id }) => {
			const operations = isObject(body) ? body.operations : undefined;
			if (!Array.isArray(operations))
				return json(400, { code: 400, message: 'Request body must not be empty' });
			if (flawOfOperations(operations)) return invalid;
			const thing = objects.touch(type, id);
			applyOperations(thing, operations);
			return {
				...json(200, objects.shown(thing)),
				accepted: [{ kind: 'object edit', body, name: keyOf(type, id) }],
			};
		}),
		on(
			'GET',
			PATH,
			ofKnown((_request, _key, thing) => json(200, objects.shown(thing))),
		),
		on('DELETE', PATH, (_request, { object_type: type, id }) =>
			objects.delete(type, id)
				? { status: 204, accepted: [{ kind: 'object delete', body: undefined, name: keyOf(type, id) }] }
				: notFound(type, id),
		),
		on('DELETE', '/v1/bulk/object/{object_type}/', ({ body }, { object_type: type }) => {
			const ids = isObject(body) && Array.isArray(body.object_ids) ? body.object_ids.map(String) : undefined;
			if (ids === undefined) return invalid;
			for (const id of ids) objects.delete(type, id);
			return { status: 204, accepted: [{ kind: 'object delete', body }] };
		}),
		on(
			'POST',
			`${PATH}subscription/`,
			ofKnown((request, key) => {
				const recipients = recipientsIn(request);
				if (recipients === undefined) return invalid;
				const { properties } = request.body as Record<string, unknown>;
				const results = recipients.map((each) =>
					objects.subscribe(key, each, isObject(properties) ? properties : {}),
				);
				const accepted = [{ kind: 'subscription', body: request.body, name: key }];
				return {
					...json(200, { results: results.map((each) => each && fromParent(objects)(each)) }),
					accepted,
				};
			}),
		),
		on(
			'GET',
			`${PATH}subscription/`,
			ofKnown((request, key) => cursorPage(request, objects.subscribersOf(key), fromParent(objects))),
		),
		on(
			'DELETE',
			`${PATH}subscription/`,
			ofKnown((request, key) => {
				const recipients = recipientsIn(request);
				if (recipients === undefined) return invalid;
				for (const each of recipients) objects.unsubscribe(key, each);
				return { status: 204, accepted: [{ kind: 'unsubscription', body: request.body, name: key }] };
			}),
		),
		on(
			'GET',
			`${PATH}subscribed_to/object/`,
			ofKnown((request, key) =>
				cursorPage(request, objects.parentsOf({ child: key }), fromSubscriber(objects)),
			),
		),
	];
}
