import { get } from 'lodash';
import type { ZodError } from 'zod/v4';
import { accepted, notAccepted, type Checked } from '../../checked';
import { asShown, isObject, isRounded, type Warning } from '../../event';
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
		if (!issues.every(canGo)) return notAccepted(brokenRules({ issues }, form));
		for (const issue of issues) {
			warn(leftOut(issue, record, form));
			record = without(record, issue.path);
		}
	}
}

/** Says what is wrong with a number that was rounded: a schema only sees that it isn't text. */
function explained(issue: Issue, record: unknown): Issue {
	const value: unknown = get(record, issue.path);
	if (!isRounded(value)) return issue;
	const message = `${String(value)} has lost its last digits, because numbers beyond ${Number.MAX_SAFE_INTEGER} are rounded. Send it as text`;
	return { ...issue, message };
}

function leftOut({ path, message: rule }: Issue, record: unknown, form: FilledForm | undefined): Warning {
	const message = `'${nameAt(path, form)}' was left out, because ${asShown(get(record, path))} can't be used: ${rule}`;
	return { path: path.join('.'), code: 'unusable_value', message };
}

/** Replaces the value at a path with undefined, so that other paths stay right. Copies what it changes. */
function without(whole: unknown, [key, ...rest]: Path): unknown {
	if (key === undefined) return undefined;
	if (Array.isArray(whole))
		return whole.map((part: unknown, at) => (at === key ? without(part, rest) : part));
	return isObject(whole) ? { ...whole, [key]: without(get(whole, [key]), rest) } : whole;
}
