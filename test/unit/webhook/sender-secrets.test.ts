import { SenderSecrets } from '../../../nodes/shared/webhook/sender-secrets';
import { convert, readRequest, type IncomingRequest } from '../../../nodes/shared/formats';

const key = 'a-key-of-16-chars-or-"more"';

/** The batch that is made of a body, as JSON or parsed, with these secrets hidden. */
function read(body: unknown, secrets: string[], headers: IncomingRequest['headers'] = {}) {
	const raw = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
	const request = { body: JSON.parse(raw.toString()) as unknown, headers, subPath: '' };
	return new SenderSecrets(secrets).hideInBatch(readRequest(request), raw, headers);
}
const eventIn = (body: unknown, ...secrets: string[]) => read(body, secrets).events[0];
const converted = (...request: Parameters<typeof read>) =>
	convert(read(...request), { now: 0, transport: 'webhook', verified: false, newId: () => 'new' });

test('hides a secret everywhere in an event', () => {
	const event = { event: 'paid', properties: { token: key, list: [`my ${key}!`], [key]: { inner: key } } };
	expect(eventIn(event, 'another-key-of-16', key)).toEqual({
		event: 'paid',
		properties: { token: '•••', list: ['my •••!'], '•••': { inner: '•••' } },
	});
});

test('hides a secret in the values of a batch and in entries that are not events', () => {
	const { events, shared } = read({ batch: [key], context: { token: key } }, [key]);
	expect([events, shared]).toMatchObject([['•••'], { context: { token: '•••' } }]);
});

test.each([
	['slashes escaped, as PHP does', 'abcd/efgh+ijklmnop', '{"token":"abcd\\/efgh+ijklmnop"}'],
	['letters escaped, as Python does', 'schlüssel-für-alle', '{"token":"schl\\u00fcssel-f\\u00fcr-alle"}'],
	['its own name escaped', 'a-key-of-16-chars', '{"token":"\\u0061-key-of-16-chars"}'],
])('hides a secret with %s', (_, secret, body) => {
	expect(eventIn(body, secret)).toEqual({ token: '•••' });
});

const cloudEvent = { specversion: '1.0', id: '1', source: '/shop', type: 'paid', subject: 'u1' };

test('hides a secret in the Base64 data of a CloudEvent', () => {
	const data_base64 = Buffer.from(JSON.stringify({ token: key })).toString('base64');
	const headers = { 'content-type': 'application/cloudevents+json' };
	const body = { ...cloudEvent, datacontenttype: 'application/json', data_base64 };
	const { events } = converted(body, [key], headers);
	expect(events).toMatchObject([{ properties: { token: '•••' } }]);
});

test('hides a secret in the encoded headers of a CloudEvent', () => {
	const attributes = { ...cloudEvent, token: encodeURIComponent(key), percent: key.replace('a', '%61') };
	const headers = Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value] as const);
	const { events } = converted({ total: 42 }, [key], Object.fromEntries(headers));
	expect(events).toMatchObject([{ context: { cloudevents: { token: '•••', percent: '•••' } } }]);
});

test('hides a secret at any depth', () => {
	const depth = 100_000;
	const body = `{"event":"two\\nlines","deep":${'['.repeat(depth)}${JSON.stringify(key)}${']'.repeat(depth)}}`;
	let { deep } = eventIn(body, key) as { deep: unknown };
	while (Array.isArray(deep)) deep = deep[0] as unknown;
	expect(deep).toBe('•••');
});

test('keeps a number that is the same as a secret', () => {
	expect(eventIn('{"orderId":1234567890123456}', '1234567890123456')).toEqual({ orderId: 1234567890123456 });
});

test('keeps a secret that is short enough to be a common word', () => {
	const event = { event: 'paid', text: 'This order was paid yesterday.' };
	expect(eventIn(event, 'paid')).toEqual(event);
});

test('hides a secret of 16 characters, the minimum', () => {
	expect(eventIn({ token: '0123456789abcdef' }, '0123456789abcdef')).toEqual({ token: '•••' });
});

test('keeps null next to a secret', () => {
	expect(eventIn({ token: key, nothing: null }, key)).toEqual({ token: '•••', nothing: null });
});

describe('the mapping of a batch, which is slower with secrets to hide,', () => {
	const hide = (body: object, secrets: string[], headers: IncomingRequest['headers'] = {}) => {
		const raw = Buffer.from(JSON.stringify(body));
		const batch = readRequest({ body, headers, subPath: '' }, { format: 'generic' });
		return [new SenderSecrets(secrets).hideInBatch(batch, raw, headers).map, batch.map] as const;
	};
	const secret = 'a-key-of-16-chars';

	test.each<[title: string, body: object, secrets: string[]]>([
		['is unchanged without a secret', { text: 'a\nb' }, []],
		['is unchanged if the batch has no secret', { text: 'ab' }, [secret]],
	])('%s', (_, body, secrets) => {
		const [hidden, own] = hide(body, secrets);
		expect(hidden).toBe(own);
	});

	test.each<[title: string, body: object, headers: Record<string, string>]>([
		['with a secret', { text: secret }, {}],
		['with escapes', { text: 'a\nb' }, {}],
		['with Base64', { data_base64: 'YQ==' }, {}],
		['with the headers of a CloudEvent', { text: 'ab' }, { 'ce-specversion': '1.0' }],
	])('is replaced for a batch %s', (_, body, headers) => {
		const [hidden, own] = hide(body, [secret], headers);
		expect(hidden).not.toBe(own);
	});
});

test.each([[[]], [['another-key-of-16']]])('changes nothing with the secrets %j', (secrets) => {
	const event = { text: key, said: '"x"', escaped: 'two\nlines' };
	expect(eventIn(event, ...secrets)).toEqual(event);
});
