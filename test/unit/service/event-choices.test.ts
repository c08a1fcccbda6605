import type { INodeProperties } from 'n8n-workflow';
import { operationProperties } from '../../../nodes/shared';
import type { EventChoice, Operation } from '../../../nodes/shared/service/definition';
import { operationForType } from '../../../nodes/shared/service/event-choices';
import { updatesThePerson } from '../../../nodes/shared/service/operations';
import { suprSend } from '../../../nodes/SuprSend/supr-send.provider';
import { operation } from '../delivery/helpers';

const identify: Operation = { ...operation, resource: 'user', operation: 'identify' };
const merge: Operation = { ...operation, resource: 'user', operation: 'merge' };
const merging: EventChoice = { name: 'Merge', value: 'merge', description: 'Merges', operation: merge };
const send: Operation = { ...operation, eventChoices: { ...updatesThePerson(identify), alias: [merging] } };

const optionsOf = (of: Operation) =>
	(operationProperties({ ...suprSend, operations: [of] }).at(-1)?.options ?? []) as INodeProperties[];
const shown = (of: Operation, name: string) => optionsOf(of).find((option) => option.name === name);
const valuesOf = (option?: INodeProperties) =>
	option?.options?.map((each) => ('value' in each ? each.value : undefined));

describe('the options for types of events', () => {
	test('offer what the operation declares, to send as an event and to skip', () => {
		expect(shown(send, 'identifyEvents')).toMatchObject({
			displayName: 'Identify Events',
			default: 'update',
		});
		expect(valuesOf(shown(send, 'identifyEvents'))).toEqual(['event', 'skip', 'update']);
		expect(valuesOf(shown(send, 'aliasEvents'))).toEqual(['merge', 'event', 'skip']);
		expect(valuesOf(shown(send, 'groupEvents'))).toEqual(['event', 'skip']);
	});

	test('send as an event unless the operation says otherwise', () => {
		expect(shown(send, 'aliasEvents')?.default).toBe('event');
		expect(shown(operation, 'identifyEvents')?.default).toBe('event');
	});

	test.each([
		['only accept some types', identify],
		['fill in fields', { ...send, record: { ...send.record, fromEvent: undefined } }],
	])('are missing for operations that %s', (_, of) => {
		expect(shown(of, 'identifyEvents')).toBeUndefined();
	});

	test('come with the options of the other operations, each once', () => {
		const property = (name: string) =>
			({ displayName: name, name, type: 'boolean', default: false }) as const;
		const own = { ...identify, options: [{ property: property('debug') }, { property: property('phone') }] };
		const both = { ...send, options: [{ property: property('debug') }], eventChoices: updatesThePerson(own) };
		const names = optionsOf(both).map(({ name }) => name);
		expect(names.filter((name) => name === 'debug' || name === 'phone')).toEqual(['debug', 'phone']);
	});
});

describe('the operation for a type of events', () => {
	const chosenFor = (type: Parameters<typeof operationForType>[2], options = {}, of = send) => {
		const checked = operationForType(of, options, type);
		return checked.ok ? checked.value.operation : checked.reason;
	};

	test.each([
		['identify', {}, 'identify'],
		['identify', { identifyEvents: 'event' }, 'send'],
		['identify', { identifyEvents: 'skip' }, "'Identify Events' is set to 'Skip'"],
		['identify', { identifyEvents: 'nonsense' }, 'identify'],
		['identify', { aliasEvents: 'skip' }, 'identify'],
		['alias', {}, 'send'],
		['alias', { aliasEvents: 'merge' }, 'merge'],
		['group', {}, 'send'],
		['group', { groupEvents: 'update' }, 'send'],
		['track', { trackEvents: 'skip' }, 'send'],
		['page', {}, 'send'],
	] as const)('%s with %j is %s', (type, options, expected) => {
		expect(chosenFor(type, options)).toBe(expected);
	});

	test('is the operation itself if it accepts some types only', () => {
		expect(chosenFor('identify', { identifyEvents: 'skip' }, identify)).toBe('identify');
	});
});
