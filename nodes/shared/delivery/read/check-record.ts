import { get, groupBy } from 'lodash';
import type { ZodError } from 'zod/v4';
import { accepted, notAccepted, type Checked } from '../../checked';
import {
	asShown,
	isBlank,
	isObject,
	isRounded,
	lostDigits,
	type JsonObject,
	type Warning,
} from '../../event';
import type { MappedRecord, RecordForm } from '../../service/definition';
import { isUnusable } from '../../service/schemas';
import { brokenRules, nameAt, type FilledForm, type Path } from './broken-rules';

type Issue = ZodError['issues'][number];

/**
 * Checks a record by its schema. Leaves out optional values that break a rule, with a warning each.
 * @param form the record's form, when it was filled in: messages then name its fields
 * @returns the record, or the rules that it breaks
 */
export function checkRecord<R extends object>(
	{ schema }: Pick<RecordForm<R>, 'schema'>,
	mapped: MappedRecord<R>,
	warn: (warning: Warning) => void,
	form?: FilledForm,
): Checked<R, string[]> {
	let record: unknown = mapped;
	for (;;) {
		const parsed = schema.safeParse(record);
		if (parsed.success) return accepted(parsed.data);

		const issues = parsed.error.issues.map((issue) => explained(issue, record));
		const canGo = (issue: Issue) => isUnusable(issue) && get(record, issue.path) !== undefined;
		if (!issues.every(canGo)) {
			const broken = issues.map((issue) => withValue(issue, record));
			return notAccepted(brokenRules({ issues: broken }, form));
		}
		for (const issue of issues) warn(leftOut(issue, record, form));
		record = without(
			record,
			issues.map(({ path }) => path),
		);
	}
}

/** Says what is wrong with a number that was rounded: a schema only sees that it isn't text. */
function explained(issue: Issue, record: unknown): Issue {
	const value: unknown = get(record, issue.path);
	return isRounded(value) ? { ...issue, message: `${lostDigits(value)}. Send it as text` } : issue;
}

/** Keys of values that may be secrets, such as a push token or the URL of an incoming webhook. */
const mayBeSecret = /secret|token|password|push|webhook/i;

/** Shows the value that breaks a rule, unless the message shows it already. */
function withValue(issue: Issue, record: unknown): Issue {
	const { path, message } = issue;
	const value: unknown = get(record, path);
	const isSimple = typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string';
	if (!isSimple || isBlank(value) || message.includes(String(value))) return issue;
	if (message.includes(`'${String(path.at(-1))}'`)) return issue;
	return mayBeSecret.test(path.join('.'))
		? issue
		: { ...issue, message: `${message} (found ${asShown(value)})` };
}

function leftOut({ path, message: rule }: Issue, record: unknown, form: FilledForm | undefined): Warning {
	const message = `'${nameAt(path, form)}' was left out, because ${asShown(get(record, path))} can't be used: ${rule}`;
	return { path: path.join('.'), code: 'unusable_value', message };
}

/** Replaces the values at these paths with undefined, so that other paths stay right. Copies each whole once. */
function without(whole: unknown, paths: readonly Path[]): unknown {
	if (paths.some(({ length }) => length === 0)) return undefined;
	if (!Array.isArray(whole) && !isObject(whole)) return whole;
	const copy = (Array.isArray(whole) ? [...(whole as unknown[])] : { ...whole }) as JsonObject;
	for (const [key, within] of Object.entries(groupBy(paths, ([first]) => String(first)))) {
		copy[key] = without(
			copy[key],
			within.map(([, ...rest]) => rest),
		);
	}
	return copy;
}
