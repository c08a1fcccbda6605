import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ensureClients, requireClient } from '../../host/clients';
import { run } from '../../host/commands';
import {
	newPrivateKey,
	publicKeyOf,
	signEd25519,
	signHmac,
	standardMessage,
	verify,
} from '../../unit/signatures/helpers';
import { jsonValue } from '../generators';
import { generatedCases, judgedBy, testDifferences } from '../judging';

/** The part of their library that the tests use. */
interface Webhook {
	verify(
		payload: string | Buffer,
		headers: Record<string, string>,
		options?: { jsonParse?: boolean },
	): unknown;
	sign(id: string, timestamp: Date, payload: string | Buffer): string;
}

interface Message {
	secret: string;
	id: string;
	timestamp: string;
	signature: string;
	body: string;
}

const judge = judgedBy('standardWebhooks');
let Reference: new (secret: string) => Webhook;

beforeAll(async () => {
	({ Webhook: Reference } = await requireClient<{ Webhook: typeof Reference }>('standardwebhooks'));
});

const now = () => Math.floor(Date.now() / 1000);

const named = (prefix: 'webhook' | 'svix', { id, timestamp, signature }: Message) => ({
	[`${prefix}-id`]: id,
	[`${prefix}-timestamp`]: timestamp,
	[`${prefix}-signature`]: signature,
});

function theyBelieve(message: Message, body: string | Buffer = message.body): boolean {
	try {
		new Reference(message.secret).verify(body, named('webhook', message), { jsonParse: false });
		return true;
	} catch {
		return false;
	}
}

function weBelieve(message: Message, prefix: 'webhook' | 'svix' = 'webhook'): boolean {
	return weBelieveHeaders(named(prefix, message), message.secret, message.body);
}

function weBelieveHeaders(headers: Record<string, string>, secret: string, body: string | Buffer): boolean {
	const secrets = secret.split(',');
	const verification = { scheme: 'standard-webhooks', secrets, toleranceSeconds: 300 } as const;
	return verify(verification, { headers, body, now: Date.now() }).ok;
}

const theyBothSay = async (message: Message, verdict: boolean) =>
	await judge.agrees(() => {
		const saying = {
			message,
			they: theyBelieve(message),
			we: weBelieve(message),
			svix: weBelieve(message, 'svix'),
		};
		expect(saying).toEqual({ message, they: verdict, we: verdict, svix: verdict });
	});

const secret = fc
	.tuple(fc.uint8Array({ minLength: 24, maxLength: 64 }), fc.constantFrom('whsec_', ''))
	.map(([bytes, prefix]) => `${prefix}${Buffer.from(bytes).toString('base64')}`);
const headerText = fc.stringMatching(/^[!-~]{1,40}$/);
/** Seconds on both sides of the limit, far enough from it for the clock to move on. */
const age = fc.oneof(fc.integer({ min: -290, max: 290 }), fc.constantFrom(-400, -310, 310, 400, 1e6));
const body = fc.oneof(
	jsonValue.map((value) => JSON.stringify(value)),
	fc.string({ unit: 'grapheme' }),
);

const signed = fc
	.record({ secret, id: headerText, age, body })
	.map(({ age: seconds, ...rest }) => signedAt(now() - seconds, rest));

function signedAt(
	time: number,
	{ secret: key, id, body: text }: Omit<Message, 'timestamp' | 'signature'>,
): Message {
	const signature = new Reference(key).sign(id, new Date(time * 1000), text);
	return { secret: key, id, body: text, timestamp: String(time), signature };
}

const lies = ({ timestamp }: Message) => Math.abs(now() - Number(timestamp));

test('what they sign is believed, as long as it is fresh', async () => {
	await fc.assert(
		fc.asyncProperty(signed, async (message) => await theyBothSay(message, lies(message) < 300)),
		generatedCases(2000),
	);
});

const someoneElses = 'v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=';

/** Changes that an attacker or a sender with a mistake makes to a message. */
const changes: Record<string, (message: Message, text: string) => Message> = {
	'another body': (message, text) => ({ ...message, body: `${message.body}${text}` }),
	'no body': (message) => ({ ...message, body: '' }),
	'another id': (message, text) => ({ ...message, id: `${message.id}${text}` }),
	'another time': (message) => ({ ...message, timestamp: String(Number(message.timestamp) + 1) }),
	'a time that is none': (message, text) => ({ ...message, timestamp: `x${text}` }),
	'no id': (message) => ({ ...message, id: '' }),
	'no time': (message) => ({ ...message, timestamp: '' }),
	'no signature': (message) => ({ ...message, signature: '' }),
	'another secret': (message) => ({ ...message, secret: Buffer.alloc(24, 7).toString('base64') }),
	'a cut signature': (message) => ({ ...message, signature: message.signature.slice(0, -1) }),
	'a longer signature': (message, text) => ({ ...message, signature: `${message.signature}${text}` }),
	'another version': (message) => ({ ...message, signature: message.signature.replace('v1', 'v2') }),
	'the version of public keys': (message) => ({
		...message,
		signature: message.signature.replace('v1', 'v1a'),
	}),
	'no version': (message) => ({ ...message, signature: message.signature.slice('v1,'.length) }),
	"somebody else's signature": (message) => ({ ...message, signature: someoneElses }),
	'a signature among others': (message) => ({
		...message,
		signature: `v2,x ${someoneElses} ${message.signature}`,
	}),
	'a signature after blanks': (message) => ({ ...message, signature: `  ${message.signature} ` }),
};

