import type { INodeProperties } from 'n8n-workflow';
import { operationProperties } from '../../../nodes/shared';
import { normalize } from '../../../nodes/shared/event';
import type { Operation, Provider } from '../../../nodes/shared/service/definition';
import { asSummary, manyEvents } from '../../../nodes/shared/service/operations';
import { suprSend } from '../../../nodes/SuprSend/supr-send.provider';
import { operation as send } from '../delivery/helpers';

const property = (name: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
	...more,
});

const basic: Operation = { ...send, bulk: undefined, orderKey: undefined, resend: 'safe' };
const fieldsOnly: Operation = { ...basic, record: { ...basic.record, fromEvent: undefined } };

const allPropertiesOf = (operations: Operation[], nameFormat: Provider['nameFormat'] = 'asIs') =>
	operationProperties({ ...suprSend, nameFormat, operations });
/** The parameters below "Resource" and "Operation". */
const propertiesOf = (operation: Operation, nameFormat?: Provider['nameFormat']) =>
	allPropertiesOf([operation], nameFormat).slice(2);
const namesOf = (properties: INodeProperties[]) => properties.map(({ name }) => name);
const optionsOf = (operation: Operation, nameFormat?: Provider['nameFormat']) =>
	(propertiesOf(operation, nameFormat).at(-1)?.options ?? []) as INodeProperties[];

const always = ['concurrency', 'maxRetries', 'maxWait', 'previewOnly', 'requestsPerSecond', 'timeout'];
const added = (operation: Operation) =>
	namesOf(optionsOf(operation)).filter((name) => !always.includes(name));

describe('Resource and Operation', () => {
	const [resource, ofUsers, ofPageViews] = allPropertiesOf([
		{
			...basic,
			resource: 'user',
			operation: 'upsert',
			action: 'Create or update user',
			description: 'Saves',
		},
		{ ...basic, resource: 'user', operation: 'addTo', action: 'Add user', description: 'Adds' },
		{ ...basic, resource: 'pageView', operation: 'getMany', action: 'Get views', description: 'Reads' },
	]);

	test('list the resources by name, with the first operation’s as the default', () => {
		expect(resource).toMatchObject({
			displayName: 'Resource',
			name: 'resource',
			noDataExpression: true,
			default: 'user',
			options: [
				{ name: 'Page View', value: 'pageView' },
				{ name: 'User', value: 'user' },
			],
		});
	});

	test('list the operations of the chosen resource by name, with the first one as the default', () => {
		expect(ofUsers).toMatchObject({
			displayName: 'Operation',
			name: 'operation',
			noDataExpression: true,
			displayOptions: { show: { resource: ['user'] } },
			default: 'upsert',
			options: [
				{ name: 'Add To', value: 'addTo', action: 'Add user', description: 'Adds' },
				{ name: 'Create or Update', value: 'upsert' },
			],
		});
		expect(ofPageViews).toMatchObject({
			displayOptions: { show: { resource: ['pageView'] } },
			default: 'getMany',
		});
	});
});

test('shows each operation’s parameters only for that operation', () => {
	for (const { displayOptions } of propertiesOf(basic)) {
		expect(displayOptions?.show).toMatchObject({ resource: ['event'], operation: ['send'] });
	}
});

test('shows the mapping mode first, and the fields only for Define Below', () => {
	const settings = [property('list'), property('more', { type: 'collection' })];
	const record = { ...basic.record, settings, properties: [property('who')] };
	const properties = propertiesOf({ ...basic, record });
	expect(namesOf(properties)).toEqual([
		...['list', 'mappingMode', 'sampleEventNotice', 'eventField', 'who', 'more', 'options'],
	]);
	expect(properties.filter(({ displayOptions }) => displayOptions?.show?.mappingMode)).toMatchObject([
		{ name: 'sampleEventNotice', displayOptions: { show: { mappingMode: ['canonicalEvent'] } } },
		{ name: 'eventField', displayOptions: { show: { mappingMode: ['canonicalEvent'] } } },
		{ name: 'who', displayOptions: { show: { mappingMode: ['defineBelow'] } } },
	]);
});

test('shows the fields without a mapping mode when the operation has no events', () => {
	const record = { ...fieldsOnly.record, properties: [property('who')] };
	const properties = propertiesOf({ ...fieldsOnly, record });
	expect(namesOf(properties)).toEqual(['who', 'options']);
	expect(properties[0]?.displayOptions?.show).not.toHaveProperty('mappingMode');
});

test('shows the same fields for a summary, and a field for lists of events', () => {
	const record = { ...basic.record, properties: [property('who')] };
	const properties = propertiesOf(asSummary({ ...basic, record }, manyEvents));
	expect(namesOf(properties)).toEqual([
		...['mappingMode', 'sampleEventNotice', 'eventsField', 'who', 'options'],
	]);
});

