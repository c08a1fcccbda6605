import {
	capWarnings,
	isObject,
	jsonText,
	tooDeepToShow,
	type CanonicalEvent,
	type Reject,
	type RejectCode,
	type Warning,
} from '../event';
import { missingConsent } from './consent';
import { protect, type PrivacyRules } from './privacy';
import type { TrackingPlan } from './tracking-plan';

export interface EventRules {
	/** All of these must have been consented to. */
	consent: readonly string[];
	plan?: TrackingPlan;
	/** What becomes of events that the plan does not know. */
	unplanned: 'pass' | 'warn' | 'reject';
	/** What becomes of events that break it. */
	violations: 'warn' | 'reject';
	privacy: PrivacyRules;
}

export type Judged = { ok: true; event: CanonicalEvent } | { ok: false; reject: Reject };

/** Consent first, since without it nothing may be looked into further; privacy last, so that the plan sees real values. */
export function applyRules(event: CanonicalEvent, rules: EventRules): Judged {
	const refused = (code: RejectCode, path: string, message: string): Judged => ({
		ok: false,
		reject: {
			index: event._meta.batchIndex,
			messageId: event.messageId,
			code,
			path,
			message,
			event: protect(event, rules.privacy),
		},
	});

	const missing = missingConsent(event, rules.consent);
	if (missing.length > 0) {
		const path = 'context.consent.categoryPreferences';
		return refused(
			'consent_missing',
			path,
			`There is no consent to: ${missing.join(', ')}. The event is held back.`,
		);
	}
	const findings = findingsOf(event, rules);
	const [first] = findings;
	if (first !== undefined && isRejected(first, rules)) {
		const code = first.code === 'unplanned_event' ? 'unplanned_event' : 'plan_violation';
		return refused(code, first.path, findings.map(({ message }) => message).join(' '));
	}
	return { ok: true, event: protect(withWarnings(event, findings), rules.privacy) };
}

/** What was rejected before it became an event has its fields where its sender put them, mostly in the same places. */
export function protectReject(reject: Reject, { privacy }: EventRules): Reject {
	const { event } = reject;
	if (typeof event === 'string') return { ...reject, event: protectText(event, privacy) };
	return isObject(event) ? { ...reject, event: protect(event, privacy) } : reject;
}

/** Text may be the JSON of an event: of one too deep to be handed on, or of one that nobody parsed. */
function protectText(text: string, privacy: PrivacyRules): string {
	const event = parsed(text);
	if (!isObject(event)) return text;
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

function findingsOf(event: CanonicalEvent, { plan, unplanned }: EventRules): Warning[] {
	if (plan === undefined) return [];
	const violations = plan.violationsOf(event);
	if (violations !== undefined) return violations;
	if (unplanned === 'pass') return [];
	const name = event.type === 'track' ? (event.event ?? '') : event.type;
	return [{ path: 'event', code: 'unplanned_event', message: `The tracking plan has no event '${name}'.` }];
}

function isRejected({ code }: Warning, { unplanned, violations }: EventRules): boolean {
	return (code === 'unplanned_event' ? unplanned : violations) === 'reject';
}

function withWarnings(event: CanonicalEvent, warnings: readonly Warning[]): CanonicalEvent {
	if (warnings.length === 0) return event;
	const all = capWarnings([...event._meta.warnings, ...warnings]);
	return { ...event, _meta: { ...event._meta, warnings: all } };
}
