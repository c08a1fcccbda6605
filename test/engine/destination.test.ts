import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox';
import { event, send, senders, type Sender } from './harness/senders';

/** Event: Send as a destination: events of some types go to another operation of the service. */

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const identify = (index: number, more: IDataObject = {}): IDataObject => {
	const { userId, messageId, timestamp } = event(index);
	const traits = { email: `${String(userId)}@example.com`, plan: 'pro' };
	return { type: 'identify', messageId, userId, anonymousId: null, timestamp, traits, ...more };
};
const group = (index: number) => ({ ...event(index), type: 'group', groupId: 'acme', event: undefined });
const alias = (index: number) => ({ ...event(index), type: 'alias', previousId: 'before', event: undefined });

const kinds = (sender: Sender) => sandbox.records(sender.provider).map(({ kind }) => kind);
const withPeople = senders.filter(({ provider }) => provider !== 'embeddables');
const [relationKit, suprSend] = senders as [Sender, Sender];
const rehook = senders[3] as Sender;
const simonData = senders[4] as Sender;
const embeddables = senders[5] as Sender;

const run = async (sender: Sender, items: IDataObject[], parameters: INodeParameters = {}) => {
	// Each service's own format of names.
	const more = { parameters: { options: {}, ...parameters }, onError: 'continueRegularOutput' } as const;
	const { output, hints } = await send(sender, sandbox, items, more);
	return { results: output.map(({ json }) => json), hints };
};

describe.each(withPeople)('$title', (sender) => {
	test('an identify event updates the person, before the events that follow', async () => {
		const { results } = await run(sender, [identify(0), event(0, { messageId: 'm' }), identify(1)]);

		expect(results.map(({ status }) => status)).toEqual(['delivered', 'delivered', 'delivered']);
		expect(results.map(({ operation }) => operation)).toEqual([
			expect.stringMatching(/^\w+:identify$/),
			'event:send',
			expect.stringMatching(/^\w+:identify$/),
		]);
		const ofFirst = sandbox
			.records(sender.provider)
			.filter(({ user }) => String(user).includes('user-0'))
			.map(({ kind }) => kind);
		expect(ofFirst).toEqual([expect.stringMatching(/^(user|customer|contact)$/), 'event']);
		expect(sandbox.dropped()).toEqual([]);
	});

	test('Send Many does the same, with one summary', async () => {
		const parameters = { operation: 'sendMany', eventsField: '' };
		const { results } = await run(sender, [identify(0), event(0, { messageId: 'm' })], parameters);

		expect(results).toMatchObject([{ status: 'success', total: 2, success: 2, requests: 2 }]);
		expect(kinds(sender).at(-1)).toBe('event');
		expect(kinds(sender)).not.toEqual(['event', 'event']);
	});

	test('Preview Only shows each kind of request', async () => {
		const items = [identify(0), event(1)];
		const { results } = await run(sender, items, { options: { previewOnly: true } });
		const bodies = results.map(({ request }) => JSON.stringify((request as IDataObject).body));

		expect(results.map(({ status }) => status)).toEqual(['previewed', 'previewed']);
		expect(bodies[0]).not.toContain('User Identified');
		expect(bodies[1]).toMatch(/event[_-]1/);
		expect(sandbox.requests()).toEqual([]);
	});

	test.each([
		['Send as an Event', 'event', ['event']],
		['Skip', 'skip', []],
	])('identify events can be chosen to be %s', async (_, chosen, expected) => {
		const { results, hints } = await run(sender, [identify(0)], { options: { identifyEvents: chosen } });

		expect(results[0]).toMatchObject({ status: chosen === 'skip' ? 'skipped' : 'delivered' });
		expect(kinds(sender)).toEqual(expected);
		if (chosen === 'skip') {
			expect(hints).toEqual([expect.stringMatching(/'Identify Events' is set to 'Skip'/)]);
		}
	});
});

test('a service without people has identify events as events', async () => {
	await run(embeddables, [identify(0)]);
	expect(kinds(embeddables)).toEqual(['event']);
});

