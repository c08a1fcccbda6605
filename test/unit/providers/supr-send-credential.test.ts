import { SuprSendApi } from '../../../credentials/SuprSendApi.credentials';
import { requestFor, urlOf } from '../../../nodes/shared/delivery/send/request';
import { anyOf } from '../../../nodes/shared/redact';
import { authorization } from '../../../nodes/SuprSend/signature';
import { suprSend } from '../../../nodes/SuprSend/supr-send.provider';
import { findOperation, tryOut } from './helpers';
import { contentType, date, now, vectors, workspaceKey, workspaceSecret } from './supr-send-vectors';

const baseURL = 'https://hub.suprsend.com';
/** Without a base URL, so that URLs are only paths. */
const connection = { baseUrl: '', secrets: anyOf([]), key: '', shownHeaders: {}, account: {} };
const credential = { authentication: 'workspace', workspaceKey, workspaceSecret };

const vector = (name: string) => {
	const found = vectors.find((each) => each.name === name);
	if (found === undefined) throw new Error(`No vector ${name}`);
	return found;
};

describe('sends the requests of SuprSend’s own SDK:', () => {
	beforeAll(() => jest.useFakeTimers({ now }));
	afterAll(() => jest.useRealTimers());

	test.each(vectors)('$name with the same headers and bytes', async (sdk) => {
		const bytes = Buffer.from(sdk.body);
		const signed = await new SuprSendApi().authenticate(credential, {
			method: sdk.method as 'GET' | 'POST',
			url: `${baseURL}${sdk.requestUri}`,
			headers: { 'Content-Type': contentType, Accept: 'application/json' },
			...(bytes.length === 0 ? {} : { body: bytes }),
		});

		expect(signed.url).toBe(`${baseURL}${sdk.requestUri}`);
		expect(signed.headers).toEqual({
			'Content-Type': contentType,
			Accept: 'application/json',
			Date: date,
			Authorization: `${workspaceKey}:${sdk.signature}`,
		});
		expect(signed.body).toEqual(bytes.length === 0 ? undefined : bytes);
	});

	test('user.upsert for Identify', () => {
		const identify = findOperation(suprSend, 'user', 'identify');
		const traits = {
			...{ name: 'Jane', email: 'jane@example.com' },
			...{ phone: '+15555555555', timezone: 'America/New_York' },
		};
		const options = { phoneChannels: ['sms'] };
		const { prepared } = tryOut(suprSend, identify, {}, { options });
		const user = prepared({ type: 'identify', userId: 'user_1', traits });

		const { method, requestUri, body } = vector('user.upsert');
		const request = requestFor([user]);
		expect([request.method, urlOf(connection, request), request.body]).toEqual([method, requestUri, body]);
	});

	test('an ID encoded in the URL like the SDK does', () => {
		const get = findOperation(suprSend, 'user', 'get');
		const { preparedFromFields } = tryOut(suprSend, get);
		const request = requestFor([preparedFromFields({ distinctId: ' a b/c@d+é ' })]);

		expect([request.method, urlOf(connection, request), request.body]).toEqual([
			'GET',
			'/v1/user/a%20b%2Fc%40d%2B%C3%A9/',
			undefined,
		]);
	});
});

/** n8n's HTTP Request node uses a credential with a body that isn't serialized yet and a separate query. */
test('signs the body and the query that are actually sent', async () => {
	const signed = await new SuprSendApi().authenticate(credential, {
		method: 'POST',
		baseURL: `${baseURL}/`,
		url: '/event/',
		qs: { limit: 1 },
		body: { event: 'e' },
	});

	expect(signed).toMatchObject({ url: `${baseURL}/event/?limit=1`, body: Buffer.from('{"event":"e"}') });
	expect(signed.qs).toBeUndefined();
	const headers = signed.headers as Record<string, string>;
	const parts = {
		method: 'POST',
		requestUri: '/event/?limit=1',
		contentType: headers['Content-Type'] ?? '',
		date: headers.Date ?? '',
		body: signed.body as Buffer,
	};
	expect(headers.Authorization).toBe(authorization(parts, workspaceKey, workspaceSecret));
});

test.each(['http://hub.suprsend.com', 'https://user:password@hub.suprsend.com', 'ftp://hub.suprsend.com'])(
	'does not send its keys to %s',
	async (address) => {
		const request = { baseURL: address, url: '/event/' };
		await expect(new SuprSendApi().authenticate(credential, request)).rejects.toThrow(/Base URL/);
	},
);
