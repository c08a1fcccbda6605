import type { IExecuteFunctions, INode, NodeApiError } from 'n8n-workflow';
import { reportItems, reportSummary } from '../../../nodes/shared/delivery/report/report';
import type { Origin } from '../../../nodes/shared/delivery/report/result';
import type { Summary, SummaryItem } from '../../../nodes/shared/delivery/report/summary';
import type { Outcome } from '../../../nodes/shared/delivery/stages';
import type { Operation, Resend } from '../../../nodes/shared/service/definition';
import { suprSend } from '../../../nodes/SuprSend/supr-send.provider';
import { failed, operation } from './helpers';

interface Setting extends Pick<INode, 'onError' | 'retryOnFail'> {
	operation?: Operation;
}

/** The parts of n8n's context that reports use, and the hints that they add. */
function contextFor({ onError, retryOnFail }: Setting) {
	const hints: Array<{ message: string; type?: string }> = [];
	const add = ({ location, ...hint }: { message: string; type?: string; location?: string }) => {
		expect(location).toBe('outputPane');
		hints.push(hint);
	};
	const node = { name: 'SuprSend', type: 'suprSend', onError, retryOnFail };
	const context = {
		getNode: () => node,
		getInputData: () => [],
		continueOnFail: () => onError === 'continueErrorOutput' || onError === 'continueRegularOutput',
		addExecutionHints: add,
	} as unknown as IExecuteFunctions;
	return { context, hints };
}

/** What a report returns, or the error that it throws. */
function attempt(report: () => ReturnType<typeof reportItems>) {
	try {
		const [output = []] = report();
		return { output };
	} catch (error) {
		return { output: [], error: error as NodeApiError };
	}
}

function report(outcomes: Outcome[], setting: Setting = {}) {
	const { context, hints } = contextFor(setting);
	const origin: Origin = {
		provider: suprSend,
		name: 'event:send',
		operation: 'operation' in setting ? setting.operation : operation,
	};
	return { hints, ...attempt(() => reportItems(context, outcomes, origin)) };
}

const warning = { path: 'a', code: 'b', message: 'A was left out' };
const refused = failed('refused', { message: 'No name', description: 'Add it.', statusCode: 422 }).reason;

const delivered = (itemIndex: number, more: object = {}): Outcome => ({
	position: { itemIndex },
	messageId: `m${itemIndex}`,
	status: 'delivered',
	statusCode: 202,
	attempts: 1,
	response: 'OK',
	warnings: [],
	...more,
});
const failing = (itemIndex: number, failure = refused): Outcome => ({
	position: { itemIndex },
	messageId: `m${itemIndex}`,
	status: 'failed',
	attempts: 1,
	resendable: true,
	failure,
});
const skipped = (itemIndex: number): Outcome => ({
	position: { itemIndex },
	attempts: 0,
	status: 'skipped',
	reason: { code: 'integrations', message: 'Not for this service' },
});
const previewed = (itemIndex: number): Outcome => ({
	position: { itemIndex },
	attempts: 0,
	status: 'previewed',
	warnings: [],
});

