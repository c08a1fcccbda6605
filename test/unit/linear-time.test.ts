import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { z } from 'zod/v4';
import { eventFilter } from '../../nodes/shared/webhook/event-filter';
import { IpAllowList } from '../../nodes/shared/webhook/ip-allow-list';
import { SenderSecrets } from '../../nodes/shared/webhook/sender-secrets';
import { readOrigins } from '../../nodes/CustomerEvents/trigger-options';
import { unescaped } from '../../nodes/Embeddables/identifier';
import { toAttributes } from '../../nodes/RelationKit/attributes';
import { suprSend } from '../../nodes/SuprSend/supr-send.provider';
import { readIds } from '../../nodes/SuprSend/ids';
import { channelSchemas } from '../../nodes/SuprSend/users/channels';
import { ownProperties } from '../../nodes/SuprSend/users/locale';
import { addressOf, checkBaseUrl } from '../../nodes/shared/base-url';
import { brokenRules } from '../../nodes/shared/delivery/read/broken-rules';
import { checkRecord } from '../../nodes/shared/delivery/read/check-record';
import { warnOfBrokenIds } from '../../nodes/shared/delivery/read/broken-ids';
import { answerFailure } from '../../nodes/shared/delivery/send/explain-failure';
import { isMeantFor, nameFormats, parseTime } from '../../nodes/shared/event';
import { convert, decodeBody, formats, readRequest } from '../../nodes/shared/formats';
import { anyFormOf, parseRedacted, redact } from '../../nodes/shared/redact';
import { checkPath, compilePlan, protect } from '../../nodes/shared/rules';
import { ifUsable } from '../../nodes/shared/service/schemas';
import { verifySender, type Verification } from '../../nodes/shared/signatures';
import { accept, minimal, now } from './event/helpers';
import { presetOf } from './signatures/helpers';

/**
 * Senders, services and users choose the text that we read. Reading it must take time in proportion to its length:
 * one long text would otherwise stop n8n. So this reads long runs of everything that patterns look for.
 */
const length = 25_000;
/**
 * Code that is linear takes a few milliseconds, quadratic code seconds. CPU time, since other tests run, too. What takes
 * more on a busy machine is compared with a quarter of the text.
 */
const mostMilliseconds = 400;
/** For four times the text. Linear code takes four times as long, quadratic code sixteen times. */
const mostGrowth = 8;

/** The least of three measurements, because a busy machine only makes them longer. */
const leastCpuTime = (work: () => unknown) => Math.min(...[1, 2, 3].map(() => cpuTime(work)));

function cpuTime(work: () => unknown): number {
	const before = process.cpuUsage();
	try {
		work();
	} catch {
		// Refusing the text is an answer, too.
	}
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

const characters = [...'aA1 \n\t/\\"\'.,;:*+-_=%&?#@|~$^<>!`(){}[]', '\u0000', 'ß', '😀'];
const pieces = [
	'"\\',
	'\\"',
	'["',
	'[1',
	'].',
	'a.',
	'a_',
	'../',
	'%41',
	'0:',
	'1.',
	't=',
	'{id}',
	'{"a":',
	'Aa',
];

/** Texts that a search has to read far into, at each of its characters, before it fails. */
function runsOf(units: readonly string[], ofLength: number): string[] {
	return units.flatMap((unit) => {
		const run = unit.repeat(ofLength / unit.length);
		// Whatever has matched the run cannot match this end. Other patterns need the same end as start.
		return [`${run}\u0001`, `x${run}x${run}`, `${run}"${run}`];
	});
}

/** The texts that take too long, each shown by its start. */
function tooSlow(units: readonly string[], read: (text: string) => unknown): string[] {
	const quarters = runsOf(units, length / 4);
	return runsOf(units, length).flatMap((text, index) => {
		if (cpuTime(() => read(text)) <= mostMilliseconds) return [];
		const took = leastCpuTime(() => read(text));
		const ofQuarter = leastCpuTime(() => read(quarters[index] ?? ''));
		if (took <= mostMilliseconds || took <= mostGrowth * ofQuarter) return [];
		const times = `${Math.round(took)} ms, a quarter of it ${Math.round(ofQuarter)} ms`;
		return [`${JSON.stringify(text.slice(0, 20))}…: ${times}`];
	});
}

describe('every regular expression takes time in proportion to the text:', () => {
	const root = join(__dirname, '../..');
	const sources = execFileSync('git', ['ls-files', '-z', 'nodes', 'credentials'], {
		cwd: root,
		encoding: 'utf8',
	})
		.split('\0')
		.filter((file) => file.endsWith('.ts'));
	const patterns = [
		...new Set(sources.flatMap((file) => patternsIn(readFileSync(join(root, file), 'utf8')))),
	];

	test.each(patterns)('%s', (pattern) => {
		const at = pattern.lastIndexOf('/');
		const expression = new RegExp(pattern.slice(1, at), pattern.slice(at + 1));
		const words = pattern.match(/[\w ]{2,}/g) ?? [];

		expect(tooSlow([...characters, ...words], (text) => text.replace(expression, ''))).toEqual([]);
	});

	test('the search finds one that does not', () => {
		expect(tooSlow(['/'], (text) => text.replace(/\/+$/, ''))).not.toEqual([]);
	});
});

function patternsIn(code: string): string[] {
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
		node.forEachChild(visit);
	};
	visit(ts.createSourceFile('', code, ts.ScriptTarget.Latest));
	return found;
}

