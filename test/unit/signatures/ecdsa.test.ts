import { generateKeyPairSync, sign } from 'node:crypto';
import { senderVerification } from '../../../nodes/shared/webhook/sender-schemes';
import { checkVerification, type Verification } from '../../../nodes/shared/signatures';
import { now, signedAt, verify } from './helpers';

const scheme = (...keys: string[]) => senderVerification('sendgrid', keys, 300) as Verification;
const refusedAs = (code: string) => ({ ok: false, reason: { code } });

/** The vector of SendGrid's own library: https://github.com/sendgrid/sendgrid-nodejs */
const published = {
	key: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==',
	body: `${JSON.stringify([
		{
			email: 'hello@world.com',
			event: 'dropped',
			reason: 'Bounced Address',
			sg_event_id: 'ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA',
			sg_message_id: 'LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0',
			'smtp-id': '<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>',
			timestamp: 1600112492,
		},
	])}\r\n`,
	headers: {
		'x-twilio-email-event-webhook-signature':
			'MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=',
		'x-twilio-email-event-webhook-timestamp': '1600112502',
	},
	now: 1600112502_000,
};

test('accepts the vector of SendGrid, and no other body, time or key', () => {
	const { key, ...request } = published;
	const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const otherKey = other.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');

	expect(verify(scheme(key), request)).toEqual({ ok: true, value: 'sendgrid' });
	expect(verify(scheme(otherKey, key), request)).toMatchObject({ ok: true });
	expect(verify(scheme(otherKey), request)).toMatchObject(refusedAs('no_match'));
	expect(verify(scheme(key), { ...request, body: request.body.trim() })).toMatchObject(refusedAs('no_match'));
	const later = { ...request.headers, 'x-twilio-email-event-webhook-timestamp': '1600112503' };
	expect(verify(scheme(key), { ...request, headers: later })).toMatchObject(refusedAs('no_match'));
});

test('accepts a key with its first and last line, as PEM or in one line', () => {
	const { key, ...request } = published;
	const lines = ['-----BEGIN PUBLIC KEY-----', key.slice(0, 64), key.slice(64), '-----END PUBLIC KEY-----'];
	for (const pem of ['\n', '\r\n', ' ', ''].flatMap((end) => [lines.join(end), lines.join(end) + end])) {
		expect(checkVerification(scheme(pem))).toBeUndefined();
		expect(verify(scheme(pem), request)).toMatchObject({ ok: true });
	}
	const half = [lines[0], lines[1], lines[3]].join('\n');
	expect(checkVerification(scheme(half))).toContain('public key');
});

describe('a signature over the time', () => {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
	const body = '[]';
	const headers = (time = String(signedAt)) => ({
		'x-twilio-email-event-webhook-signature': sign(
			'sha256',
			Buffer.from(`${time}${body}`),
			privateKey,
		).toString('base64'),
		'x-twilio-email-event-webhook-timestamp': time,
	});

	test.each([-301, -300, 300, 301])('counts for 300 seconds: %d seconds ago', (age) => {
		const check = verify(scheme(key), { body, headers: headers(), now: now + age * 1000 });
		expect(check.ok).toBe(Math.abs(age) <= 300);
	});

	test.each(Object.keys(headers()))('is refused without %s', (name) => {
		expect(verify(scheme(key), { body, headers: { ...headers(), [name]: '' } })).toMatchObject(
			refusedAs('missing_header'),
		);
	});

	test.each(['', 'AAAA', 'not base64!'])('is refused if it is %j', (signature) => {
		const sent = { ...headers(), 'x-twilio-email-event-webhook-signature': signature };
		expect(verify(scheme(key), { body, headers: sent })).toMatchObject({ ok: false });
	});

	test('is refused without a usable key, and the credential says so', () => {
		const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({
			format: 'der',
			type: 'spki',
		});
		for (const bad of ['not a key', key.slice(0, 40), rsa.toString('base64')]) {
			expect(verify(scheme(bad), { body, headers: headers() })).toMatchObject(refusedAs('not_configured'));
			expect(checkVerification(scheme(bad))).toContain('public key');
		}
		expect(checkVerification(scheme())).toBe('Enter a public key');
		expect(checkVerification(scheme(key))).toBeUndefined();
	});
});
