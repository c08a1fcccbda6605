import { isOn, type MappingContext, type OperationOption } from '../shared';
import { collect } from './endpoints';
import type { Envelope } from './envelope';
import { environments } from './environments';

/** By default, Simon Data drops invalid data without an error. These options make it report errors. */
export const checkingOptions: ReadonlyArray<OperationOption<Envelope>> = [
	{
		property: {
			displayName: 'Debug',
			name: 'debug',
			type: 'boolean',
			default: false,
			description:
				'Whether Simon Data reports invalid data instead of silently dropping it. Intended for development.',
		},
	},
	{
		property: {
			displayName: 'Verify First',
			name: 'verifyFirst',
			type: 'boolean',
			default: false,
			description:
				'Whether to send each item to Staging with Debug first, and to Production only if Staging accepts the item. The node then sends two requests per item. In environments other than Production, this option works like Debug.',
		},
		prerequisite: verification,
	},
];

type Checking = Pick<MappingContext, 'options' | 'account'>;

function chosen({ options: { debug, verifyFirst }, account }: Checking) {
	const isProduction = account.environment === 'production';
	return {
		debug: isOn(debug) || (isOn(verifyFirst) && !isProduction),
		verify: isOn(verifyFirst) && isProduction,
	};
}

/** Whether the request itself asks for errors. */
export function wantsDebug(checking: Checking): boolean {
	return chosen(checking).debug;
}

/** The same request to Staging, which reports what Production would drop. */
function verification(record: Envelope, checking: Checking) {
	if (!chosen(checking).verify) return undefined;
	const body = JSON.stringify({ ...record, context: { ...record.context, debug: true } });
	return {
		purpose: 'Verify First',
		request: { ...collect, body, baseUrl: environments.staging },
	};
}
