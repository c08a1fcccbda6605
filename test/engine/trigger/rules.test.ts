import { Trigger } from './trigger';

const order = (more: object = {}) => ({
	...{ type: 'track', event: 'Order Completed', userId: 'u1', messageId: 'm1' },
	properties: { total: 42 },
	...more,
});
const plan = {
	planSource: 'json',
	planJson: '[{"event": "Order Completed", "property": "total", "type": "number", "required": true}]',
};

describe('a tracking plan in the trigger', () => {
	test('tells the sender which events it rejects and why, in the order of the request', async () => {
		const reply = await new Trigger({ parameters: plan }).post([
			order(),
			order({ messageId: 'm2', properties: { total: '42' } }),
			{ type: 'track', userId: 'u1', messageId: 'm3' },
			order({ messageId: 'm4', properties: {} }),
		]);

		expect(reply.status).toBe(200);
		expect(reply.json()).toMatchObject({
			accepted: 1,
			rejected: [
				{
					index: 1,
					messageId: 'm2',
					code: 'plan_violation',
					message: "'properties.total' must be a number.",
				},
				{ index: 2, code: 'missing_event_name' },
				{ index: 3, messageId: 'm4', code: 'plan_violation' },
			],
		});
		expect(reply.events).toMatchObject([{ messageId: 'm1' }]);
		expect(reply.rejected.map(({ index, code, path }) => [index, code, path])).toEqual([
			[1, 'plan_violation', 'properties.total'],
			[2, 'missing_event_name', 'event'],
			[3, 'plan_violation', 'properties.total'],
		]);
	});

	test('warns of events that it does not have, and counts the warnings in the reply', async () => {
		const reply = await new Trigger({ parameters: plan }).post([
			order({ event: 'Signed Up' }),
			order({ messageId: 'm2' }),
		]);

		expect(reply.json()).toMatchObject({ accepted: 2, rejected: [], warnings: { unplanned_event: 1 } });
		expect(reply.events[0]?._meta.warnings).toMatchObject([{ code: 'unplanned_event' }]);
	});

	test.each([
		['reject', { accepted: 0, rejected: [{ code: 'unplanned_event' }] }],
		['pass', { accepted: 1, rejected: [] }],
	])('does with unplanned events what is chosen: %s', async (unplanned, expected) => {
		const trigger = new Trigger({ parameters: { ...plan, unplanned } });
		expect((await trigger.post(order({ event: 'Signed Up' }))).json()).toMatchObject(expected);
	});

	test('is not about events that are filtered', async () => {
		const options = { eventNames: 'Signed Up' };
		const reply = await new Trigger({ parameters: { ...plan, unplanned: 'reject' }, options }).post([
			order({ properties: {} }),
			order({ messageId: 'm2', event: 'Signed Up' }),
		]);
		expect(reply.json()).toMatchObject({
			...{ accepted: 0, filtered: 1 },
			rejected: [{ messageId: 'm2', code: 'unplanned_event' }],
		});
	});

	test('accepts an event that comes again without its mistake', async () => {
		const trigger = new Trigger({ parameters: plan });
		await trigger.post(order({ properties: {} }));

		expect((await trigger.post(order())).json()).toMatchObject({ accepted: 1, duplicates: 0 });
		expect((await trigger.post(order())).json()).toMatchObject({ accepted: 0, duplicates: 1 });
	});

	test('can be a list of rows', async () => {
		const rows = [{ event: 'Order Completed', property: 'currency', required: true, type: 'any' }];
		const trigger = new Trigger({ parameters: { planSource: 'fields', planRows: { rows } } });
		expect((await trigger.post(order())).json()).toMatchObject({ rejected: [{ code: 'plan_violation' }] });
	});

	test.each([
		['{', 'The tracking plan is not valid JSON'],
		['[]', 'The tracking plan is empty'],
		['[{"event": " "}]', 'Row 1 of the tracking plan has no event name'],
	])('that cannot be used keeps the workflow from being published: %s', async (planJson, message) => {
		const parameters = { planSource: 'json', planJson };
		await expect(new Trigger({ parameters }).publish()).rejects.toMatchObject({ message });
	});
});

describe('Required Consent in the trigger', () => {
	const options = { consent: 'Advertising' };
	const consenting = (Advertising: unknown) =>
		order({ context: { consent: { categoryPreferences: { Advertising } } } });

	test.each([false, 'true', undefined])('holds back an event whose consent is %j', async (consent) => {
		const reply = await new Trigger({ options }).post(consenting(consent));

		expect(reply.json()).toMatchObject({ accepted: 0, rejected: [{ code: 'consent_missing' }] });
		expect(reply.rejected).toMatchObject([{ path: 'context.consent.categoryPreferences' }]);
	});

	test('lets an event pass that has it', async () => {
		expect((await new Trigger({ options }).post(consenting(true))).json()).toMatchObject({ accepted: 1 });
	});
});

describe('Drop Fields and Hash Fields in the trigger', () => {
	const options = { drop: 'properties.card', hash: 'traits.email' };

	test('protect events and rejects', async () => {
		const person = { type: 'identify', userId: 'u1', traits: { email: 'Ada@example.com' } };
		const reply = await new Trigger({ options }).post([
			order({ properties: { card: '4111', total: 1 } }),
			person,
			{ type: 'track', properties: { card: '4111' } },
		]);

		expect(reply.events).toMatchObject([
			{ properties: { total: 1 } },
			{ traits: { email: expect.stringMatching(/^[0-9a-f]{64}$/) as string } },
		]);
		expect(JSON.stringify([reply.events, reply.rejected, reply.text])).not.toMatch(/4111|ada@example/i);
	});

	test('keep the workflow from being published with a path that is none', async () => {
		const publishing = new Trigger({ options: { drop: 'userId' } }).publish();
		await expect(publishing).rejects.toThrow("'userId' identifies the person, so it can't be dropped");
	});
});
