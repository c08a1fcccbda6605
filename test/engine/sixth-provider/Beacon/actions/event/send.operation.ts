import { asNamedEvent, field, record, type Operation, type RecordOf } from '../../../../../../nodes/shared';

const signal = record({
	who: field.text({
		displayName: 'Who',
		name: 'who',
		missing: 'Somebody must be named',
		from: (event) => event.userId,
	}),
	signal: field.eventName({ displayName: 'Signal', name: 'signal', missing: 'A signal has a name' }),
	data: field.keyValues({
		displayName: 'Data',
		name: 'data',
		description: 'More about the signal',
		example: '{"strength": 3}',
		wrong: 'Data must be an object',
		from: (event) => asNamedEvent(event).properties,
	}),
});

const signals = (records: readonly string[]) => ({ body: `{"signals":[${records.join(',')}]}` });

export const send: Operation<RecordOf<typeof signal>> = {
	resource: 'event',
	operation: 'send',
	action: 'Send event',
	description: 'Send a signal',
	endpoint: { method: 'POST', path: '/signals', source: 'https://docs.beacon.example/signals' },
	record: signal,
	request: (_, json) => signals([json]),
	bulk: { maxRecords: 3, request: signals },
	resend: 'ifAsked',
	orderKey: ({ who }) => who,
};
