import { itemLimits } from '../../../nodes/shared/event';
import { convert, readRequest, type IncomingRequest } from '../../../nodes/shared/formats';
import { now } from '../event/helpers';
import { decodeRequest, type SentRequest } from './recipes';

/** What a request costs, without looking at a clock. */
export interface Cost {
	/** Of the request's body. */
	bodyBytes: number;
	/** How many events and rejects there are. */
	items: number;
	/** Of all items as JSON, where n8n or another node copies what events share. */
	outputBytes: number;
	/** How often a key or a value of the body was looked at. */
	reads: number;
}

export interface CostOptions {
	format?: string;
	/** As the Customer Events node reads its items. Default: as the trigger does. */
	inWorkflow?: boolean;
	/** As it was sent. Default: as JSON. */
	bodyBytes?: number;
}

export function costOf(request: IncomingRequest, options: CostOptions = {}): Cost {
	let reads = 0;
	const { body, exactBody } = request;
	const watched = {
		...request,
		body: watch(body, () => reads++),
		...(exactBody === undefined ? {} : { exactBody: watch(exactBody, () => reads++) }),
	};
	const output = convertAll(watched, options);
	// Writing the output as JSON reads it, too.
	const counted = reads;
	return {
		bodyBytes: options.bodyBytes ?? JSON.stringify(body).length,
		items: output.events.length + output.rejected.length,
		outputBytes: JSON.stringify(output).length,
		reads: counted,
	};
}

export function convertAll(request: IncomingRequest, { format, inWorkflow = false }: CostOptions = {}) {
	const { events, rejected } = convert(readRequest(request, { format, paths: { events: 'data.items' } }), {
		now,
		transport: inWorkflow ? 'item' : 'webhook',
		verified: 'write-key',
		newId: () => '00000000-0000-4000-8000-000000000000',
		...(inWorkflow ? { limits: itemLimits } : {}),
	});
	return { events, rejected };
}

/** The CPU time of decoding and converting a request. */
export function millisecondsOf(request: SentRequest): number {
	const before = process.cpuUsage();
	convertAll(decodeRequest(request));
	return millisecondsSince(before);
}

export function millisecondsSince(before: NodeJS.CpuUsage): number {
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

/** Wraps a JSON value, so that `onRead` learns of each look at a key or a value in it. */
function watch(root: unknown, onRead: () => void): unknown {
	const known = new WeakMap<object, object>();
	const wrap = (value: unknown): unknown => {
		if (typeof value !== 'object' || value === null) return value;
		const wrapped = known.get(value) ?? new Proxy(value, handler);
		known.set(value, wrapped);
		return wrapped;
	};
	const handler: ProxyHandler<object> = {
		get(target, key) {
			onRead();
			return wrap(Reflect.get(target, key));
		},
		getOwnPropertyDescriptor(target, key) {
			onRead();
			return Reflect.getOwnPropertyDescriptor(target, key);
		},
		ownKeys(target) {
			const keys = Reflect.ownKeys(target);
			for (const _ of keys) onRead();
			return keys;
		},
	};
	return wrap(root);
}