const decodeAs = (contentType: string, text: string) => decodeBody(Buffer.from(text), { contentType });

const track = (event: string) => ({ ...accept(minimal.track), event });
const secrets = ['aaaaaaaaaaaaaaaa1', '/'.repeat(16)];
const asSent = { properties: {}, userId: 'u1' };
const context = { now, transport: 'webhook', verified: false, newId: () => 'new-id' } as const;

/** What reads text of others, with that text where it can do harm. */
const readers: Record<string, (text: string) => unknown> = {
	'a pattern of Event Names': (text) => eventFilter([], [text, '*_'.repeat(50)])(track('_'.repeat(200))),
	'Event Names with many *': (text) => eventFilter([], [`${'*_'.repeat(1000)}!`, '*a*a*a*a*b'])(track(text)),
	'the IP Allow List': (text) => new IpAllowList(['::/0']).allows(text) || new IpAllowList([text]),
	'a range in the IP Allow List': (text) => new IpAllowList([`10.0.0.0/${text}`]),
	'Allowed Origins': (text) => readOrigins(text),
	'an origin': (text) => readOrigins(`https://${text}`),
	'a Base URL': (text) => checkBaseUrl(text),
	'a path in a Base URL': (text) => checkBaseUrl(`https://a.example/${text}x`),
	'the URL of a request': (text) => addressOf({ baseURL: `https://a.example/${text}`, url: text }),
	'the body of a request': (text) => decodeAs('application/json', text),
	'big numbers in a body': (text) => [
		decodeAs('application/json', JSON.stringify([text, { [text]: text }, 820982911946154508n.toString()])),
		decodeAs('application/json', `[${'1'.repeat(16)},${text}]`),
	],
	'lines of JSON': (text) => decodeAs('application/x-ndjson', `{"a":1}\n${text}`),
	'a form': (text) => {
		const form = 'application/x-www-form-urlencoded';
		return [decodeAs(form, `a=${text}`), decodeAs(form, `${text}=1`), decodeAs(form, 'a[]=1&'.repeat(2_500))];
	},
	'an envelope': (text) =>
		readRequest({
			body: { Type: 'Notification', MessageId: text, Message: `{${text}` },
			headers: {},
			subPath: '',
		}),
	'secrets in events': (text) =>
		new SenderSecrets(secrets).hideInBatch(
			readRequest({ body: [text, { [text]: text }], headers: {}, subPath: '' }),
			Buffer.from(`\\${text}`),
			{},
		),
	'secrets in responses': (text) => {
		const pattern = anyFormOf(secrets, 'signature:');
		return [redact(text, pattern), parseRedacted(JSON.stringify({ [text]: text }), pattern)];
	},
	'a time': (text) => parseTime(text),
	'the end of a time': (text) => [parseTime(`2026-01-02${text}`), parseTime(`2026-01-02T03:04:05.${text}`)],
	integrations: (text) => isMeantFor(accept({ ...minimal.track, integrations: { [text]: true } }), text),
	'names of events': (text) => Object.values(nameFormats).map((format) => format(text)),
	'a path to a private field': (text) => {
		const path = `properties.${text}`;
		if (checkPath(path, 'hash') === undefined)
			protect({ properties: { a: 1 } }, { hash: [path], drop: [path] });
	},
	'a private value': (text) => protect({ properties: { text } }, { hash: ['properties.text'], drop: [] }),
	'a tracking plan': (text) =>
		compilePlan([{ event: 'Order Completed', property: text, allowedValues: [text] }]).violationsOf(
			accept({ ...minimal.track, properties: { [text.slice(0, 1)]: 1 } }),
		),
	'a value in a tracking plan': (text) =>
		compilePlan([{ event: 'Order Completed', property: 'a', type: 'date' }]).violationsOf(
			accept(
				{ ...minimal.track, properties: { a: text } },
				{ limits: { eventBytes: 1e9, depth: 9, properties: 9 } },
			),
		),
	'an identifier for Embeddables': (text) => [
		unescaped(text),
		unescaped(`"${text}"`),
		unescaped(`\\"${text}\\"`),
	],
	'attributes for RelationKit': (text) =>
		toAttributes('metadata', { a_at: text, b_at: `2026-01-02${text}` }, { timeZone: 'utc', warn: () => {} }),
	'the ID of a record': (text) => warnOfBrokenIds({ id: text, ids: [text, `null ${text}`] }, () => {}),
	'IDs for SuprSend': (text) => [readIds(text, 'IDs'), readIds(`["${text}`, 'IDs')],
	'channels of SuprSend': (text) =>
		[...Object.values(channelSchemas), ...Object.values(ownProperties)].map((schema) =>
			schema.safeParse(text),
		),
	'messages of a service': (text) =>
		[400, 404, 429, 503].map((statusCode) =>
			answerFailure({ statusCode, headers: { 'retry-after': text }, body: { message: text } }, suprSend, now),
		),
	'repeated words of a service': (text) =>
		answerFailure({ statusCode: 404, headers: {}, body: `workflow tenant ${text}`.repeat(2) }, suprSend, now),
	'a web page of a service': (text) =>
		answerFailure({ statusCode: 404, headers: {}, body: `${text}<html>` }, suprSend, now),
};

