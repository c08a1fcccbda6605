import { Trigger } from './trigger';

const track = (event: string) => ({ type: 'track', event, userId: 'u1' });
const identify = { type: 'identify', userId: 'u1' };
const body = [track('Order Completed'), track('Signed Up'), track('Page Left'), identify, track('')];

const names = (events: Array<{ event?: string; type: string }>) =>
	events.map(({ event, type }) => event ?? type);

test.each([
	['without a filter, all', {}, ['Order Completed', 'Signed Up', 'Page Left', 'identify'], 0],
	['by one name', { eventNames: 'Order *' }, ['Order Completed', 'identify'], 2],
	[
		'by any of several names',
		{ eventNames: 'Order *, signed up , Refunded' },
		['Order Completed', 'Signed Up', 'identify'],
		1,
	],
	['by one type', { eventTypes: ['identify'] }, ['identify'], 3],
	[
		'by any of several types',
		{ eventTypes: ['identify', 'track'] },
		['Order Completed', 'Signed Up', 'Page Left', 'identify'],
		0,
	],
	[
		'by name and type',
		{ eventTypes: ['track'], eventNames: 'Order *,Signed*' },
		['Order Completed', 'Signed Up'],
		2,
	],
	[
		'not by types that do not exist',
		{ eventTypes: ['nonsense'] },
		['Order Completed', 'Signed Up', 'Page Left', 'identify'],
		0,
	],
	[
		'not by types that are no list',
		{ eventTypes: 'track' },
		['Order Completed', 'Signed Up', 'Page Left', 'identify'],
		0,
	],
])('emits events %s, and reports the others as filtered', async (_, options, passing, filtered) => {
	const reply = await new Trigger({ options }).post(body);

	expect(names(reply.events)).toEqual(passing);
	expect(reply.json()).toMatchObject({ accepted: passing.length, filtered, rejected: [{ index: 4 }] });
	expect(reply.rejected).toMatchObject([{ index: 4, code: 'missing_event_name' }]);
});

test('a request whose events are all filtered starts no execution', async () => {
	const reply = await new Trigger({ options: { eventTypes: ['group'] } }).post([identify, identify]);

	expect(reply).toMatchObject({ status: 200, runs: false });
	expect(reply.json()).toMatchObject({ success: true, accepted: 0, filtered: 2 });
});

test('a filtered event that comes again is a duplicate', async () => {
	const trigger = new Trigger({ options: { eventNames: 'Order *' } });
	const event = { ...track('Signed Up'), messageId: 'm1' };

	expect((await trigger.post(event)).json()).toMatchObject({ filtered: 1, duplicates: 0 });
	expect((await trigger.post(event)).json()).toMatchObject({ filtered: 0, duplicates: 1 });
});
