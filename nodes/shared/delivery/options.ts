import { nameFormats, type NameFormat } from '../event';
import { readNumber } from '../parameters';

/** The values of "Options" that senders share, each fit to be used. */
export interface DeliveryOptions {
	/** As many as the service takes, unless set. */
	batchSize: number;
	concurrency: number;
	/** The service's own, unless set. */
	eventNameFormat?: NameFormat;
	keepOrder: boolean;
	maxRetries: number;
	/** Seconds. */
	maxWait: number;
	previewOnly: boolean;
	/** As many as the service takes, unless set. */
	requestsPerSecond?: number;
	respectIntegrations: boolean;
	retryUncertain: boolean;
	/** Seconds. */
	timeout: number;
}

/** An expression may set anything: what is no number, or no known format, leaves the default. */
export function readOptions(given: Record<string, unknown>): DeliveryOptions {
	const { eventNameFormat } = given;
	return {
		batchSize: Math.floor(within(given.batchSize, 1, Infinity) ?? Infinity),
		concurrency: Math.floor(within(given.concurrency, 1, 32) ?? 10),
		eventNameFormat: isNameFormat(eventNameFormat) ? eventNameFormat : undefined,
		keepOrder: !isOff(given.keepOrder),
		maxRetries: within(given.maxRetries, 0, 20) ?? 8,
		maxWait: within(given.maxWait, 1, Infinity) ?? 60,
		previewOnly: isOn(given.previewOnly),
		requestsPerSecond: within(given.requestsPerSecond, 0, Infinity) || undefined,
		respectIntegrations: !isOff(given.respectIntegrations),
		retryUncertain: isOn(given.retryUncertain),
		// To the HTTP client 0 means to wait for ever.
		timeout: within(given.timeout, 0.1, 3600) ?? 30,
	};
}

function within(value: unknown, least: number, most: number): number | undefined {
	const number = readNumber(value);
	return typeof number === 'number' && Number.isFinite(number)
		? Math.min(most, Math.max(least, number))
		: undefined;
}

function isNameFormat(value: unknown): value is NameFormat {
	return typeof value === 'string' && Object.hasOwn(nameFormats, value);
}

/** For options of an operation's own, too. */
export function isOn(value: unknown): boolean {
	return value === true || value === 'true';
}

function isOff(value: unknown): boolean {
	return value === false || value === 'false';
}
