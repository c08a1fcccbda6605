import { readDeliveryOptions } from '../../../nodes/shared/service/delivery-options';

test('has the documented defaults when no option is set', () => {
	expect(readDeliveryOptions({})).toEqual({
		batchSize: Infinity,
		concurrency: 10,
		eventNameFormat: undefined,
		keepOrder: true,
		maxRetries: 8,
		maxWait: 60,
		previewOnly: false,
		requestsPerSecond: undefined,
		respectIntegrations: true,
		retryUncertain: false,
		timeout: 30,
	});
});

// An expression can return anything.
test.each([
	['concurrency', [0, -1, 0.5], 1],
	['concurrency', ['4', 4.7], 4],
	['concurrency', [100, Number.MAX_VALUE], 32],
	['concurrency', [NaN, '', 'many', null, {}, Infinity], 10],
	['batchSize', [0, -1, 0.5, 1.5], 1],
	['maxRetries', [[], {}, NaN], 8],
	['maxWait', ['90'], 90],
	['batchSize', [NaN, null, 'all'], Infinity],
	['requestsPerSecond', [0, -3, null, 'x'], undefined],
	['timeout', [0, -1], 0.1],
	['maxRetries', [99], 20],
	['previewOnly', [true, 'true'], true],
	['previewOnly', [false, undefined, 'false', 0], false],
	['keepOrder', [false, 'false'], false],
	['eventNameFormat', ['toString', 7, null, ['kebabCase']], undefined],
	['eventNameFormat', ['kebabCase'], 'kebabCase'],
] as const)('reads %s %j as %j', (name, values, expected) => {
	for (const value of values) expect(readDeliveryOptions({ [name]: value })[name]).toBe(expected);
});