test('fills in the fields by default, also as a tool', () => {
	for (const operation of [basic, asSummary(basic, manyEvents)]) {
		const [mode] = propertiesOf(operation);
		expect(mode).toMatchObject({ name: 'mappingMode', default: 'defineBelow' });
		expect(mode?.options).toMatchObject([{ name: 'Define Below' }, { name: 'Map Automatically' }]);
	}
});

test('shows an event that the node accepts, in three lines and with a link', () => {
	const notice = propertiesOf(basic).find(({ name }) => name === 'sampleEventNotice');
	const [about, ...lines] = (notice?.displayName ?? '').split('<br />');
	expect(about).toMatch(/<a href="https:[^"]+event-contract\.md"/);
	expect(lines).toHaveLength(3);
	const accepted = normalize(JSON.parse(lines.join('')), {
		now: Date.UTC(2026, 1),
		fallbackId: () => 'm',
		meta: { format: 'item', transport: 'item', batchIndex: 0, batchSize: 1, verified: false },
		trustMeta: true,
	});
	expect(accepted).toMatchObject({ ok: true, value: { _meta: { warnings: [] } } });
});

describe('the options of an operation', () => {
	test('are sorted by name and always have those about requests', () => {
		const options = optionsOf(fieldsOnly);
		expect(namesOf(options)).toEqual(always);
		expect(propertiesOf(fieldsOnly).at(-1)).toMatchObject({
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
		});
	});

	test.each<[string, Operation, string[]]>([
		[
			'events',
			basic,
			['aliasEvents', 'eventNameFormat', 'groupEvents', 'identifyEvents', 'respectIntegrations'],
		],
		['events about users', { ...basic, resource: 'user' }, ['respectIntegrations']],
		['no events', fieldsOnly, []],
		['no events in the resource Event', { ...fieldsOnly, resource: 'event' }, []],
		['an order', { ...fieldsOnly, orderKey: () => 'a' }, ['keepOrder']],
		['requests for several records', { ...fieldsOnly, bulk: send.bulk }, ['batchSize']],
		['requests for one record only', { ...fieldsOnly, bulk: { maxRecords: 1, request: () => ({}) } }, []],
		['records that are resent if asked', { ...fieldsOnly, resend: 'ifAsked' }, ['retryUncertain']],
		['records that are never resent', { ...fieldsOnly, resend: 'never' }, []],
	])('have what belongs to %s', (_, operation, expected) => {
		expect(added(operation)).toEqual(expected);
	});

	test('have the operation’s own, and Batch Size when one of them turns on bulk requests', () => {
		const options = [{ property: property('sendInBulk'), whenOn: send }, { property: property('a') }];
		expect(namesOf(optionsOf({ ...fieldsOnly, options }))).toEqual(
			['a', 'batchSize', ...always, 'sendInBulk'].sort((a, b) => nameOrder(a) - nameOrder(b)),
		);
	});

	test('have the largest batch as the default and the limit of Batch Size', () => {
		const options = [{ property: property('sendInBulk'), whenOn: { ...send, bulk: { ...bulkOf(400) } } }];
		const sizes = optionsOf({ ...fieldsOnly, bulk: bulkOf(100), options });
		expect(sizes.find(({ name }) => name === 'batchSize')).toMatchObject({
			displayName: 'Batch Size',
			type: 'number',
			default: 400,
			typeOptions: { minValue: 1, maxValue: 400 },
		});
	});

	test('have the provider’s own format of event names as the default', () => {
		const options = optionsOf(basic, 'kebabCase');
		expect(options.find(({ name }) => name === 'eventNameFormat')).toMatchObject({ default: 'kebabCase' });
	});
});

const bulkOf = (maxRecords: number) => ({ maxRecords, request: () => ({}) });

/** The position of an option in a list that is sorted by display names. */
const nameOrder = (name: string) =>
	[
		'a',
		'batchSize',
		'concurrency',
		'maxRetries',
		'maxWait',
		'previewOnly',
		'requestsPerSecond',
		'sendInBulk',
		'timeout',
	].indexOf(name);

test('a setting that depends on the mapping mode comes after it', () => {
	const settings = [
		property('inOneMode', { displayOptions: { hide: { mappingMode: ['defineBelow'] } } }),
		property('always'),
	];
	const names = namesOf(propertiesOf({ ...basic, record: { ...basic.record, settings } }));
	expect(names.filter((name) => ['inOneMode', 'always', 'mappingMode'].includes(name))).toEqual([
		'always',
		'mappingMode',
		'inOneMode',
	]);
});
