import { SuprSendApi } from '../../../credentials/SuprSendApi.credentials';
import { authorization } from '../../../nodes/SuprSend/signature';

const credential = {
	authentication: 'workspace',
	workspaceKey: 'workspace-key-of-20-characters',
	workspaceSecret: 'secret',
};

/** As n8n's HTTP Request node uses a credential: with a body that is not serialised yet, and a query apart. */
test('signs the body and the query that are really sent', async () => {
	const signed = await new SuprSendApi().authenticate(credential, {
		method: 'POST',
		baseURL: 'https://hub.suprsend.com/',
		url: '/event/',
		qs: { limit: 1 },
		body: { event: 'e' },
	});

	expect(signed).toMatchObject({
		url: 'https://hub.suprsend.com/event/?limit=1',
		body: Buffer.from('{"event":"e"}'),
	});
	expect(signed.qs).toBeUndefined();
	const headers = signed.headers as Record<string, string>;
	const parts = {
		method: 'POST',
		requestUri: '/event/?limit=1',
		contentType: headers['Content-Type'] ?? '',
		date: headers.Date ?? '',
		body: signed.body as Buffer,
	};
	expect(headers.Authorization).toBe(
		authorization(parts, credential.workspaceKey, credential.workspaceSecret),
	);
});

test.each(['http://hub.suprsend.com', 'https://user:password@hub.suprsend.com', 'ftp://hub.suprsend.com'])(
	'does not hand its keys to %s',
	async (baseURL) => {
		await expect(new SuprSendApi().authenticate(credential, { baseURL, url: '/event/' })).rejects.toThrow(
			/Base URL/,
		);
	},
);