describe('the output', () => {
	test('has a result for each item, paired with it', () => {
		const { output, hints, error } = report([delivered(0), skipped(1)]);
		expect(error).toBeUndefined();
		expect(hints).toEqual([]);
		expect(output).toEqual([
			{
				json: {
					status: 'delivered',
					messageId: 'm0',
					response: 'OK',
					statusCode: 202,
					attempts: 1,
					service: 'SuprSend',
					operation: 'event:send',
				},
				pairedItem: { item: 0 },
			},
			{
				json: {
					status: 'skipped',
					reason: { code: 'integrations', message: 'Not for this service' },
					attempts: 0,
					service: 'SuprSend',
					operation: 'event:send',
				},
				pairedItem: { item: 1 },
			},
		]);
	});

	test.each<[string, Outcome, string[]]>([
		[
			'a delivered item',
			delivered(0, {
				subject: { userId: 'u', event: 'e' },
				batch: { index: 0, size: 1 },
				warnings: [warning],
			}),
			['userId', 'event', 'response', 'messageId', 'warnings', 'statusCode', 'attempts', 'batch'],
		],
		['a failed item', failing(0), ['reason', 'messageId', 'statusCode', 'attempts']],
		['a skipped item', skipped(0), ['reason', 'attempts']],
		[
			'a previewed item',
			{ ...previewed(0), request: { method: 'POST', url: '', headers: {} } } as Outcome,
			['request', 'attempts'],
		],
	])('has the keys of %s that users look for first', (_, outcome, keys) => {
		const { output } = report([outcome], { onError: 'continueRegularOutput' });
		expect(Object.keys(output[0]?.json ?? {})).toEqual(['status', ...keys, 'service', 'operation']);
	});

	test('names the operation that accepted an event', () => {
		const identify = { ...operation, resource: 'user', operation: 'identify' };
		const { output } = report([delivered(0, { operation: identify }), delivered(1)]);
		expect(output.map(({ json }) => json.operation)).toEqual(['user:identify', 'event:send']);
	});

	test('has the entities of a read themselves', () => {
		const { output } = report([delivered(3, { response: null, entities: [{ id: 1 }, { id: 2 }] })]);
		expect(output).toEqual([
			{ json: { id: 1 }, pairedItem: { item: 3 } },
			{ json: { id: 2 }, pairedItem: { item: 3 } },
		]);
	});

	test.each([
		['an error', { error: 'none', id: 1 }],
		['no fields', 'text'],
		['no value', null],
	])('has an entity with %s under data, because n8n reads the error of an item', (_, entity) => {
		const { output } = report([delivered(0, { response: null, entities: [entity] })]);
		expect(output[0]?.json).toEqual({ data: entity });
	});

	test('is empty without items', () => {
		expect(report([])).toEqual({ output: [], hints: [] });
	});

	test('has failed items when the operation is unknown', () => {
		const { output } = report([failing(0), delivered(1)], {
			operation: undefined,
			onError: 'continueRegularOutput',
		});
		expect(output[1]?.json).toMatchObject({ status: 'delivered', response: 'OK' });
		expect(output[0]?.json).toMatchObject({ status: 'failed', operation: 'event:send' });
		expect(output[0]?.json).not.toHaveProperty('messageId');
	});

	test('has a message ID only for operations that send events', () => {
		const fieldsOnly = { ...operation, record: { ...operation.record, fromEvent: undefined } };
		expect(report([delivered(0)], { operation: fieldsOnly }).output[0]?.json).not.toHaveProperty('messageId');
	});

	test('has failed items among the others when the node continues', () => {
		const { output, error } = report([failing(0), delivered(1)], { onError: 'continueRegularOutput' });
		expect(error).toBeUndefined();
		expect(output[0]).toEqual({
			json: {
				service: 'SuprSend',
				operation: 'event:send',
				status: 'failed',
				messageId: 'm0',
				attempts: 1,
				statusCode: 422,
				reason: { code: 'refused', message: 'No name', description: 'Add it.', retryable: false },
			},
			pairedItem: { item: 0 },
		});
		expect(output[1]?.json.status).toBe('delivered');
	});

	test('has no status code when the service did not answer', () => {
		const { output } = report([failing(0, failed('timed_out').reason)], { onError: 'continueRegularOutput' });
		expect(output[0]?.json).not.toHaveProperty('statusCode');
	});

	test('has failed items last, with an error, when the node has an error output', () => {
		const { output } = report([failing(0), delivered(1), failing(2)], { onError: 'continueErrorOutput' });
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 0 }, { item: 2 }]);
		expect(output[0]?.json).not.toHaveProperty('error');
		expect(output[1]?.json).toEqual({
			error: {
				service: 'SuprSend',
				operation: 'event:send',
				status: 'failed',
				message: 'No name',
				messageId: 'm0',
				attempts: 1,
				statusCode: 422,
				reason: { code: 'refused', message: 'No name', description: 'Add it.', retryable: false },
			},
		});
	});
});

