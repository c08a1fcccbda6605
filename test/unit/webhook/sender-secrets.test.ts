import { SenderSecrets } from '../../../nodes/CustomerEvents/webhook/sender-secrets';
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

test('a secret is hidden wherever it is in an event', () => {
	const event = { event: 'paid', properties: { token: key, list: [`my ${key}!`], [key]: { inner: key } } };
	expect(eventIn(event, 'another-key-of-16', key)).toEqual({
		event: 'paid',
		properties: { token: '•••', list: ['my •••!'], '•••': { inner: '•••' } },
	});
});

test('a secret is hidden in what the whole batch shares, and in what is no event', () => {
	const { events, shared } = read({ batch: [key], context: { token: key } }, [key]);
	expect([events, shared]).toMatchObject([['•••'], { context: { token: '•••' } }]);
});

test.each([
	['slashes escaped, as PHP does', 'abcd/efgh+ijklmnop', '{"token":"abcd\\/efgh+ijklmnop"}'],
	['letters escaped, as Python does', 'schlüssel-für-alle', '{"token":"schl\\u00fcssel-f\\u00fcr-alle"}'],
	['its own name escaped', 'a-key-of-16-chars', '{"token":"\\u0061-key-of-16-chars"}'],
])('a secret is hidden with %s', (_, secret, body) => {
	expect(eventIn(body, secret)).toEqual({ token: '•••' });
});

const cloudEvent = { specversion: '1.0', id: '1', source: '/shop', type: 'paid', subject: 'u1' };

test('a secret is hidden in what a CloudEvent has in Base64', () => {
	const data_base64 = Buffer.from(JSON.stringify({ token: key })).toString('base64');
	const headers = { 'content-type': 'application/cloudevents+json' };
	const body = { ...cloudEvent, datacontenttype: 'application/json', data_base64 };
	const { events } = converted(body, [key], headers);
	expect(events).toMatchObject([{ properties: { token: '•••' } }]);
});

test('a secret is hidden in the headers of a CloudEvent, decoded', () => {
	const attributes = { ...cloudEvent, token: encodeURIComponent(key), percent: key.replace('a', '%61') };
	const headers = Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value] as const);
	const { events } = converted({ total: 42 }, [key], Object.fromEntries(headers));
	expect(events).toMatchObject([{ context: { cloudevents: { token: '•••', percent: '•••' } } }]);
});

test('a secret is hidden at any depth, with anything beside it', () => {
	const depth = 100_000;
	const body = `{"event":"two\\nlines","deep":${'['.repeat(depth)}${JSON.stringify(key)}${']'.repeat(depth)}}`;
	let { deep } = eventIn(body, key) as { deep: unknown };
	while (Array.isArray(deep)) deep = deep[0] as unknown;
	expect(deep).toBe('•••');
});

test('a number that is somebody’s secret stays a number', () => {
	expect(eventIn('{"orderId":1234567890123456}', '1234567890123456')).toEqual({ orderId: 1234567890123456 });
});

test('a word that is no safe secret stays, since events are full of such', () => {
	const event = { event: 'paid', text: 'This order was paid yesterday.' };
	expect(eventIn(event, 'paid')).toEqual(event);
});

test('a secret of 16 characters, the fewest that are safe, is hidden', () => {
	expect(eventIn({ token: '0123456789abcdef' }, '0123456789abcdef')).toEqual({ token: '•••' });
});

test('null beside a secret stays null', () => {
	expect(eventIn({ token: key, nothing: null }, key)).toEqual({ token: '•••', nothing: null });
});

describe('a batch that cannot hold a secret keeps its own mapping, which costs nothing', () => {
	const hide = (body: object, secrets: string[], headers: IncomingRequest['headers'] = {}) => {
		const raw = Buffer.from(JSON.stringify(body));
		const batch = readRequest({ body, headers, subPath: '' }, { format: 'generic' });
		return [new SenderSecrets(secrets).hideInBatch(batch, raw, headers).map, batch.map] as const;
	};
	const secret = 'a-key-of-16-chars';

	test.each<[title: string, body: object, secrets: string[]]>([
		['without a secret', { text: 'a\nb' }, []],
		['with other secrets', { text: 'ab' }, [secret]],
	])('%s', (_, body, secrets) => {
		const [hidden, own] = hide(body, secrets);
		expect(hidden).toBe(own);
	});

	test.each<[title: string, body: object, headers: Record<string, string>]>([
		['with a secret', { text: secret }, {}],
		['with escapes', { text: 'a\nb' }, {}],
		['with Base64', { data_base64: 'YQ==' }, {}],
		['with the headers of a CloudEvent', { text: 'ab' }, { 'ce-specversion': '1.0' }],
	])('but not %s', (_, body, headers) => {
		const [hidden, own] = hide(body, [secret], headers);
		expect(hidden).not.toBe(own);
	});
});

test.each([[[]], [['another-key-of-16']]])('with the secrets %j all stays as it is', (secrets) => {
	const event = { text: key, said: '"x"', escaped: 'two\nlines' };
	expect(eventIn(event, ...secrets)).toEqual(event);
});
