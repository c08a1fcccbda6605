import { z } from 'zod/v4';
import { readName, readText, type Operation } from '../../../../../../nodes/shared/delivery';
import { keyValueFields, readKeyValues } from '../../../../../../nodes/shared/descriptions';
import { asNamedEvent } from '../../../../../../nodes/shared/event';

const signalSchema = z.object({
	who: z.string('Somebody must be named'),
	signal: z.string('A signal has a name').min(1),
	data: z.record(z.string(), z.unknown(), 'Data must be an object'),
});

type Signal = z.infer<typeof signalSchema>;

export const send: Operation<Signal> = {
	resource: 'event',
	operation: 'send',
	endpoint: { method: 'POST', path: '/signals', source: 'https://docs.beacon.example/signals' },
	reports: 'each',
	fields: [
		{ displayName: 'Who', name: 'who', type: 'string', default: '' },
		{ displayName: 'Signal', name: 'signal', type: 'string', default: '' },
		...keyValueFields({
			name: 'data',
			displayName: 'Data',
			description: 'More about the signal',
			example: '{"strength": 3}',
		}),
	],
	schema: signalSchema,
	limits: { records: 3 },
	repeating: 'unwanted',
	fromEvent(event, { nameFormat }) {
		const { name, properties } = asNamedEvent(event);
		return { record: { who: event.userId, signal: nameFormat(name), data: properties } };
	},
	fromFields: (fields, { nameFormat }) => ({
		record: {
			who: readText(fields, 'who'),
			signal: readName(fields, 'signal', nameFormat),
			data: readKeyValues(fields, 'data'),
		},
	}),
	lane: ({ who }) => who,
	request: (batch) => ({ body: `{"signals":[${batch.map(({ json }) => json).join(',')}]}` }),
};