for (const { name: format } of formats) {
	readers[`an event in the format ${format}`] = (text) => {
		const event = { ...asSent, event: text, type: text, timestamp: text, messageId: text, status: text };
		const cloud = { ...event, specversion: '1.0', id: text, source: text, data_base64: text };
		const body = { batch: [event, cloud], suprsend_status: { status: text }, [text]: text };
		for (const each of [body, event, cloud]) {
			const headers = { 'content-type': text, 'webhook-id': text, 'ce-id': text, 'ce-type': `"${text}` };
			convert(
				readRequest({ body: each, headers, subPath: text }, { format, paths: { userId: text } }),
				context,
			);
		}
	};
}

const headers = ['authorization', 'x-write-key', 'x-signature', 'x-hub-signature-256', 'stripe-signature'];
const schemes: Verification[] = [
	{ scheme: 'write-key', writeKeys: secrets },
	{ scheme: 'header', name: 'x-write-key', values: secrets },
	{ scheme: 'basic', user: 'user', passwords: secrets },
	{ scheme: 'segment', secrets },
	{ scheme: 'standard-webhooks', secrets, toleranceSeconds: 300 },
	{ scheme: 'hmac', format: presetOf('github'), secrets, toleranceSeconds: 300 },
	{ scheme: 'hmac', format: presetOf('stripe'), secrets, toleranceSeconds: 300 },
];
for (const scheme of schemes) {
	readers[`the headers of a sender with ${JSON.stringify(scheme).slice(0, 60)}`] = (text) => {
		const basic = `Basic ${Buffer.from(text).toString('base64')}`;
		for (const authorization of [text, basic]) {
			const given = Object.fromEntries(headers.map((header) => [header, text]));
			const standard = { 'webhook-id': text, 'webhook-timestamp': text, 'webhook-signature': text };
			const rawBody = Buffer.from(`[{${text}`);
			verifySender({ headers: { ...given, ...standard, authorization }, rawBody, now }, scheme);
		}
	};
}

test.each(Object.entries(readers))('reads %s in time in proportion to the text', (_, read) => {
	expect(tooSlow([...characters, ...pieces], read)).toEqual([]);
});

describe('a record with many values that break a rule', () => {
	const many = 10_000;
	const issuesOf = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues ?? [];

	test('is checked in time linear in their number', () => {
		const schema = z.object({ list: z.array(ifUsable(z.string('must be text'))) });
		const check = (count: number) => {
			const record = { list: Array<unknown>(count).fill({}) };
			return leastCpuTime(() => checkRecord({ schema }, record, () => {}));
		};
		check(many / 4);
		// Four times as many take four times as long; with a copy for each of them, it would be sixteen times.
		expect(check(many) / check(many / 4)).toBeLessThan(10);
	});

	test('is described in time linear in their number, in a few sentences', () => {
		const schema = z.object({ list: z.array(z.string('must be text')) });
		const issues = issuesOf(schema, { list: Array<unknown>(many).fill({}) });
		let rules: string[] = [];
		expect(cpuTime(() => (rules = brokenRules({ issues })))).toBeLessThan(10 * mostMilliseconds);
		expect(rules).toHaveLength(21);
		expect(rules.at(-1)).toBe('and 9980 more');
	});
});