describe('the error that stops the workflow', () => {
	const descriptionOf = (outcomes: Outcome[], setting?: Setting) =>
		String(report(outcomes, setting).error?.description);

	test('is that of the first failed item', () => {
		const other = failed('timed_out', { message: 'No answer' }).reason;
		const { error, output } = report([delivered(0), failing(1), failing(2, other)]);
		expect(output).toEqual([]);
		expect(error).toMatchObject({ message: 'No name', context: { itemIndex: 1 }, httpCode: '422' });
	});

	test('is not thrown for a preview', () => {
		expect(report([previewed(0), failing(1)]).error).toBeUndefined();
	});

	test('counts what happened to the items', () => {
		expect(
			descriptionOf([delivered(0), delivered(1), skipped(2), failing(3), failing(4), failing(5)]),
		).toMatch(
			/^Add it\. Of 6 items: 2 delivered, 1 skipped, 3 not delivered \(positions, counted from 0: 3, 4, 5\)\. To get failed items/,
		);
	});

	test('of a single item only says how to continue', () => {
		expect(descriptionOf([failing(0)])).toMatch(/^Add it\. To get failed items/);
	});

	const many = (count: number) => Array.from({ length: count }, (_, index) => failing(index));

	test('lists up to 20 failed items', () => {
		expect(descriptionOf(many(20))).toMatch(/ 17, 18, 19\)/);
	});

	test('lists the first 20 of more failed items', () => {
		expect(descriptionOf(many(21))).toMatch(/ 17, 18, 19, …\)/);
		expect(descriptionOf(many(10_000)).length).toBeLessThan(500);
	});

	test.each<[string, Operation['resend'], boolean]>([
		['would be there twice', 'ifAsked', true],
		['add to a balance', 'never', true],
		['may be repeated', 'safe', false],
		['depend on the record', (): Resend => 'never', false],
	])('for records that %s (%p) warns not to resend the delivered ones: %p', (_, resend, expected) => {
		const text = descriptionOf([delivered(0), failing(1)], { operation: { ...operation, resend } });
		expect(text.includes('count twice')).toBe(expected);
	});

	test('has no such warning when no item was delivered', () => {
		const text = descriptionOf([skipped(0), failing(1)], { operation: { ...operation, resend: 'never' } });
		expect(text).not.toContain('count twice');
	});

	test('has no such warning when the operation is unknown', () => {
		const text = descriptionOf([delivered(0), failing(1)], { operation: undefined });
		expect(text).toMatch(/^Add it\. Of 2 items/);
		expect(text).not.toContain('count twice');
	});
});

