import { deflateSync, gzipSync } from 'node:zlib';
import { sdkPaths } from '../../../nodes/shared/formats';
import type { Body } from './n8n-server';
import { Trigger } from './trigger';

const track = { type: 'track', event: 'Bestätigt ✓', userId: 'u1' };
const json = JSON.stringify(track);
const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const labeled = (contentType: string, encoding?: string) => ({
	'content-type': contentType,
	...(encoding !== undefined && { 'content-encoding': encoding }),
});

test.each<[title: string, Body, headers: Record<string, string>]>([
	['labeled as JSON', json, labeled('application/json')],
	['labeled as JSON in UTF-8', json, labeled('application/json; charset=UTF-8')],
	['labeled as JSON in utf8', json, labeled('application/json; charset=utf8')],
	['labeled as JSON in Latin-1, which JSON never is', json, labeled('application/json; charset=latin1')],
	['labeled as text, as browser SDKs do', json, labeled('text/plain')],
	['labeled as text in Latin-1', json, labeled('text/plain; charset=latin1')],
	['labeled as a form', json, labeled('application/x-www-form-urlencoded')],
	['labeled as an unknown type, which n8n does not read', json, labeled('application/vnd.example')],
	['behind a byte order mark', `\uFEFF${json}`, labeled('text/plain')],
	['labeled as JSON, behind a byte order mark', `\uFEFF${json}`, labeled('application/json')],
	['in gzip', new Uint8Array(gzipSync(json)), labeled('application/json', 'gzip')],
	[
		'in gzip labeled as a form, as the RudderStack SDK does',
		new Uint8Array(gzipSync(json)),
		labeled('application/x-www-form-urlencoded', 'gzip'),
	],
	[
		'in gzip that n8n does not read',
		new Uint8Array(gzipSync(json)),
		labeled('application/vnd.example', 'gzip'),
	],
	['in deflate', new Uint8Array(deflateSync(json)), labeled('text/plain', 'deflate')],
	['as bytes', bytes(json), labeled('application/octet-stream')],
])('reads JSON %s', async (_, body, headers) => {
	const reply = await new Trigger().post(body, { headers });

	expect(reply.json()).toMatchObject({ accepted: 1, rejected: [] });
	expect(reply.events).toMatchObject([{ event: 'Bestätigt ✓' }]);
});

test.each([['null'], ['false'], ['5'], ['"text"']])(
	'rejects the JSON %s, which is not an event',
	async (body) => {
		const reply = await new Trigger().post(body, { headers: labeled('text/plain') });

		expect(reply.status).toBe(200);
		expect(reply.rejected).toMatchObject([
			{ index: 0, code: 'not_an_object', event: JSON.parse(body) as unknown },
		]);
	},
);

test('reads the bytes as UTF-8 even if the label has another encoding', async () => {
	// In UTF-16, these bytes are other characters.
	const reply = await new Trigger().post(json, { headers: labeled('text/plain; charset=utf16le') });

	expect(reply.events).toMatchObject([{ event: 'Bestätigt ✓' }]);
});

test('does not parse JSON again that n8n has parsed', async () => {
	const parse = jest.spyOn(JSON, 'parse');
	const count = async (contentType: string) => {
		parse.mockClear();
		await new Trigger().post(json, { headers: labeled(contentType) });
		return parse.mock.calls.filter(([text]) => text === json).length;
	};
	const counts = {
		json: await count('application/json'),
		utf8: await count('application/json; charset=utf8'),
		latin1: await count('application/json; charset=latin1'),
		text: await count('text/plain'),
	};
	parse.mockRestore();

	expect(counts).toEqual({ json: 1, utf8: 1, latin1: 1, text: 1 });
});

describe('Format and Paths', () => {
	test('read JSON of any form', async () => {
		const paths = { events: 'rows', event: 'what', userId: 'who.id', messageId: 'key' };
		const trigger = new Trigger({ parameters: { format: 'generic', paths } });
		const rows = [
			{ what: 'Paid', who: { id: 7 }, key: 'k1' },
			{ what: 'Left', who: {}, key: 'k2' },
		];
		const reply = await trigger.post({ rows });

		expect(reply.json()).toMatchObject({
			...{ accepted: 1, format: 'generic', detectedBy: 'the format is set in the node' },
			rejected: [{ index: 1, code: 'no_user_anon_id' }],
		});
		expect(reply.events).toMatchObject([{ event: 'Paid', userId: '7', messageId: 'k1' }]);
	});

	test('detect the format if the chosen one does not exist', async () => {
		const reply = await new Trigger({ parameters: { format: 'nonsense' } }).post(track);

		expect(reply.json()).toMatchObject({ format: 'segment', detectedBy: 'the body has the type "track"' });
	});

	test('read the headers, too', async () => {
		const attributes = { id: 'e1', type: 'paid', source: '/shop', subject: 'u1', specversion: '1.0' };
		const headers = Object.fromEntries(
			Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value]),
		);
		const reply = await new Trigger().post({ total: 42 }, { headers });

		expect(reply.events).toMatchObject([{ event: 'paid', userId: 'u1', properties: { total: 42 } }]);
	});
});

