import { CustomerEventsWebhookApi } from '../../../credentials/CustomerEventsWebhookApi.credentials';
import { toVerification, webhookCredentialTest } from '../../../nodes/shared/webhook/credential';
import { verifySender } from '../../../nodes/shared/signatures';

const { properties } = new CustomerEventsWebhookApi();
const schemes = properties.find(({ name }) => name === 'scheme')?.options as Array<{ value: string }>;
const secret = 'long enough not to be guessed';

/** A credential with the same text for every secret and the form's defaults for all other fields. */
function filledIn(scheme: string, changes: object = {}) {
	const shown = properties.filter(({ displayOptions }) => displayOptions?.show?.scheme?.includes(scheme));
	const values = shown.map(({ name, type, default: proposed, typeOptions }) => [
		name,
		typeOptions?.password === true ? secret : type === 'string' && proposed === '' ? '' : proposed,
	]);
	return { scheme, ...Object.fromEntries(values), ...changes };
}

const press = async (data: object) =>
	await webhookCredentialTest.call({} as never, { id: '1', name: 'test', type: 'test', data: data as never });

const required: Record<string, object> = {
	customHmac: { signatureHeader: 'X-Signature' },
	header: { headerName: 'X-Key' },
	basicAuth: { basicUser: 'n8n' },
	sendgrid: {
		signingSecret:
			'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==',
	},
};

describe.each(schemes.map(({ value }) => value))('the scheme %s', (scheme) => {
	test('passes the credential test if it is filled in', async () => {
		expect(await press(filledIn(scheme, required[scheme]))).toEqual({
			status: 'OK',
			message:
				scheme === 'writeKey'
					? 'Use this write key in your SDKs'
					: 'The credential is complete. Send a test event to check that your sender uses the same secret.',
		});
	});

	test('fails the credential test if it is empty', async () => {
		expect(await press({ scheme })).toMatchObject({ status: 'Error', message: expect.stringMatching(/./) });
	});

	test('verifies with every secret in the list', () => {
		const several = Object.entries(filledIn(scheme, required[scheme])).map(([name, value]) => [
			name,
			['signingSecret', 'writeKeySecret', 'headerValueSecret', 'basicPassword'].includes(name)
				? ` old ${secret} , new ${secret},`
				: value,
		]);
		const verification = JSON.stringify(toVerification(Object.fromEntries(several)));
		expect(verification).toContain(`["old ${secret}","new ${secret}"]`);
	});

	test('refuses every request if it is empty', () => {
		for (const data of [{ scheme }, filledIn(scheme, { signingSecret: '', writeKeySecret: ' , ' })]) {
			const headers = { authorization: 'Basic Og==', 'x-write-key': '' };
			const request = { headers, rawBody: Buffer.alloc(0), now: 0, parseBody: () => ({ writeKey: '' }) };
			expect(verifySender(request, toVerification(data))).toMatchObject({ ok: false });
		}
	});

	test('masks its secrets', () => {
		const names = properties.filter(({ name }) => /secret|password/i.test(name));
		expect(names.every(({ typeOptions }) => typeOptions?.password === true)).toBe(true);
	});
});

test('custom HMAC uses every field', () => {
	expect(
		toVerification({
			scheme: 'customHmac',
			signingSecret: secret,
			signatureHeader: ' X-Signature ',
			signaturePrefix: 'v1=',
			hmacAlgorithm: 'sha512',
			hmacEncoding: 'base64',
			signedTemplate: '{id}.{timestamp}.{body}',
			timestampHeader: 'X-Time',
			timestampPrefix: 't=',
			idHeader: 'X-Id',
			toleranceSeconds: 60,
		}),
	).toEqual({
		scheme: 'hmac',
		format: {
			name: 'hmac',
			algorithm: 'sha512',
			encoding: 'base64',
			signatureHeader: 'X-Signature',
			signaturePrefix: 'v1=',
			template: '{id}.{timestamp}.{body}',
			idHeader: 'X-Id',
			timestampHeader: 'X-Time',
			timestampPrefix: 't=',
		},
		secrets: [secret],
		toleranceSeconds: 60,
	});
});

test.each([undefined, null, '', 'soon', 0, -5, '0x10', '1e9', 'Infinity', Infinity, true, [5]])(
	'a tolerance of %j is replaced with the default',
	(toleranceSeconds) => {
		expect(toVerification({ scheme: 'stripe', toleranceSeconds })).toMatchObject({ toleranceSeconds: 300 });
	},
);

test('refuses every request with fields of wrong types', () => {
	for (const odd of [undefined, null, 5, {}, [], 'toString', '__proto__']) {
		const data = { scheme: odd, writeKeySecret: odd, signingSecret: odd, hmacAlgorithm: odd } as never;
		expect(toVerification(data)).toEqual({ scheme: 'write-key', writeKeys: [] });
	}
});
