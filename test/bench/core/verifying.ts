import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { mapValues } from 'lodash';
import type { Verification } from '../../../nodes/shared/signatures';
import { requireClient } from '../../host/clients';
import { median, takeTurns } from '../rounds';
import type { Sizes } from '../sizes';
import { requireShipped } from './shipped';
import { timeOf } from './normalizing';

type Verifier = 'ours' | 'standardwebhooks' | 'svix' | 'hmacAlone';

export type VerifyingResults = Array<{ kilobytes: number } & Record<Verifier, number>>;

interface Message {
	headers: Record<string, string>;
	body: Buffer;
}

interface Libraries {
	standardwebhooks: {
		Webhook: new (secret: string) => {
			sign(id: string, sentAt: Date, body: string): string;
			verify(body: Buffer, headers: object, options: { jsonParse: boolean }): unknown;
		};
	};
	svix: { Webhook: new (secret: string) => { verify(body: Buffer, headers: object): unknown } };
}

const { verifySender } =
	requireShipped<typeof import('../../../nodes/shared/signatures')>('nodes/shared/signatures');

const keyBytes = randomBytes(32);
const secret = `whsec_${keyBytes.toString('base64')}`;
const messageCount = 50;

/**
 * Measures verifications of signed webhooks per second, by the size of their bodies, without parsing the bodies. The HMAC
 * of Node.js alone is the upper limit for every verifier in Node.js.
 */
export async function benchVerifying({ verifications, rounds }: Sizes): Promise<VerifyingResults> {
	const standard = await requireClient<Libraries['standardwebhooks']>('standardwebhooks');
	const svix = await requireClient<Libraries['svix']>('svix');
	const standardWebhook = new standard.Webhook(secret);
	const svixWebhook = new svix.Webhook(secret);
	const key = createSecretKey(keyBytes);
	const ourWay: Verification = { scheme: 'standard-webhooks', secrets: [secret], toleranceSeconds: 300 };
	const verifiers: Record<Verifier, (message: Message) => boolean> = {
		ours: ({ headers, body }) => verifySender({ headers, rawBody: body, now: Date.now() }, ourWay).ok,
		standardwebhooks: ({ headers, body }) =>
			passes(() => standardWebhook.verify(body, headers, { jsonParse: false })),
		svix: ({ headers, body }) => passes(() => svixWebhook.verify(body, headers)),
		hmacAlone: ({ headers, body }) => {
			const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers;
			const hmac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body);
			return signature === `v1,${hmac.digest('base64')}`;
		},
	};
	const results: VerifyingResults = [];
	for (const kilobytes of [0.5, 2, 20]) {
		const messages = Array.from({ length: messageCount }, (_, index) => {
			const id = `msg_${index}`;
			const body = 'x'.repeat(kilobytes * 1024 - 2).replace(/^.*$/, '"$&"');
			const sentAt = new Date();
			const headers = {
				'webhook-id': id,
				'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
				'webhook-signature': standardWebhook.sign(id, sentAt, body),
			};
			return { headers, body: Buffer.from(body) };
		});
		for (const [name, verify] of Object.entries(verifiers)) expectJudgement(name, verify, messages);

		const perSecond = (verify: (message: Message) => boolean) => async () => {
			const ms = timeOf(() => {
				for (let left = verifications; left > 0; left -= messageCount) messages.forEach(verify);
			});
			return (verifications * 1000) / ms;
		};
		const runs = await takeTurns(mapValues(verifiers, perSecond), 5 * rounds);
		results.push({ kilobytes, ...mapValues(runs, median) });
	}
	return results;
}

function passes(verify: () => unknown): boolean {
	try {
		verify();
		return true;
	} catch {
		return false;
	}
}

/** Expects that a verifier accepts what is right and nothing else. */
function expectJudgement(name: string, verify: (message: Message) => boolean, messages: Message[]): void {
	const forged = messages.map(({ headers, body }) => ({
		headers,
		body: Buffer.concat([body, Buffer.from(' ')]),
	}));
	if (messages.every(verify) && !forged.some(verify)) return;
	throw new Error(`${name} does not tell right from wrong`);
}