describe('the path behind the URL', () => {
	const format = async (body: object, path: string) => (await new Trigger().post(body, { path })).json();
	const untyped = { userId: 'u1', traits: { plan: 'pro' } };

	test.each([
		['/v1/identify', 'the request was sent to "v1/identify"'],
		['/v1/identify/', 'the request was sent to "v1/identify"'],
		['/i', 'the request was sent to "i"'],
		['', 'the body has "traits" and "userId"'],
		['/', 'the body has "traits" and "userId"'],
	])('%j is what SDKs append', async (path, detectedBy) => {
		expect(await format(untyped, path)).toMatchObject({ accepted: 1, format: 'segment', detectedBy });
	});

	test('gives an event without a type its type', async () => {
		expect((await new Trigger().post({ userId: 'u1' }, { path: '/v1/identify' })).events).toMatchObject([
			{ type: 'identify', userId: 'u1' },
		]);
		expect((await new Trigger().post(untyped, { path: '/v1/group' })).rejected).toMatchObject([
			{ code: 'missing_group_id' },
		]);
	});

	test('tells PostHog from others', async () => {
		const body = { batch: [{ event: 'paid', distinct_id: 'u1' }] };

		expect(await format(body, '/i/v0/e/')).toMatchObject({ accepted: 1, format: 'posthog' });
	});

	const webhook = { name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: '' };

	test('has a webhook for each path that SDKs append, and one for the base URL', () => {
		expect(Trigger.webhooks).toEqual([
			{ ...webhook, path: '', isFullPath: true },
			...['GET', 'HEAD'].map((httpMethod) => ({
				...{ ...webhook, name: 'setup', httpMethod },
				...{ path: '', isFullPath: true, ndvHideUrl: true },
			})),
			// n8n removes the first slash, so that `//batch` is for `<URL>//batch`.
			...sdkPaths
				.flatMap((path) => [path, `//${path}`])
				.map((path) => ({ ...webhook, path, ndvHideUrl: true })),
		]);
	});

	test.each(['//v1/identify', '//v1/identify/', '/v1//identify'])(
		'may have a slash too many, from a base URL that ends in one: %s',
		async (path) => {
			expect((await new Trigger().post({ userId: 'u1' }, { path })).events).toMatchObject([
				{ type: 'identify' },
			]);
		},
	);

	test.each(['/v1/import', '/v1/import/', '/import', '/api/s/track', '/beacon/v1/batch'])(
		'%s is for events of the Segment family',
		async (path) => {
			expect((await new Trigger().post({ batch: [track] }, { path })).json()).toMatchObject({ accepted: 1 });
		},
	);
});

describe('a body that is not JSON', () => {
	test.each<[string, string | Uint8Array<ArrayBuffer>, Record<string, string>, object]>([
		[
			'a form',
			'event=paid&userId=u1&cart[total]=42',
			labeled('application/x-www-form-urlencoded; charset=utf-8'),
			{ event: 'paid', userId: 'u1' },
		],
		[
			'a form with a lone field of JSON',
			`payload=${encodeURIComponent(json)}`,
			labeled('application/x-www-form-urlencoded'),
			{ event: 'Bestätigt ✓' },
		],
		['lines of JSON', `${json}\n`, labeled('application/x-ndjson'), { event: 'Bestätigt ✓' }],
		[
			'gzip without a label, as posthog-js sends it',
			new Uint8Array(gzipSync(JSON.stringify({ event: 'x', properties: { distinct_id: 'u1' } }))),
			labeled('text/plain'),
			{ event: 'x', userId: 'u1' },
		],
		[
			'JSON inside an envelope of Amazon SNS',
			JSON.stringify({ Type: 'Notification', MessageId: 'm1', Message: json }),
			labeled('text/plain; charset=UTF-8'),
			{ event: 'Bestätigt ✓', messageId: 'm1' },
		],
	])('can be %s', async (_, body, headers, expected) => {
		expect((await new Trigger().post(body, { headers })).events).toMatchObject([expected]);
	});

	test('may not inflate to more than Max Batch Size', async () => {
		const body = new Uint8Array(gzipSync(Buffer.alloc(3 * 1024, ' ')));
		const reply = await new Trigger({ options: { maxBatchSize: 2 } }).post(body, {
			headers: labeled('text/plain'),
		});

		expect(reply.status).toBe(413);
		expect(reply.json()).toMatchObject({ error: { code: 'batch_too_large' } });
	});
});

test('rejects a line that is not JSON with its number, and accepts the others', async () => {
	const lines = `${json}\n\n{"type":"track",\n${json}\n`;
	const reply = await new Trigger().post(lines, { headers: labeled('application/x-ndjson') });

	expect(reply.json()).toMatchObject({
		accepted: 2,
		rejected: [
			{
				index: 1,
				code: 'line_not_json',
				message: 'This line is not JSON. Write one JSON object per line. This is line 3 of the body.',
			},
		],
	});
	expect(reply.rejected).toMatchObject([{ event: '{"type":"track",' }]);
});

test('keeps the digits of an ID that JSON parsing rounds', async () => {
	const body = '{"type":"track","event":"e","userId":820982911946154508}';
	for (const type of ['application/json', 'text/plain']) {
		const { events } = await new Trigger().post(body, { headers: labeled(type) });
		expect(events).toMatchObject([{ userId: '820982911946154508' }]);
	}
});

test('warns of bytes that are not UTF-8 in each event', async () => {
	const body = new Uint8Array(Buffer.from('{"type":"track","event":"Zoë","userId":"u1"}', 'latin1'));
	for (const type of ['application/json', 'text/plain']) {
		const { events } = await new Trigger().post(body, { headers: labeled(type) });
		expect(events).toMatchObject([{ event: 'Zo\uFFFD', _meta: { warnings: [{ code: 'invalid_utf8' }] } }]);
	}
});