describe('the hints', () => {
	test('show the markup of a service and of a sender as text', () => {
		const message = '<img src="http://evil.example/b">';
		const [failures, warnings] = report(
			[failing(0, { ...refused, message }), delivered(1, { warnings: [{ ...warning, message }] })],
			{ onError: 'continueRegularOutput' },
		).hints;
		for (const hint of [failures, warnings]) {
			expect(hint?.message).toContain('&lt;img src="http://evil.example/b"&gt;');
			expect(hint?.message).not.toContain('<');
		}
	});

	const continued: Setting = { onError: 'continueRegularOutput' };

	test.each([
		[
			'one failed item',
			[delivered(0), failing(1)],
			'1 of 2 was not delivered. The first (item 1, counted from 0): No name',
		],
		[
			'failed items',
			[failing(0), failing(1)],
			'2 of 2 were not delivered. The first (item 0, counted from 0): No name',
		],
	])('warn of %s', (_, outcomes, message) => {
		expect(report(outcomes, continued).hints).toEqual([{ message, type: 'warning' }]);
	});

	test('say that a preview sent nothing, and what would fail', () => {
		expect(report([previewed(0), failing(1)]).hints).toEqual([
			{
				message: "'Preview Only' is on, so nothing was sent. With this option off, 1 of 2 would be sent.",
				type: 'warning',
			},
			{ message: '1 of 2 would not be sent. The first (item 1, counted from 0): No name', type: 'warning' },
		]);
	});

	test.each([
		['the only item', [skipped(0)], 'The item was skipped: Not for this service'],
		['all items', [skipped(0), skipped(1)], 'All 2 items were skipped: Not for this service'],
	])('say that %s was skipped', (_, outcomes, message) => {
		expect(report(outcomes).hints).toEqual([{ message, type: 'info' }]);
	});

	test.each([
		['the first', [skipped(0), delivered(1)]],
		['the last', [delivered(0), skipped(1)]],
	])('say nothing when only %s item was skipped', (_, outcomes) => {
		expect(report(outcomes).hints).toEqual([]);
	});

	test('count the warnings by code and quote those of the first item', () => {
		const other = { path: 'b', code: 'c', message: 'B is another time now.' };
		const outcomes = [
			skipped(0),
			delivered(1, { warnings: [{ ...warning, message: 'A was left out.' }, other] }),
			delivered(2, { warnings: [warning] }),
		];
		expect(report(outcomes).hints).toEqual([
			{
				message:
					"3 warnings (b × 2, c): see 'warnings' in the output. The first (item 1, counted from 0): A was left out. B is another time now.",
				type: 'info',
			},
		]);
	});

	test('count the warnings of failed and skipped items', () => {
		const outcomes = [
			{ ...skipped(0), warnings: [warning] },
			{ ...failing(1), warnings: [warning] },
		];
		const { hints, output } = report(outcomes, continued);
		expect(hints[1]?.message).toMatch(/^2 warnings \(b × 2\).* \(item 0, counted from 0\): A was left out$/);
		expect(output.map(({ json }) => json.warnings)).toEqual([[warning], [warning]]);
	});

	test('stay short, however many warnings there are', () => {
		const warnings = Array.from({ length: 1_000 }, (_, index) => ({ ...warning, code: `code${index}` }));
		const [hint] = report([delivered(0, { warnings })]).hints;
		expect(hint?.message).toMatch(/^1000 warnings .* other × 950\)/);
		expect(hint?.message.length).toBeLessThan(2_000);
	});
});

