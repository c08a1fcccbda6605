import { Analytics } from '@segment/analytics-node';
import { readFileSync } from 'node:fs';
import { lastLines } from './commands';
import type { Demo } from './demo';
import { outputOf } from './n8n-client';
import { waitFor } from './wait';

const USERS = ['ada', 'grace', 'hedy', 'joan', 'katherine', 'radia'];
const ARRIVAL_TIMEOUT_MS = 30_000;
const MAX_COMPLAINTS = 5;

interface Check {
	what: string;
	expected: number;
	got: number;
}

/** Sends events as an app would and checks that each arrived everywhere once. Prints what it saw. */
export async function smoke(demo: Demo): Promise<boolean> {
	const { n8n, sandbox } = demo;
	const sent = await sendWithSegment(demo);
	const reply = await sendGoodAndBad(demo);

	const inSandbox = (provider: 'relationkit' | 'suprsend', kind: string) =>
		sandbox.records(provider, kind).length;
	const checks = (): Check[] => [
		{ what: 'Accepted events in the batch', expected: 1, got: reply.accepted },
		{ what: 'Rejected events in the batch', expected: 1, got: reply.rejected.length },
		{
			what: 'Customers in RelationKit',
			expected: sent.identifies,
			got: inSandbox('relationkit', 'customer'),
		},
		{ what: 'Users in SuprSend', expected: sent.identifies, got: inSandbox('suprsend', 'user') },
		{ what: 'Events in RelationKit', expected: sent.events + 1, got: inSandbox('relationkit', 'event') },
		{ what: 'Events in SuprSend', expected: sent.events + 1, got: inSandbox('suprsend', 'event') },
	];
	const allHere = () => checks().every(({ expected, got }) => got >= expected);
	await waitFor(async () => allHere() || undefined, {
		what: 'all events to arrive',
		timeoutMs: ARRIVAL_TIMEOUT_MS,
	}).catch(() => {});
	// An event that is still on its way now would be one too many.
	await n8n.waitUntilIdle();

	console.log(table(checks()));
	const passed = checks().every(({ expected, got }) => got === expected);
	console.log(passed ? '\n  Smoke test passed.' : `\n  Smoke test failed.\n${await whereToLook(demo)}`);
	return passed;
}

/** Makes every kind of call of Segment's SDK for Node.js, for several users, in small batches. */
async function sendWithSegment({ segment }: Demo): Promise<{ events: number; identifies: number }> {
	const analytics = new Analytics({ ...segment, flushAt: 10 });
	analytics.on('error', ({ code, reason }) => console.error(`  Segment's SDK: ${code}`, reason ?? ''));
	for (const userId of USERS) {
		analytics.identify({ userId, traits: { email: `${userId}@example.test`, plan: 'pro' } });
		analytics.page({ userId, name: 'Pricing', properties: { url: 'https://shop.example.test/pricing' } });
		analytics.track({ userId, event: 'Product Added', properties: { sku: 'A-1', price: 21 } });
		analytics.track({ userId, event: 'Order Completed', properties: { total: 42, currency: 'EUR' } });
		analytics.group({ userId, groupId: 'analysts', traits: { name: 'Analysts' } });
	}
	await analytics.closeAndFlush();
	return { events: USERS.length * 4, identifies: USERS.length };
}

interface Reply {
	accepted: number;
	rejected: unknown[];
}

/** Posts a batch with a good event and one without a name, which no SDK would send. */
async function sendGoodAndBad({ segment }: Demo): Promise<Reply> {
	const batch = [
		{ type: 'track', userId: 'ada', event: 'Cart Viewed' },
		{ type: 'track', userId: 'ada' },
	];
	const response = await fetch(segment.host + segment.path, {
		method: 'POST',
		headers: {
			authorization: `Basic ${btoa(`${segment.writeKey}:`)}`,
			'content-type': 'application/json',
		},
		body: JSON.stringify({ batch }),
	});
	const text = await response.text();
	if (response.ok) return JSON.parse(text) as Reply;
	console.error(`  The trigger responded with ${response.status}: ${text}`);
	return { accepted: 0, rejected: [] };
}

function table(checks: Check[]): string {
	const row = (mark: string, what: string, expected: string, got: string) =>
		`  ${mark} ${what.padEnd(30)}${expected.padStart(10)}${got.padStart(6)}`;
	const rows = checks.map(({ what, expected, got }) =>
		row(expected === got ? '✓' : '✗', what, String(expected), String(got)),
	);
	return ['', row(' ', '', 'expected', 'got'), ...rows].join('\n');
}

/** Returns the errors of executions and the reasons of failed events. */
async function whereToLook({ n8n }: Demo): Promise<string> {
	const executions = await Promise.all((await n8n.executions()).map(({ id }) => n8n.execution(id)));
	const complaints = executions.flatMap((execution) => [
		execution.data.resultData.error?.message,
		...outputOf(execution, 'Review failed events').map(
			({ json }) => (json.error as { message: string }).message,
		),
	]);
	const different = [...new Set(complaints.filter((complaint) => complaint !== undefined))];
	return [
		...different.slice(0, MAX_COMPLAINTS).map((complaint) => `  - ${String(complaint)}`),
		"  The end of n8n's log:",
		lastLines(readFileSync(n8n.logFile, 'utf8')).replace(/^/gm, '    '),
		'  To see the input and output of each node, run `npm start` and open the Executions tab in the editor.',
	].join('\n');
}
