import type { Fault } from '../../sandbox';

/** A fault of a single request. A rate is about many. */
export type Action = Exclude<Fault['do'], { rate: unknown }>;

export const repeatability = ['repeatable', 'unrepeatable'] as const;
export type Repeatability = (typeof repeatability)[number];
type Verdict = 'delivered' | { failed: string; arrived: boolean };

/** Something that a service does to a request, and what happens to the request's events. */
export interface Misbehavior {
	title: string;
	fault: Action | (() => Action);
	timeout?: number;
	/** The outcome of the events in that request. */
	expected: Verdict | Record<Repeatability, Verdict>;
	/** Whether the request is sent again. */
	again?: boolean | Record<Repeatability, boolean>;
	/** Set if the sandbox stores nothing although the events count as delivered: it was told to answer 200. */
	stores?: false;
}

const onlyRepeatable = { repeatable: true, unrepeatable: false };
const unsure = (code: string, arrived: boolean) => ({
	repeatable: 'delivered' as const,
	unrepeatable: { failed: code, arrived },
});

export const misbehaviors: Misbehavior[] = [
	{
		title: '429, `Retry-After` in seconds',
		fault: { status: 429, headers: { 'retry-after': '1' } },
		expected: 'delivered',
		again: true,
	},
	{
		title: '429, `Retry-After` as a date',
		fault: () => ({ status: 429, headers: { 'retry-after': new Date(Date.now() + 2_000).toUTCString() } }),
		expected: 'delivered',
		again: true,
	},
	{ title: '429 without `Retry-After`', fault: { status: 429 }, expected: 'delivered', again: true },
	{ title: '503', fault: { status: 503 }, expected: 'delivered', again: true },
	{ title: '500', fault: { status: 500 }, expected: unsure('unavailable', false), again: onlyRepeatable },
	{ title: '502', fault: { status: 502 }, expected: unsure('unavailable', false), again: onlyRepeatable },
	{ title: '504', fault: { status: 504 }, expected: unsure('unavailable', false), again: onlyRepeatable },
	{ title: 'Slow, within the timeout', fault: { delayMs: 300 }, expected: 'delivered' },
	{
		title: 'Slower than the timeout',
		fault: { delayMs: 1_500 },
		timeout: 1,
		expected: unsure('timed_out', true),
		again: onlyRepeatable,
	},
	{
		title: 'Response that never ends',
		fault: { dripMs: 200 },
		timeout: 1,
		expected: unsure('timed_out', true),
		again: onlyRepeatable,
	},
	{
		title: 'Connection reset before the request is read',
		fault: { reset: 'before-reading' },
		expected: unsure('connection_lost', false),
		again: onlyRepeatable,
	},
	{
		title: 'Connection reset after the request is read',
		fault: { reset: 'after-reading' },
		expected: unsure('connection_lost', false),
		again: onlyRepeatable,
	},
	{
		title: 'Connection reset after the data is stored',
		fault: { reset: 'after-storing' },
		expected: unsure('connection_lost', true),
		again: onlyRepeatable,
	},
	{
		title: 'Response cut short',
		fault: { truncate: true },
		expected: unsure('connection_lost', true),
		again: onlyRepeatable,
	},
	{
		title: '200 with a body that is not JSON',
		fault: { status: 200, body: '{"oops' },
		expected: 'delivered',
		stores: false,
	},
	{ title: '200 with an empty body', fault: { status: 200 }, expected: 'delivered', stores: false },
	{
		title: '200 with a web page',
		fault: { status: 200, headers: { 'content-type': 'text/html' }, body: '<html></html>' },
		expected: { failed: 'unexpected_answer', arrived: false },
	},
	{ title: '401', fault: { status: 401 }, expected: { failed: 'unauthorized', arrived: false } },
];

/** Returns the fault. Faults with a date start from now. */
export const actionOf = ({ fault }: Misbehavior): Action => (typeof fault === 'function' ? fault() : fault);
