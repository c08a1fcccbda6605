import { cancelled, notSent, setUpFailure, unreadableItem } from '../../../nodes/shared/service/failure';

const withDescription = (description: unknown) => Object.assign(new Error('It broke'), { description });

describe.each([
	['misconfigured', setUpFailure, 'It broke', /the node's settings/],
	['unreadable_item', unreadableItem, "The item can't be read: It broke", /the node's expressions/],
] as const)('the failure %s', (code, failureOf, message, advice) => {
	test('has the message and the description of the error', () => {
		expect(failureOf(withDescription('Fix it.'))).toEqual({
			code,
			message,
			description: 'Fix it.',
			retryable: false,
		});
	});

	test.each([
		['no description', new Error('It broke')],
		['an empty description', withDescription('')],
		['a description that is not text', withDescription({ text: 'Fix it.' })],
		['no description of its own because it is text', 'It broke'],
	])('has advice of its own when the error has %s', (_, error) => {
		expect(failureOf(error)).toEqual({
			code,
			message,
			description: expect.stringMatching(advice) as string,
			retryable: false,
		});
	});

	test('ignores the description of an object that is not an error', () => {
		expect(failureOf({ description: 'Fix it.' }).description).toMatch(advice);
	});
});

describe('a record that was not sent because the run ended', () => {
	const cause = {
		code: 'unavailable',
		message: 'It is down',
		description: 'Try later.',
		statusCode: 500,
		retryable: true,
		mayHaveBeenReceived: true,
	} as const;

	test.each([
		[0, /not sent because/],
		[2, /not sent again because/],
	])('after %d attempts has the cause, and was not received', (attempts, description) => {
		expect(notSent(cause, attempts)).toEqual({
			code: 'unavailable',
			message: 'It is down',
			description: expect.stringMatching(description) as string,
			statusCode: 500,
			retryable: true,
		});
	});

	test('says so when the execution was canceled before the first attempt', () => {
		expect(cancelled(0)).toEqual({
			code: 'cancelled',
			message: expect.stringMatching(/before this item was sent$/) as string,
			description: expect.stringMatching(/^Nothing was sent/) as string,
			retryable: true,
		});
	});

	test('says so when the execution was canceled before a retry', () => {
		expect(cancelled(1)).toEqual({
			code: 'cancelled',
			message: expect.stringMatching(/before this item was sent again$/) as string,
			description: expect.stringMatching(/Check the service before you send/) as string,
			retryable: true,
		});
	});
});
