import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { triggerOptions } from '../../../nodes/CustomerEvents/trigger-options';
import type { Refusal } from '../../../nodes/shared/webhook/refusal';
import type { RejectCode } from '../../../nodes/shared/event/rejects';
import { fieldsOf } from '../harness/settings';
import { runNode } from '../harness/run-node';
import type { Body, PostOptions } from './n8n-server';
import { Trigger, type TriggerSettings } from './trigger';

/**
 * Does what each reject and each refusal says first, as a program: it adds the field, sends the JSON or sets the option
 * that the message names. Then the event must be accepted, or the message says what only the sender can do.
 */

type Groups = Record<string, string>;

const track = { type: 'track', event: 'Order Completed', userId: '42' };

/** The name of the trigger's option with this label. */
function optionWith(label = ''): string {
	const option = fieldsOf(triggerOptions).find(({ displayName }) => displayName === label);
	if (option === undefined) throw new Error(`There is no option '${label}'`);
	return option.name;
}

const inOptions = "'(?<option>[\\w ()]+)' in the trigger's options";

interface RejectCase {
	event: unknown;
	settings?: INodeParameters;
	post?: PostOptions;
	says: RegExp;
	/** Returns the corrected event or, with the option that the message names, its new value. */
	follow?: (event: IDataObject, groups: Groups) => unknown;
	/** The new value of the option that the message names. */
	raise?: number;
}

const addMissing: RejectCase['follow'] = (event, { field = '' }) => ({ ...event, [field]: 'new-id' });
const needs = (field: string) => new RegExp(`needs "(?<field>${field})"`);
const mustBe: Pick<RejectCase, 'says' | 'follow'> = {
	says: /"(?<field>\w+)" must be an object, for example (?<json>\{.*\})\./,
	follow: (event, { field = '', json = '' }) => ({ ...event, [field]: JSON.parse(json) as object }),
};

/** What the trigger rejects. */
const rejects: Record<
	Exclude<RejectCode, 'consent_missing' | 'unplanned_event' | 'plan_violation' | 'line_not_json'>,
	RejectCase