test.each(senders)('$title gets group and alias events as events, or not at all', async (sender) => {
	await run(sender, [group(0), alias(1)]);
	expect(kinds(sender)).toEqual(['event', 'event']);

	const options = { groupEvents: 'skip', aliasEvents: 'skip' };
	const { results } = await run(sender, [group(2), alias(3)], { options });
	expect(results.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
	expect(kinds(sender)).toHaveLength(2);
});

test('fills in the fields as they are in Define Below, whatever the options for types', async () => {
	const { results } = await run(rehook, [identify(0)], {
		...{ mappingMode: 'defineBelow', sourceId: 'u', eventName: 'e', options: { identifyEvents: 'skip' } },
	});
	expect(results).toMatchObject([{ status: 'delivered', operation: 'event:send' }]);
});

test('1,000 events of 100 new people arrive at SuprSend, which drops events of people it does not know', async () => {
	const items = Array.from({ length: 1000 }, (_, index) => {
		const userId = `user-${index % 100}`;
		return index < 100 || index % 7 === 0
			? identify(index, { userId })
			: event(index, { userId, messageId: `m-${index}` });
	});
	const tracks = items.filter(({ type }) => type === 'track').length;
	const { results } = await run(suprSend, items);

	expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['delivered']));
	expect(sandbox.dropped()).toEqual([]);
	expect(kinds(suprSend).filter((kind) => kind === 'event')).toHaveLength(tracks);
	for (let user = 0; user < 100; user++) {
		const sent = sandbox.records('suprsend').filter(({ user: of }) => of === `user-${user}`);
		const names = sent.filter(({ kind }) => kind === 'event').map(({ name }) => Number(name?.slice(6)));
		expect(names).toEqual(names.toSorted((a, b) => a - b));
		expect(sent[0]?.kind).toBe('user');
	}
});

test('a phone number reaches the channels that the option of Identify says', async () => {
	const traits = { phone: '+15555555555' };
	await run(suprSend, [identify(0, { traits })], { options: { phoneChannels: ['sms'] } });
	expect(sandbox.requests('suprsend')[0]?.body).toEqual({ $sms: ['+15555555555'] });
});

test('retries both kinds of requests', async () => {
	sandbox.misbehave({ provider: 'relationkit', times: 2, do: { status: 503 } });
	const { results } = await run(relationKit, [identify(0), event(0, { messageId: 'm' })]);
	expect(results).toMatchObject([
		{ status: 'delivered', attempts: 3 },
		{ status: 'delivered', attempts: 1 },
	]);
});

test('an event of a person that the service refuses is one failure, with the way out', async () => {
	const { results } = await run(simonData, [identify(0, { traits: {} }), event(0, { messageId: 'm' })]);
	expect(results).toMatchObject([
		{
			status: 'failed',
			reason: { description: expect.stringMatching(/'Identify Events' to 'Send as an Event'/) },
		},
		{ status: 'delivered' },
	]);

	const options = { identifyEvents: 'event' };
	const again = await run(simonData, [identify(0, { traits: {} })], { options });
	expect(again.results).toMatchObject([{ status: 'delivered' }]);
});

test.each([
	['Rehook', rehook],
	['RelationKit', relationKit],
])('an identify that %s accepts in no way gets no such advice', async (_, sender) => {
	const anonymous = identify(0, { userId: null, anonymousId: 'a1', traits: { plan: 'pro' } });
	const asPerson = (await run(sender, [anonymous])).results[0];
	const asEvent = (await run(sender, [anonymous], { options: { identifyEvents: 'event' } })).results[0];

	expect([asPerson?.status, asEvent?.status]).toEqual(['failed', 'failed']);
	expect(JSON.stringify(asPerson)).not.toContain('Send as an Event');
});

test('a rejected key ends the run for both kinds of requests', async () => {
	const items = [identify(0), ...Array.from({ length: 50 }, (_, index) => event(index + 1))];
	const { output } = await send(relationKit, sandbox, items, {
		credential: { apiToken: 'wrong' },
		parameters: { options: { concurrency: 1 } },
		onError: 'continueRegularOutput',
	});
	expect(output.map(({ json }) => json.status)).toEqual(Array(51).fill('failed'));
	expect(sandbox.requests('relationkit')).toHaveLength(1);
});

test('a failed event that had no ID keeps the one it was sent under', async () => {
	sandbox.misbehave({ provider: 'suprsend', times: 'always', do: { status: 400 } });
	const { errorOutput } = await send(suprSend, sandbox, [identify(0, { messageId: '' })], {
		onError: 'continueErrorOutput',
	});
	const failed = errorOutput[0]?.json ?? {};
	sandbox.reset();
	const { output } = await send(suprSend, sandbox, [failed], { executionId: '2' });
	expect(output[0]?.json).toMatchObject({
		status: 'delivered',
		messageId: (failed.error as IDataObject).messageId,
	});
});