describe('the summary', () => {
	const record = (item: number, details: object = {}, code: number | string = 422) => ({
		record: {},
		error: 'No name',
		code,
		item,
		details: { code: 'refused', message: 'No name', description: 'Add it.', retryable: false, ...details },
	});
	const summaryOf = (more: Partial<SummaryItem>): SummaryItem => ({
		status: 'success',
		total: 3,
		success: 3,
		failure: 0,
		skipped: 0,
		failed_records: [],
		warnings: [],
		requests: 1,
		retries: 0,
		durationMs: 5,
		service: 'SuprSend',
		operation: 'event:sendMany',
		...more,
	});
	const failedRun = (...records: Array<ReturnType<typeof record>>) =>
		summaryOf({ status: 'fail', success: 0, failure: records.length, failed_records: records });
	function reported(item: SummaryItem, setting: Setting = {}, about: Partial<Summary> = {}) {
		const { context, hints } = contextFor(setting);
		const summary = { item, warningCounts: {}, firstSkipped: undefined, ...about };
		return { hints, ...attempt(() => reportSummary(context, summary)) };
	}
	const unsure = { mayHaveBeenReceived: true };

	test('is one item, paired with the first', () => {
		const summary = summaryOf({});
		expect(reported(summary)).toEqual({ hints: [], output: [{ json: summary, pairedItem: { item: 0 } }] });
	});

	test('stops the workflow when nothing was delivered', () => {
		const { error, hints } = reported(failedRun(record(2)));
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'No name',
			description: 'Add it. 0 of 3 were delivered.',
			context: { itemIndex: 2 },
			httpCode: '422',
		});
		expect(hints).toEqual([
			{ message: '1 of 3 was not delivered. The first (item 2, counted from 0): No name', type: 'warning' },
		]);
	});

	test('stops the workflow without a status when the service did not answer', () => {
		const { error } = reported(failedRun(record(0, { code: 'timed_out' }, 'timed_out')));
		expect(error).toMatchObject({ httpCode: null, failure: { cause: 'temporarily-unavailable' } });
	});

	test.each([
		['partial', 'continueErrorOutput'],
		['partial', 'stopWorkflow'],
		['previewed', 'stopWorkflow'],
	] as const)('of a run that is %s is an item like any other on %s', (status, onError) => {
		const summary = { ...failedRun(record(0)), status };
		expect(reported(summary, { onError })).toMatchObject({ output: [{ json: summary }] });
	});

	test('says that a preview sent nothing, and what would fail', () => {
		const { hints } = reported({ ...failedRun(record(1)), status: 'previewed' });
		expect(hints.map(({ message }) => message)).toEqual([
			"'Preview Only' is on, so nothing was sent. With this option off, 2 of 3 would be sent.",
			'1 of 3 would not be sent. The first (item 1, counted from 0): No name',
		]);
	});

	test.each([
		[1, 'Not for this service', 'The item was skipped: Not for this service'],
		[3, 'Not for this service', 'All 3 items were skipped: Not for this service'],
		[0, undefined, 'Nothing was sent: there are no events.'],
	])('of a run that sent nothing says so: %d events', (total, firstSkipped, message) => {
		const summary = summaryOf({ status: 'skipped', total, success: 0, skipped: total });
		expect(reported(summary, {}, { firstSkipped }).hints).toEqual([{ message, type: 'info' }]);
	});

	test('counts the warnings and quotes the first', () => {
		const { hints } = reported(
			summaryOf({ warnings: [{ item: 0, ...warning }] }),
			{},
			{ warningCounts: { b: 700 } },
		);
		expect(hints).toEqual([
			{
				message: expect.stringMatching(/^700 warnings \(b × 700\).*: A was left out$/) as string,
				type: 'info',
			},
		]);
	});

	test('is an item like any other when its first failure has no details', () => {
		const summary = failedRun({ ...record(0), details: undefined } as never);
		expect(reported(summary)).toMatchObject({ output: [{ json: summary }] });
		expect(reported(summary).error).toBeUndefined();
	});

	test('stops the workflow with Retry On Fail when another failure has no details', () => {
		const summary = failedRun(record(0), { ...record(1), details: undefined } as never);
		expect(reported(summary, { retryOnFail: true }).error?.message).toBe('No name');
	});

	test('follows the setting On Error when nothing was delivered', () => {
		const summary = failedRun(record(0));
		expect(reported(summary, { onError: 'continueRegularOutput' }).output).toEqual([
			{ json: summary, pairedItem: { item: 0 } },
		]);
		expect(reported(summary, { onError: 'continueErrorOutput' }).output).toEqual([
			{ json: { error: { ...summary, message: 'No name' } }, pairedItem: { item: 0 } },
		]);
	});

	test('stops the workflow without Retry On Fail, even if a record may have been received', () => {
		for (const retryOnFail of [undefined, false]) {
			expect(reported(failedRun(record(0, unsure)), { retryOnFail }).error?.message).toBe('No name');
		}
	});

	test('stops the workflow with Retry On Fail if no record was received', () => {
		expect(reported(failedRun(record(0), record(1)), { retryOnFail: true }).error?.message).toBe('No name');
	});

	test.each(['stopWorkflow', 'continueErrorOutput'] as const)(
		'is an item like any other with Retry On Fail on %s if one record may have been received',
		(onError) => {
			const summary = failedRun(record(0), record(1, unsure));
			expect(reported(summary, { onError, retryOnFail: true })).toMatchObject({
				output: [{ json: summary }],
			});
		},
	);
});
