import { requireClient } from '../../host/clients';

/** The part of @suprsend/node-sdk that the tests use. Its types aren't installed. */

type Values = Record<string, unknown>;

export interface BulkAnswer {
	status: string;
	total: number;
	success: number;
	failure: number;
	failed_records: Array<{ error: string; code: number }>;
}

export interface SdkEvent {
	add_attachment(path: string, options?: { file_name?: string; ignore_if_error?: boolean }): void;
}

export interface SdkUserEdit {
	set(values: unknown): void;
	set_once(values: unknown): void;
	increment(values: unknown): void;
	append(values: unknown): void;
	remove(values: unknown): void;
	unset(names: string[]): void;
	set_preferred_language(language: string): void;
	set_timezone(timezone: string): void;
	add_email(value: string): void;
	remove_email(value: string): void;
	add_sms(value: string): void;
	add_whatsapp(value: string): void;
	add_androidpush(token: string, provider: string): void;
	add_iospush(token: string, provider: string, bundleId?: string): void;
	add_webpush(subscription: object, provider: string): void;
	add_slack(value: object): void;
	add_ms_teams(value: object): void;
}

export interface SdkAnswer {
	success: boolean;
	status_code: number;
	message: string;
}

export interface SuprsendClient {
	track_event(event: SdkEvent): Promise<SdkAnswer>;
	bulk_events: { new_instance(): { append(...events: SdkEvent[]): void; trigger(): Promise<BulkAnswer> } };
	users: {
		upsert(id: string, payload: Values): Promise<unknown>;
		edit(edit: SdkUserEdit): Promise<unknown>;
		async_edit(edit: SdkUserEdit): Promise<unknown>;
		get(id: string): Promise<unknown>;
		delete(id: string): Promise<unknown>;
		list(options: Values): Promise<unknown>;
		merge(id: string, from: string): Promise<unknown>;
		bulk_delete(payload: Values): Promise<unknown>;
		get_lists_subscribed_to(id: string, options: Values): Promise<unknown>;
		get_objects_subscribed_to(id: string, options: Values): Promise<unknown>;
		get_edit_instance(id: string): SdkUserEdit;
		get_bulk_edit_instance(): { append(...edits: SdkUserEdit[]): void; save(): Promise<BulkAnswer> };
	};
	workflows: {
		trigger(request: object): Promise<SdkAnswer>;
		bulk_trigger_instance(): { append(...requests: object[]): void; trigger(): Promise<BulkAnswer> };
	};
	subscriber_lists: {
		add(list: string, ids: unknown[]): Promise<unknown>;
		remove(list: string, ids: unknown[]): Promise<unknown>;
		create(payload: Values): Promise<unknown>;
		get(list: string): Promise<unknown>;
		get_all(options: Values): Promise<unknown>;
		delete(list: string): Promise<unknown>;
		start_sync(list: string): Promise<unknown>;
		add_to_version(list: string, version: string, ids: unknown[]): Promise<unknown>;
		finish_sync(list: string, version: string): Promise<unknown>;
		delete_version(list: string, version: string): Promise<unknown>;
		broadcast(broadcast: object): Promise<unknown>;
	};
	tenants: {
		upsert(id: string, payload: Values): Promise<unknown>;
		get(id: string): Promise<unknown>;
		list(options: Values): Promise<unknown>;
	};
	messages: {
		list(options: Values): Promise<unknown>;
		bulk_update(messages: Values[]): Promise<unknown>;
	};
	objects: {
		list(type: string, options: Values): Promise<unknown>;
		get(type: string, id: string): Promise<unknown>;
		upsert(type: string, id: string, payload: Values): Promise<unknown>;
		edit(type: string, id: string, payload: Values): Promise<unknown>;
		delete(type: string, id: string): Promise<unknown>;
		bulk_delete(type: string, payload: Values): Promise<unknown>;
		get_subscriptions(type: string, id: string, options: Values): Promise<unknown>;
		create_subscriptions(type: string, id: string, payload: Values): Promise<unknown>;
		delete_subscriptions(type: string, id: string, payload: Values): Promise<unknown>;
		get_objects_subscribed_to(type: string, id: string, options: Values): Promise<unknown>;
	};
}

export interface SuprsendSdk {
	Suprsend: new (
		workspaceKey: string,
		workspaceSecret: string,
		config: { base_url: string },
	) => SuprsendClient;
	Event: new (
		distinctId: unknown,
		name: unknown,
		properties: unknown,
		more?: { idempotency_key?: string; tenant_id?: string },
	) => SdkEvent;
	SubscriberListBroadcast: new (
		body: Values,
		more?: { idempotency_key?: string; tenant_id?: string },
	) => object;
	WorkflowTriggerRequest: new (
		body: Values,
		more?: { idempotency_key?: string; tenant_id?: string; cancellation_key?: string },
	) => object;
}

export async function loadSdk(): Promise<SuprsendSdk> {
	return await requireClient<SuprsendSdk>('@suprsend/node-sdk');
}