> = {
	not_an_object: {
		event: 'Order Completed',
		says: /must be a JSON object, for example (?<json>\{.*\})\./,
		follow: (_, { json = '' }) => JSON.parse(json) as unknown,
	},
	unknown_type: {
		event: { ...track, type: 'purchase' },
		says: /needs a "(?<field>type)": (?<first>\w+),/,
		follow: (event, { field = '', first }) => ({ ...event, [field]: first }),
	},
	missing_event_name: {
		event: { type: 'track', userId: '42' },
		says: /needs a name in "(?<field>\w+)", for example "(?<example>[^"]+)"/,
		follow: (event, { field = '', example }) => ({ ...event, [field]: example }),
	},
	event_name_not_text: {
		event: { ...track, event: {} },
		says: /"(?<field>\w+)" must be text, for example "(?<example>[^"]+)"/,
		follow: (event, { field = '', example }) => ({ ...event, [field]: example }),
	},
	event_name_too_long: {
		event: { ...track, event: `Viewed ${'x'.repeat(200)}` },
		says: /longer than (?<most>\d+) characters\. Move the variable part to "(?<field>properties)"/,
		follow: (event, { field = '' }) => {
			const [name, page] = String(event.event).split(' ');
			return { ...event, event: name, [field]: { page } };
		},
	},
	message_id_too_long: {
		event: { ...track, messageId: 'm'.repeat(101) },
		says: /longer than (?<most>\d+) characters\. Send a shorter ID/,
		follow: (event, { most }) => ({ ...event, messageId: String(event.messageId).slice(0, Number(most)) }),
	},
	no_user_anon_id: {
		event: { type: 'track', event: 'Order Completed' },
		says: /Set "(?<field>userId)", or "anonymousId"/,
		follow: addMissing,
	},
	missing_user_id: {
		event: { type: 'alias', anonymousId: 'a', previousId: 'b' },
		says: needs('userId'),
		follow: addMissing,
	},
	missing_previous_id: {
		event: { type: 'alias', userId: '42' },
		says: needs('previousId'),
		follow: addMissing,
	},
	missing_group_id: { event: { type: 'group', userId: '42' }, says: needs('groupId'), follow: addMissing },
	id_not_text: {
		event: { ...track, userId: { id: 42 } },
		says: /IDs must be (?<what>text) or numbers/,
		follow: (event) => ({ ...event, userId: '42' }),
	},
	id_too_long: {
		event: { ...track, userId: 'u'.repeat(257) },
		says: /IDs can have up to (?<most>\d+) characters/,
		follow: (event, { most }) => ({ ...event, userId: String(event.userId).slice(0, Number(most)) }),
	},
	properties_not_object: { event: { ...track, properties: 'none' }, ...mustBe },
	traits_not_object: { event: { type: 'identify', userId: '42', traits: 'none' }, ...mustBe },
	context_not_object: { event: { ...track, context: 'none' }, ...mustBe },
	integrations_not_object: { event: { ...track, integrations: 'none' }, ...mustBe },
	event_too_large: {
		event: { ...track, properties: { text: 'x'.repeat(2_000) } },
		settings: { maxEventSize: 1 },
		says: new RegExp(`the limit is 1024 \\(${inOptions}\\)`),
		raise: 4,
	},
	too_deep: {
		event: { ...track, properties: { a: { b: { c: 1 } } } },
		settings: { maxDepth: 3 },
		says: new RegExp(`The limit is 3 levels \\(${inOptions}\\)`),
		raise: 10,
	},
	too_many_properties: {
		event: { ...track, properties: { a: 1, b: 2, c: 3 } },
		settings: { maxProperties: 5 },
		says: new RegExp(`The limit is 5 properties \\(${inOptions}\\)`),
		raise: 10,
	},
	shares_too_much: {
		event: {
			context: { text: 'x'.repeat(20_000) },
			batch: Array.from({ length: 200 }, (_, index) => ({ ...track, messageId: `m${index}` })),
		},
		says: /Send fewer events per request.* up to (?<most>\d+) events are accepted/,
		follow: (event, { most }) => ({ ...event, batch: (event.batch as IDataObject[]).slice(0, Number(most)) }),
	},
	invalid_cloud_event: {
		event: { specversion: '1.0', subject: 'u1', data: {} },
		post: { headers: { 'content-type': 'application/cloudevents+json' } },
		says: /needs "(?<first>\w+)", "(?<second>\w+)" and "(?<third>\w+)", each as text/,
		follow: (event, { first = '', second = '', third = '' }) => ({
			[first]: '1',
			[second]: '/shop',
			[third]: 'order.completed',
			...event,
		}),
	},
	subscription_not_confirmed: {
		event: {
			Type: 'SubscriptionConfirmation',
			MessageId: 'm1',
			TopicArn: 'arn:aws:sns:us-east-1:123456789012:Topic',
			SubscribeURL: 'https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription',
			Token: 'x',
			Message: 'Confirm',
			Timestamp: '2026-01-01T00:00:00.000Z',
			SignatureVersion: '1',
		},
		says: /only after you confirm the subscription\. To confirm the subscription, open this URL in a browser: https:\/\/sns\./,
	},
};

describe.each(Object.entries(rejects))(
	'%s',
	(code, { event, settings = {}, post: how, says, follow, raise }) => {
		const isLeftToTheSender = follow === undefined && raise === undefined;
		test(isLeftToTheSender ? 'says what to do at the sender' : 'is solved by its message', async () => {
			const post = async (body: unknown, options: INodeParameters) =>
				await new Trigger({ options }).post(JSON.stringify(body), how);
			const { rejected } = await post(event, settings);
			expect(rejected.at(-1)).toMatchObject({ code, message: expect.stringMatching(says) });

			const { groups = {} } = says.exec(rejected.at(-1)?.message ?? '') ?? {};
			if (isLeftToTheSender) return;
			const better = follow === undefined ? event : follow(event as IDataObject, groups);
			const options = raise === undefined ? settings : { ...settings, [optionWith(groups.option)]: raise };
			const reply = await post(better, options);
			expect(reply.rejected).toEqual([]);
			expect(reply.events.length).toBeGreaterThan(0);
		});
	},
);