test.each(Object.entries(changes))('%s: both believe it, or neither', async (_, change) => {
	await fc.assert(
		fc.asyncProperty(signed, fc.stringMatching(/^[0-9a-z]{1,5}$/), async (message, text) => {
			const changed = change(message, text);
			await theyBothSay(changed, theyBelieve(changed));
		}),
		generatedCases(200),
	);
});

test("Svix's library believes what we believe, under its own headers", async () => {
	const picked = fc.tuple(signed, fc.constantFrom(undefined, ...Object.values(changes)));
	const { numRuns } = generatedCases(600);
	const messages = fc.sample(picked, numRuns).map(([message, change]) => change?.(message, 'a') ?? message);
	const verdicts = await verdictsOfSvix(messages);
	expect(verdicts).toHaveLength(messages.length);
	for (const [index, message] of messages.entries()) {
		await judge.agrees(() => {
			expect({ message, believed: weBelieve(message, 'svix') }).toEqual({
				message,
				believed: verdicts[index],
			});
		});
	}
});

/** Runs in a program of its own, because jest can't load an ES module. */
async function verdictsOfSvix(
	messages: Array<Message & { headers?: Record<string, string> }>,
): Promise<boolean[]> {
	const folder = await mkdtemp(join(tmpdir(), 'svix-'));
	const file = join(folder, 'messages.json');
	const withHeaders = messages.map((message) => ({ headers: named('svix', message), ...message }));
	await writeFile(file, JSON.stringify(withHeaders));
	const program = `
		import { readFileSync } from 'node:fs';
		import { Webhook } from 'svix';
		const believes = ({ secret, headers, body }) => {
			try {
				new Webhook(secret).verify(body, headers);
				return true;
			} catch {
				return false;
			}
		};
		const messages = JSON.parse(readFileSync(${JSON.stringify(file)}, 'utf8'));
		console.log(JSON.stringify(messages.map(believes)));
	`;
	try {
		const printed = await run(process.execPath, ['--input-type=module', '--eval', program], {
			cwd: await ensureClients(),
		});
		return JSON.parse(printed) as boolean[];
	} finally {
		await rm(folder, { recursive: true });
	}
}

const key = Buffer.alloc(24, 1).toString('base64');
const plain = { secret: key, id: 'msg_1', body: '{"type":"order.paid"}' };
/** Signs as the specification says, without a library. */
const signedByHand = (message: Omit<Message, 'signature'>, bytes: string | Buffer): Message => {
	const text = standardMessage(message.id, message.timestamp, message.body);
	return { ...message, signature: `v1,${signHmac('sha256', bytes, text).toString('base64')}` };
};

testDifferences('standardWebhooks', judge, {
	async timestampsAsSigned() {
		const message = signedAt(now(), plain);
		for (const timestamp of [`${message.timestamp}abc`, `0${message.timestamp}`]) {
			expect(theyBelieve({ ...message, timestamp })).toBe(true);
			expect(weBelieve({ ...message, timestamp })).toBe(false);
		}
	},

	async otherTimes() {
		for (const timestamp of [String(Date.now()), new Date().toISOString()]) {
			const message = signedByHand({ ...plain, timestamp }, Buffer.from(key, 'base64'));
			expect(theyBelieve(message)).toBe(false);
			expect(weBelieve(message)).toBe(true);
			expect(weBelieve({ ...message, body: '{}' })).toBe(false);
		}
	},

	async shortSecrets() {
		const message = signedAt(now(), { ...plain, secret: `whsec_${Buffer.alloc(15, 1).toString('base64')}` });
		expect(theyBelieve(message)).toBe(true);
		expect(weBelieve(message)).toBe(false);
		await theyBothSay(
			signedAt(now(), { ...plain, secret: `whsec_${Buffer.alloc(16, 1).toString('base64')}` }),
			true,
		);
	},

	async rawSecrets() {
		const raw = 'a plain text; not base64';
		const message = signedByHand({ ...plain, secret: raw, timestamp: String(now()) }, raw);
		expect(() => new Reference(raw)).toThrow();
		expect(weBelieve(message)).toBe(true);
	},

	async rotatedSecrets() {
		const message = signedAt(now(), plain);
		const both = { ...message, secret: `${Buffer.alloc(24, 2).toString('base64')},${key}` };
		expect(theyBelieve(both)).toBe(false);
		expect(weBelieve(both)).toBe(true);
	},

	async publicKeys() {
		const privateKey = newPrivateKey();
		const timestamp = String(now());
		const signature = signEd25519(privateKey, standardMessage(plain.id, timestamp, plain.body));
		const message = { ...plain, secret: publicKeyOf(privateKey), timestamp, signature };
		expect(theyBelieve(message)).toBe(false);
		expect(weBelieve(message)).toBe(true);
	},

	async manySignatures() {
		const message = signedAt(now(), plain);
		const behind = (count: number) => ({
			...message,
			signature: `${`${someoneElses} `.repeat(count)}${message.signature}`,
		});
		expect(theyBelieve(behind(20))).toBe(true);
		expect(weBelieve(behind(20))).toBe(false);
		await theyBothSay(behind(19), true);
	},

	async bytesThatAreNoText() {
		const message = signedAt(now(), { ...plain, body: '\uFFFD' });
		const bytes = Buffer.from([0xff]);
		expect(theyBelieve(message, bytes)).toBe(true);
		expect(weBelieveHeaders(named('webhook', message), key, bytes)).toBe(false);
	},

	async headersOfBothKinds() {
		const message = signedAt(now(), plain);
		const headers = { ...named('svix', message), 'webhook-id': 'msg_of_somebody_else' };
		expect(await verdictsOfSvix([{ ...message, headers }])).toEqual([true]);
		expect(weBelieveHeaders(headers, key, plain.body)).toBe(false);
	},
});
