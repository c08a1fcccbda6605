import { get, sortBy } from 'lodash';
import { accepted, notAccepted, type Checked } from '../checked';
import {
	capWarnings,
	jsonText,
	tooDeepToShow,
	type CanonicalEvent,
	type Reject,
	type RejectCode,
	type Warning,
} from '../event';
import { protect, type PrivacyRules } from './privacy';
import type { TrackingPlan } from './tracking-plan';

export interface EventRules {
	/** Categories that all need consent. */
	consent: readonly string[];
	plan?: TrackingPlan;
	/** What to do with events that aren't in the plan. */
	unplanned: 'pass' | 'warn' | 'reject';
	/** What to do with events that don't follow the plan. */
	violations: 'warn' | 'reject';
	privacy: PrivacyRules;
}

/** For events that nothing is known about. */
export const noRules: EventRules = {
	consent: [],
	privacy: { hash: [], drop: [] },
	unplanned: 'pass',
	violations: 'reject',
};

/** The events and rejects of a batch. */
interface Batch {
	events: readonly CanonicalEvent[];
	rejected: readonly Reject[];
}

/**
 * Checks the events of a batch, and protects those that are rejected already. Keeps the sender's order.
 * @param concerns whether the rules are about an event. Others stay as they are.
 */
export function applyToBatch<B extends Batch>(
	batch: B,
	rules: EventRules,
	concerns: (event: CanonicalEvent) => boolean = () => true,
): B & { events: CanonicalEvent[]; rejected: Reject[] } {
	const rejected = batch.rejected.map((reject) => protectReject(reject, rules));
	const events: CanonicalEvent[] = [];
	for (const event of batch.events) {
		const checked = concerns(event) ? applyRules(event, rules) : accepted(event);
		if (checked.ok) events.push(checked.value);
		else rejected.push(checked.reason);
	}
	return { ...batch, events, rejected: sortBy(rejected, ({ index }) => index) };
}

/**
 * Checks an event: consent first, since without it nothing else may be processed; then the plan; privacy last, so
 * that the plan sees the real values.
 * @returns the event with its private fields protected and the plan's warnings added, or its reject
 */
export function applyRules(event: CanonicalEvent, rules: EventRules): Checked<CanonicalEvent, Reject> {
	const reject = (code: RejectCode, path: string, message: string) =>
		notAccepted<Reject>({
			index: event._meta.batchIndex,
			messageId: event.messageId,
			code,
			path,
			message,
			event: protect(event, rules.privacy),
		});

	const missing = missingConsent(event, rules.consent);
	if (missing.length > 0) {
		const path = 'context.consent.categoryPreferences';
		return reject(
			'consent_missing',
			path,
			`The event has no consent for: ${missing.join(', ')}. If the person consented, send this with the event: ${consentTo(missing)}`,
		);
	}
	const warnings = compareWithPlan(event, rules);
	const [first] = warnings;
	if (first !== undefined && isRejected(first, rules)) {
		const code = first.code === 'unplanned_event' ? 'unplanned_event' : 'plan_violation';
		return reject(code, first.path, warnings.map(({ message }) => message).join(' '));
	}
	return accepted(protect(withWarnings(event, warnings), rules.privacy));
}

/** The JSON with which a sender says that a person has consented. */
function consentTo(categories: readonly string[]): string {
	const categoryPreferences = Object.fromEntries(categories.map((category) => [category, true]));
	return JSON.stringify({ context: { consent: { categoryPreferences } } });
}

/**
 * Returns the categories that an event lacks consent for. Consent is `context.consent.categoryPreferences`, as
 * Segment's consent management writes it (https://segment.com/docs/privacy/consent-management/): a category
 * that isn't there has no consent.
 */
function missingConsent(event: CanonicalEvent, required: readonly string[]): string[] {
	return required.filter(
		(category) => get(event.context, ['consent', 'categoryPreferences', category]) !== true,
	);
}

/** Protects the event in a reject. Its fields are where the sender put them: mostly at the same paths as in events. */
export function protectReject(reject: Reject, { privacy }: EventRules): Reject {
	const { event } = reject;
	if (typeof event === 'string') return { ...reject, event: protectText(event, privacy) };
	return typeof event === 'object' && event !== null
		? { ...reject, event: protectOrHide(event, privacy) }
		: reject;
}

/** Protects a value that may be nested too deep for that. Then it isn't shown at all. */
export function protectOrHide(value: object, privacy: PrivacyRules): object | string {
	try {
		return protect(value, privacy);
	} catch {
		return tooDeepToShow;
	}
}

/** Protects text that is the JSON of an event, e.g. of an event that is nested too deep to pass on. */
function protectText(text: string, privacy: PrivacyRules): string {
	const event = parsed(text);
	if (typeof event !== 'object' || event === null) return text;
	try {
		const guarded = protect(event, privacy);
		return guarded === event ? text : jsonText(guarded);
	} catch {
		return tooDeepToShow;
	}
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function compareWithPlan(event: CanonicalEvent, { plan, unplanned }: EventRules): Warning[] {
	if (plan === undefined) return [];
	const violations = plan.violationsOf(event);
	if (violations !== undefined) return violations;
	if (unplanned === 'pass') return [];
	const name = event.type === 'track' ? (event.event ?? '') : event.type;
	return [
		{
			path: 'event',
			code: 'unplanned_event',
			message: `The tracking plan has no event '${name}'. Add it to 'Planned Events', or correct its name.`,
		},
	];
}

function isRejected({ code }: Warning, { unplanned, violations }: EventRules): boolean {
	return (code === 'unplanned_event' ? unplanned : violations) === 'reject';
}

function withWarnings(event: CanonicalEvent, warnings: readonly Warning[]): CanonicalEvent {
	if (warnings.length === 0) return event;
	const all = capWarnings([...event._meta.warnings, ...warnings]);
	return { ...event, _meta: { ...event._meta, warnings: all } };
}