test('line_not_json is solved by its message', async () => {
	const post = async (second: string) =>
		await new Trigger().post(`${JSON.stringify(track)}\n${second}`, {
			headers: { 'content-type': 'application/x-ndjson' },
		});
	const { rejected } = await post('{"type":"track",');
	expect(rejected).toMatchObject([
		{ code: 'line_not_json', message: expect.stringMatching(/Write one JSON object per line/) },
	]);
	expect(rejected[0]?.message).toMatch(/line 2/i);
	expect(await post(JSON.stringify(track))).toMatchObject({ rejected: [], events: [{}, {}] });
});

describe('what Convert and Validate reject by their rules', () => {
	async function check(parameters: INodeParameters, item: IDataObject = track) {
		const { stored } = await runNode({
			node: 'customerEvents',
			parameters: { operation: 'validate', ...parameters },
			credentials: {},
			items: [item],
		});
		const [events, rejected] = stored[0]?.data?.main ?? [];
		return { events: events ?? [], message: String(rejected?.[0]?.json.message) };
	}

	const plan = (rows: IDataObject[]) => ({
		planSource: 'json',
		planJson: JSON.stringify(rows),
		unplanned: 'reject',
	});

	test('consent_missing shows the JSON to send', async () => {
		const options = { consent: 'Advertising, Analytics' };
		const { message } = await check({ options });
		const [json = ''] = /\{.*\}$/.exec(message) ?? [];
		const { events } = await check({ options }, { ...track, ...(JSON.parse(json) as IDataObject) });
		expect(events).toHaveLength(1);
	});

	test('unplanned_event names the event to add to the plan', async () => {
		const { message } = await check(plan([{ event: 'Signed Up' }]));
		const [, name, field] = /has no event '(.+?)'\. Add it to '(.+?)'/.exec(message) ?? [];
		expect(field).toBe('Planned Events');
		const { events } = await check(plan([{ event: 'Signed Up' }, { event: name }]));
		expect(events).toHaveLength(1);
	});

	test.each([
		['plan_missing', {}, /^'properties\.(?<name>\w+)' is missing/],
		['plan_value', { currency: 'GBP' }, /^'properties\.(?<name>\w+)' must be one of: (?<value>\w+)/],
	])('plan_violation (%s) names the property and what it must be', async (_, properties, says) => {
		const rules = plan([
			{ event: 'Order Completed', property: 'currency', required: true, allowedValues: ['EUR', 'USD'] },
		]);
		const { message } = await check(rules, { ...track, properties });
		expect(message).toMatch(says);
		const { name = '', value = 'EUR' } = says.exec(message)?.groups ?? {};
		const { events } = await check(rules, { ...track, properties: { [name]: value } });
		expect(events).toHaveLength(1);
	});
});

interface RefusalCase {
	settings?: TriggerSettings;
	body: Body;
	post?: PostOptions;
	says: RegExp;
	/** Changes the settings or the request as the message says. */
	follow: (groups: Groups) => { settings?: TriggerSettings; body?: Body; post?: PostOptions };
}

const asText = { 'content-type': 'text/plain' };
/** The body that these messages ask for, for example. */
const sendJson: Pick<RefusalCase, 'says' | 'follow'> = {
	says: /Send one event, (?<batch>\{"batch":\[…\]\}) or a list of events as JSON/,
	follow: ({ batch = '' }) => ({ body: batch.replace('…', JSON.stringify(track)) }),
};
function formOf(fields: Record<string, string>): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.set(name, value);
	return form;
}

const setOption =
	(value: number | string): RefusalCase['follow'] =>
	({ option }) => ({ settings: { options: { [optionWith(option)]: value } } });

