import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { toNodeError } from '../../../nodes/shared/delivery/report/error';
import type { Failure, FailureCode } from '../../../nodes/shared/service/failure';

const node: INode = {
	id: '1',
	name: 'SuprSend',
	type: 'suprSend',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const context = { getNode: () => node } as unknown as IExecuteFunctions;

const errorOf = (code: FailureCode, more: Partial<Failure> = {}) =>
	toNodeError(
		context,
		7,
		{ code, message: 'What happened', description: 'What to do.', retryable: false, ...more },
		'What happened to the run.',
	);

test('shows the markup of a service as text', () => {
	const markup = '<a href="http://evil.example">Sign in</a>';
	const { message, description } = errorOf('refused', { message: markup, description: `${markup} again` });
	expect(message).toBe('<\u200ba href="http://evil.example">Sign in<\u200b/a>');
	expect(description).toBe(
		'&lt;a href="http://evil.example"&gt;Sign in&lt;/a&gt; again What happened to the run.',
	);
});

/** What n8n learns about each failure: undefined if it has no name for it. */
const causes: Record<FailureCode, string | undefined> = {
	invalid_event: undefined,
	invalid_record: undefined,
	record_too_large: undefined,
	unreadable_item: undefined,
	misconfigured: undefined,
	refused: undefined,
	unauthorized: 'credential-invalid',
	not_found: undefined,
	rate_limited: 'rate-limited',
	unavailable: 'temporarily-unavailable',
	unexpected_answer: 'configuration-invalid',
	unreachable: 'temporarily-unavailable',
	bad_certificate: 'configuration-invalid',
	timed_out: 'temporarily-unavailable',
	connection_lost: 'temporarily-unavailable',
	cancelled: undefined,
};
const beforeSending = [
	'invalid_event',
	'invalid_record',
	'record_too_large',
	'unreadable_item',
	'misconfigured',
];
const codes = Object.keys(causes) as FailureCode[];
const waits: FailureCode[] = ['rate_limited', 'unavailable', 'unreachable', 'timed_out', 'connection_lost'];

test.each(codes)('the error of %s has its item, its message and what happened to the run', (code) => {
	expect(errorOf(code)).toMatchObject({
		message: 'What happened',
		description: 'What to do. What happened to the run.',
		context: { itemIndex: 7 },
	});
});

test.each(codes)('the error of %s tells n8n the cause', (code) => {
	const { failure } = errorOf(code);
	expect(failure).toStrictEqual(causes[code] === undefined ? undefined : { cause: causes[code] });
});

test.each(codes)('the error of %s tells n8n how long to wait if waiting helps', (code) => {
	const { failure } = errorOf(code, { retryAfterMs: 5000 });
	expect(failure !== undefined && 'retryAfterMs' in failure ? failure.retryAfterMs : undefined).toBe(
		waits.includes(code) ? 5000 : undefined,
	);
});

test.each(codes)('the error of %s names the API only if the service was asked', (code) => {
	const expected = beforeSending.includes(code) ? 'NodeOperationError' : 'NodeApiError';
	expect(errorOf(code).name).toBe(expected);
});

test('the error has the HTTP status as text', () => {
	expect(errorOf('refused', { statusCode: 422 })).toMatchObject({ httpCode: '422' });
	expect(errorOf('timed_out')).toMatchObject({ httpCode: null });
});
