import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { isProviderName, type ProviderName } from './providers';
import { type Answer, isObject, json, text } from './providers/provider';
import { parametersIn } from './providers/route';
import type { Mirror } from './reflection';

const oneOff = z.union([
	/** Answers with any status and stores nothing. A text is sent as it is, so it can be invalid JSON. */
	z.strictObject({
		status: z.number().int().min(200).max(599),
		headers: z.record(z.string()).optional(),
		body: z.unknown().optional(),
	}),
	/** Stores at once and answers late. A client that gives up has still delivered. */
	z.strictObject({ delayMs: z.number().positive() }),
	z.strictObject({ reset: z.enum(['before-reading', 'after-reading', 'after-storing']) }),
	/** Answers with the request itself and its keys, as debug pages do, and stores nothing. */
	z.strictObject({
		reflect: z.strictObject({ status: z.number().int().min(200).max(599), as: z.enum(['json', 'text']) }),
	}),
	/** Cuts the service's own answer short. */
	z.strictObject({ truncate: z.literal(true) }),
	/** Sends the service's own answer and then a space at this interval, without an end. */
	z.strictObject({ dripMs: z.number().positive() }),
]);

/** A token bucket for one second, full at the start. Requests without a token get a 429. */
const limit = z.strictObject({
	rate: z.strictObject({ perSecond: z.number().positive(), retryAfter: z.enum(['seconds', 'date', 'none']) }),
});

const selection = {
	provider: z.custom<ProviderName>(isProviderName, 'is not a provider of the sandbox').optional(),
	/** Path as in the service's documentation, without the query: `/event/`, `/v1/user/{distinct_id}/`. */
	path: z.string().optional(),
	/** Dotted paths and values (a list must contain the value). All must match in the body or in one record of it. */
	when: z.record(z.unknown()).optional(),
	/** How many matching requests get no fault first. */
	after: z.number().int().nonnegative().optional(),
};

const faultSchema = z.union([
	z
		.strictObject({
			...selection,
			times: z.union([z.number().int().positive(), z.literal(Infinity), z.literal('always')]).optional(),
			do: oneOff,
		})
		.refine((fault) => !(fault.when && 'reset' in fault.do && fault.do.reset === 'before-reading'), {
			message: '`when` needs the body, and `before-reading` does not read it',
		}),
	z.strictObject({ ...selection, do: limit }),
]);

/** A fault: for which requests (`provider`, `path`, `when`), how often (`times`, `after`), and what (`do`). */
export type Fault = z.infer<typeof faultSchema>;

type OneOff = z.infer<typeof oneOff>;

/** What happens to a request. A service that works as it should has a delay of 0 and nothing else. */
export interface Plan {
	delayMs: number;
	refusal?: Answer;
	reflect?: Mirror;
	reset?: 'after-reading' | 'after-storing';
	truncate?: true;
	dripMs?: number;
}

interface Subject {
	provider: ProviderName;
	path: string;
	body?: unknown;
}

class TokenBucket {
	private tokens: number;
	private filledAt: number;

	constructor(
		private readonly perSecond: number,
		now: number,
	) {
		this.tokens = this.capacity;
		this.filledAt = now;
	}

	/** Uses a token and returns 0, or returns the milliseconds until there is one. */
	take(now: number): number {
		const filled = this.tokens + ((now - this.filledAt) * this.perSecond) / 1000;
		this.tokens = Math.min(this.capacity, filled);
		this.filledAt = now;
		if (this.tokens < 1) return ((1 - this.tokens) * 1000) / this.perSecond;
		this.tokens--;
		return 0;
	}

	private get capacity(): number {
		return Math.max(1, this.perSecond);
	}
}

interface ArmedFault {
	fault: Fault;
	toSkip: number;
	left: number;
	bucket?: TokenBucket;
}

const valueAt = (value: unknown, path: string): unknown =>
	path.split('.').reduce((inner, key) => (isObject(inner) ? inner[key] : undefined), value);

