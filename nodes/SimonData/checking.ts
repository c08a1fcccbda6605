import type { INodeProperties } from 'n8n-workflow';
import { isOn, requestTo, type MappingContext } from '../shared/delivery';
import { collect } from './endpoints';
import type { Envelope } from './envelope';
import { environments } from './environments';

/** Simon Data drops what breaks its rules, and says so only to those who ask. */
export const checkingOptions: INodeProperties[] = [
	{
		displayName: 'Debug',
		name: 'debug',
		type: 'boolean',
		default: false,
		description:
			'Whether Simon Data answers what is wrong with the data, in place of dropping it without a word. It is meant for development.',
	},
	{
		displayName: 'Verify First',
		name: 'verifyFirst',
		type: 'boolean',
		default: false,
		description:
			'Whether each item first goes to Staging with Debug on, and to Production only if it is accepted there. It takes two requests an item. In other environments this is the same as Debug.',
	},
];

type Checking = Pick<MappingContext, 'options' | 'facts'>;

function chosen({ options: { debug, verifyFirst }, facts }: Checking) {
	const isProduction = facts.environment === 'production';
	return {
		debug: isOn(debug) || (isOn(verifyFirst) && !isProduction),
		verify: isOn(verifyFirst) && isProduction,
	};
}

/** Whether the request itself asks what is wrong with it. */
export function wantsDebug(checking: Checking): boolean {
	return chosen(checking).debug;
}

/** The same to Staging, which says what Production would drop. */
export function verification(record: Envelope, checking: Checking) {
	if (!chosen(checking).verify) return undefined;
	const body = JSON.stringify({ ...record, context: { ...record.context, debug: true } });
	return {
		purpose: 'Verify First',
		request: { ...requestTo(collect, { body }), baseUrl: environments.staging },
	};
}
