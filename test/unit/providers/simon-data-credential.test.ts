import { SimonDataApi } from '../../../credentials/SimonDataApi.credentials';
import { simonData } from '../../../nodes/SimonData/simon-data.provider';

const credential = { environment: 'production', partnerId: 'partner-1', partnerSecret: 'hush "now"' };
const { test: credentialTest, ...api } = new SimonDataApi();
const authenticate = async (body: unknown, url = 'https://simonsignal.com/http/v1/collect') =>
	await new SimonDataApi().authenticate(credential, { method: 'POST', url, body: body as object });

describe('adds the keys to the body', () => {
	const withKeys = { partnerId: 'partner-1', partnerSecret: 'hush "now"', clientId: 'ü' };

	test.each([
		['bytes, as the node sends them', Buffer.from('{"clientId":"ü"}')],
		['text', '{"clientId":"ü"}'],
		['an object, as the HTTP Request node has it', { clientId: 'ü' }],
		['an object that already has keys', { clientId: 'ü', partnerId: 'other', partnerSecret: 'other' }],
	])('of %s', async (_, body) => {
		const { body: sent, headers } = await authenticate(body);
		expect(JSON.parse(String(sent))).toEqual(withKeys);
		expect(Buffer.isBuffer(sent)).toBe(true);
		expect(headers).toEqual({ 'Content-Type': 'application/json; charset=utf-8' });
	});

	test('of a request without a body', async () => {
		const { body } = await authenticate(undefined);
		expect(JSON.parse(String(body))).toEqual({ partnerId: 'partner-1', partnerSecret: 'hush "now"' });
	});

	test.each([
		['a list', '[1]'],
		['text that is not JSON', Buffer.from('a=1')],
		['form data', new URLSearchParams('a=1')],
	])('but not of %s, and the error does not show the keys', async (_, body) => {
		const refused = authenticate(body);
		await expect(refused).rejects.toThrow(/must be a JSON object/);
		await expect(refused).rejects.not.toThrow(/hush/);
	});

	test.each(['http://simonsignal.com/http/v1/collect', 'ftp://simonsignal.com/'])(
		'but not for the unsafe address %s',
		async (url) => await expect(authenticate({}, url)).rejects.toThrow(/^The URL must start with https:/),
	);
});

describe('sends requests to the address of the environment', () => {
	test.each([
		['production', 'https://simonsignal.com'],
		['staging', 'https://staging.simonsignal.com'],
		['custom', undefined],
	])('%s', (environment, baseUrl) => {
		const connection = simonData.readCredential({ ...credential, environment, baseUrl: 'https://other' });
		expect(connection).toMatchObject({ account: { environment }, secrets: ['hush "now"'] });
		expect(connection.baseUrl).toBe(baseUrl);
	});
});

describe('the test of the credential', () => {
	const { request, rules } = credentialTest;

	test('posts a body that Simon Data does not count as an event', () => {
		expect(request).toMatchObject({
			url: '/http/v1/collect',
			method: 'POST',
			body: { event: 'n8n_credential_test', context: { debug: true } },
		});
	});

	test('passes only with status 412', () => {
		const { except } = request.ignoreHttpStatusErrors as { except: number[] };
		expect(
			[100, 200, 204, 302, 400, 401, 403, 411, 413, 500, 599].every((each) => except.includes(each)),
		).toBe(true);
		expect(except).not.toContain(412);
	});

	test('explains each error response', () => {
		const told = (rules ?? []).map(({ properties }) => properties.value as unknown);
		const documentedBodies = ['Unauthorized', 'Forbidden', 'Invalid JSON body', 'Internal Server Error'];
		expect(told).toEqual([401, 403, 404, 200, ...documentedBodies, undefined]);
	});

	test('hides the secret in a password field', () => {
		const secret = api.properties.find(({ name }) => name === 'partnerSecret');
		expect(secret?.typeOptions).toEqual({ password: true });
	});
});