const isOrHolds = (found: unknown, value: unknown): boolean =>
	isDeepStrictEqual(found, value) ||
	(Array.isArray(found) && found.some((item) => isDeepStrictEqual(item, value)));

/** A body, and the records in it: `[…]` or `{"signals": […]}`. */
function recordsIn(body: unknown): unknown[] {
	if (Array.isArray(body)) return body;
	return isObject(body) ? [body, ...Object.values(body).filter(Array.isArray).flat()] : [body];
}

function isMeant({ provider, path, when }: Fault, subject: Subject): boolean {
	if (provider !== undefined && provider !== subject.provider) return false;
	if (path !== undefined && !parametersIn(path, subject.path)) return false;
	if (when === undefined) return true;
	return recordsIn(subject.body).some((candidate) =>
		Object.entries(when).every(([field, value]) => isOrHolds(valueAt(candidate, field), value)),
	);
}

function isNowDue(armed: ArmedFault): boolean {
	if (armed.toSkip > 0) {
		armed.toSkip--;
		return false;
	}
	if (armed.left === 0) return false;
	armed.left--;
	return true;
}

function refusal({ status, headers, body }: Extract<OneOff, { status: number }>): Answer {
	const plain =
		body === undefined ? { status } : typeof body === 'string' ? text(status, body) : json(status, body);
	return { ...plain, headers: { ...plain.headers, ...headers } };
}

function tooMany(waitMs: number, retryAfter: 'seconds' | 'date' | 'none', now: number): Answer {
	// Rounded up to whole seconds, so that a client that waits finds a token.
	if (retryAfter === 'seconds') {
		return { status: 429, headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) } };
	}
	if (retryAfter === 'none') return { status: 429 };
	const date = new Date(Math.ceil((now + waitMs) / 1000) * 1000);
	return { status: 429, headers: { 'retry-after': date.toUTCString() } };
}

const hangsUpUnread = ({ do: action }: Fault): boolean =>
	'reset' in action && action.reset === 'before-reading';

/**
 * A queue of faults. A request gets the first fault that matches it and is due; later ones wait. With two kinds of fault, a
 * request continues to the next one: a delay (once per request) and a rate that isn't exceeded.
 */
export class Faults {
	private armed: ArmedFault[] = [];

	constructor(private readonly now: () => number) {}

	add(fault: Fault): void {
		const checked = faultSchema.parse(fault);
		const rate = 'rate' in checked.do ? checked.do.rate : undefined;
		const times = 'times' in checked ? (checked.times ?? 1) : 1;
		this.armed.push({
			fault: checked,
			toSkip: checked.after ?? 0,
			left: rate || times === 'always' ? Infinity : times,
			bucket: rate && new TokenBucket(rate.perSecond, this.now()),
		});
	}

	clear(): void {
		this.armed = [];
	}

	/** Whether to close the connection before reading. Decided before all other faults. */
	hangUpUnread(subject: Subject): boolean {
		return this.armed.some(
			(armed) => hangsUpUnread(armed.fault) && isMeant(armed.fault, subject) && isNowDue(armed),
		);
	}

	planFor(subject: Subject): Plan {
		let delayMs = 0;
		for (const armed of this.armed) {
			const { fault, bucket } = armed;
			const action = fault.do;
			if (hangsUpUnread(fault) || ('delayMs' in action && delayMs > 0)) continue;
			if (!isMeant(fault, subject) || !isNowDue(armed)) continue;
			if ('status' in action) return { delayMs, refusal: refusal(action) };
			if ('reflect' in action) return { delayMs, reflect: action.reflect };
			if ('truncate' in action) return { delayMs, truncate: true };
			if ('dripMs' in action) return { delayMs, dripMs: action.dripMs };
			if ('reset' in action && action.reset !== 'before-reading') return { delayMs, reset: action.reset };
			if ('delayMs' in action) delayMs = action.delayMs;
			if ('rate' in action) {
				const waitMs = bucket?.take(this.now()) ?? 0;
				if (waitMs > 0) return { delayMs, refusal: tooMany(waitMs, action.rate.retryAfter, this.now()) };
			}
		}
		return { delayMs };
	}
}
