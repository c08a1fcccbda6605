import { convert, readRequest, type Paths, type RowMapping } from '../../../nodes/shared/formats';

const row = { id: 'u1', email: 'ada@example.com', plan: 'pro', company: { id: 'c1', name: 'Acme' } };

function converted(body: object, mapping: Partial<RowMapping>, paths: Paths = { userId: 'id' }) {
	const rows = { traits: [], properties: [], ...mapping };
	const batch = readRequest({ body, headers: {}, subPath: '' }, { format: 'generic', paths, rows });
	const options = { now: 0, transport: 'item', verified: false, newId: () => 'new' } as const;
	const { events, rejected } = convert(batch, options);
	return events[0] ?? rejected[0];
}

test.each(['track', 'page', 'screen'])('a %s event has all other fields as properties', (type) => {
	const { id: _, ...others } = row;
	expect(converted(row, { type, eventName: 'Seen' })).toMatchObject({
		...{ type, userId: 'u1', properties: others, traits: {} },
		...(type === 'track' ? { event: 'Seen' } : {}),
	});
});

test.each(['identify', 'group'])('a %s event has all other fields as traits', (type) => {
	const { id: _, ...others } = row;
	expect(converted({ ...row, groupId: 'g' }, { type })).toMatchObject({
		...{ type, userId: 'u1', traits: others, properties: {} },
	});
});

test('a group has its ID from a path, and an alias the ID until now', () => {
	expect(converted(row, { type: 'group', groupId: 'company.id' })).toMatchObject({ groupId: 'c1' });
	expect(converted({ ...row, old: 'u0' }, { type: 'alias', previousId: 'old' })).toMatchObject({
		previousId: 'u0',
	});
});

test('the name of the row itself comes before the one for all', () => {
	const named = { ...row, event: 'Own' };
	expect(converted(named, { type: 'track', eventName: 'Seen' })).toMatchObject({ event: 'Own' });
	const paths = { userId: 'id', event: 'plan' };
	expect(converted(named, { type: 'track' }, paths)).toMatchObject({
		event: 'pro',
		properties: { event: 'Own', email: row.email },
	});
});

test.each<[string, string[], object]>([
	['several fields under their own names', ['email', 'company.name'], { email: row.email, name: 'Acme' }],
	['the content of one object', ['company'], row.company],
	['one field under its name', ['plan'], { plan: 'pro' }],
	['nothing where the row has no such field', ['nope', 'plan'], { plan: 'pro' }],
])('keeps %s', (_, traits, expected) => {
	expect(converted(row, { type: 'identify', traits })).toMatchObject({ traits: expected });
});

test('keeps an object of which only a part is the ID', () => {
	const traits = (converted(row, { type: 'identify' }, { userId: 'company.id' }) as { traits: object })
		.traits;
	expect(traits).toEqual(row);
});

test('leaves out the field that one of several paths finds', () => {
	const found = converted({ ...row, event: 'e' }, { type: 'track' }, { userId: 'id', event: 'name, plan' });
	expect(found).not.toHaveProperty('properties.id');
});

test.each([
	['Identify', { traits: { email: row.email }, properties: {} }],
	['GROUP', { traits: { email: row.email }, properties: {} }],
	['Track', { event: 'Seen', properties: { email: row.email }, traits: {} }],
])('a row may have its type in capitals: %s', (kind, expected) => {
	const found = converted(
		{ kind, id: 'u1', email: row.email, groupId: 'g1' },
		{ typePath: 'kind', eventName: 'Seen' },
	);
	expect(found).toMatchObject({ type: kind.toLowerCase(), ...expected });
});