const refusals: Record<Exclude<Refusal['code'], 'still_being_answered' | 'rate_limited'>, RefusalCase> = {
	empty_body: { body: '', ...sendJson },
	not_json: { body: '{oops', post: { headers: asText }, ...sendJson },
	multipart_form: {
		body: formOf(track),
		says: /Send the fields as (?<type>[\w/-]+\w),/,
		follow: ({ type = '' }) => ({
			body: new URLSearchParams(track).toString(),
			post: { headers: { 'content-type': type } },
		}),
	},
	method_not_allowed: {
		body: '',
		post: { method: 'GET', path: `?${new URLSearchParams(track).toString()}` },
		says: /Send them in the body of a (?<method>POST) request/,
		follow: ({ method }) => ({ body: JSON.stringify(track), post: { method } }),
	},
	unauthorized: {
		settings: { credential: { scheme: 'writeKey', writeKeySecret: 'a-write-key-not-real' }, mode: 'manual' },
		body: track,
		says: /Send it .* in the header (?<header>[\w-]+)/,
		follow: ({ header = '' }) => ({ post: { headers: { [header]: 'a-write-key-not-real' } } }),
	},
	origin_not_allowed: {
		settings: { options: { allowedOrigins: 'https://shop.example' } },
		body: track,
		post: { headers: { origin: 'https://new.example' } },
		says: new RegExp(`Add its origin to ${inOptions}`),
		follow: setOption('https://shop.example, https://new.example'),
	},
	address_not_allowed: {
		settings: { options: { ipAllowList: '10.0.0.0/8' } },
		body: track,
		says: new RegExp(`Add it to ${inOptions}`),
		follow: setOption('10.0.0.0/8, 127.0.0.1'),
	},
	batch_too_large: {
		settings: { options: { maxBatchSize: 1 } },
		body: { ...track, properties: { text: 'x'.repeat(2_000) } },
		says: new RegExp(`or raise ${inOptions}`),
		follow: setOption(4),
	},
	too_many_events: {
		settings: { options: { maxEventsPerBatch: 1 } },
		body: [track, track],
		says: new RegExp(`or raise ${inOptions}`),
		follow: setOption(2),
	},
};

describe.each(Object.entries(refusals))('%s', (code, { settings, body, post, says, follow }) => {
	test('is solved by its message', async () => {
		const refused = (await new Trigger(settings).post(body, post)).json();
		expect(refused).toMatchObject({ success: false, error: { code } });
		const { message } = refused.error as { message: string };
		expect(message).toMatch(says);

		const better = follow(says.exec(message)?.groups ?? {});
		const trigger = new Trigger(better.settings ?? settings);
		const reply = await trigger.post(better.body ?? body, better.post ?? post);
		expect(reply.json()).toMatchObject({ success: true, rejected: [] });
		expect(reply.events.length).toBeGreaterThan(0);
	});
});

test('rate_limited is solved by waiting as long as it says', async () => {
	const trigger = new Trigger({ options: { eventsPerSecond: 2 } });
	await trigger.post([track, track]);
	const { message } = (await trigger.post([track, track])).json().error as { message: string };
	const [, seconds] = /Send this request again in (\d+) s/.exec(message) ?? [];
	await sleep(Number(seconds) * 1_000);
	expect((await trigger.post([track, track])).json()).toMatchObject({ accepted: 2 });
});

test('still_being_answered is solved by sending the request again', async () => {
	const trigger = new Trigger();
	let answer = () => {};
	trigger.holdNext = new Promise((resolve) => (answer = resolve));
	const event = { ...track, messageId: 'm1' };
	const first = trigger.post(event);
	// Until the first request is being answered.
	await trigger.post({ ...track, messageId: 'm2' });
	const refused = (await trigger.post(event)).json();
	expect(refused.error).toMatchObject({
		code: 'still_being_answered',
		message: expect.stringMatching(/Send this request again/),
	});
	answer();
	expect((await first).json()).toMatchObject({ accepted: 1 });
	expect((await trigger.post(event)).json()).toMatchObject({ success: true, duplicates: 1 });
});
