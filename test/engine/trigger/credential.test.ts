import { Trigger } from './trigger';

const event = { type: 'track', event: 'Order Completed', userId: 'u1' };
const keyed = (writeKeySecret: string) => ({ scheme: 'writeKey', writeKeySecret });
const withKey = (key: string) => ({ headers: { 'X-Write-Key': key } });
const [oldKey, newKey] = ['the-old-key-of-the-sender', 'the-new-key-of-the-sender'];

afterEach(() => jest.useRealTimers());

test('is read once for the requests of a few seconds', async () => {
	const trigger = new Trigger({ credential: keyed(oldKey) });
	for (let request = 0; request < 5; request++) {
		expect(await trigger.post(event, withKey(oldKey))).toMatchObject({ status: 200 });
	}
	expect(trigger.credentialReads).toBe(1);
});

test('is read again before a sender is refused, so a new key works at once', async () => {
	const trigger = new Trigger({ credential: keyed(oldKey) });
	await trigger.post(event, withKey(oldKey));
	trigger.changeCredential(keyed(newKey));

	expect(await trigger.post(event, withKey(newKey))).toMatchObject({ status: 200 });
	expect(await trigger.post(event, withKey(oldKey))).toMatchObject({ status: 401 });
});

test('a key that was removed stops working within 5 seconds', async () => {
	jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'queueMicrotask'] });
	const trigger = new Trigger({ credential: keyed(oldKey) });
	await trigger.post(event, withKey(oldKey));
	trigger.changeCredential(keyed(newKey));

	jest.setSystemTime(Date.now() + 5_001);
	expect(await trigger.post(event, withKey(oldKey))).toMatchObject({ status: 401 });
});

test('is read for each request at the test URL', async () => {
	const trigger = new Trigger({ credential: keyed(oldKey), mode: 'manual' });
	await trigger.post(event, withKey(oldKey));
	trigger.changeCredential(keyed(newKey));

	expect(await trigger.post(event, withKey(oldKey))).toMatchObject({ status: 401 });
	expect(trigger.credentialReads).toBe(2);
});

test('two triggers with different credentials never use each other’s', async () => {
	const [one, other] = [oldKey, newKey].map((key) => new Trigger({ credential: keyed(key) })) as [
		Trigger,
		Trigger,
	];
	await one.post(event, withKey(oldKey));

	expect(await other.post(event, withKey(oldKey))).toMatchObject({ status: 401 });
});
