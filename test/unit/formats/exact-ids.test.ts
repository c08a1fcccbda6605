import { convert, decodeBody, readRequest, type ReadOptions } from '../../../nodes/shared/formats';
import { now } from '../event/helpers';

const [a, b] = ['820982911946154508', '820982911946154509'];

function convertJson(json: string, options: ReadOptions = {}) {
	const decoded = decodeBody(Buffer.from(json), { contentType: undefined });
	if (decoded === undefined) throw new Error('This is not JSON');
	const request = { ...decoded, headers: {}, subPath: '' };
	return convert(readRequest(request, options), {
		now,
		transport: 'webhook',
		verified: false,
		newId: () => 'new',
	});
}

test('an ID that is a number beyond 2^53 keeps its own text', () => {
	const json = `{"id":${a},"customer":{"id":115310627314723954},"email":"jon@example.com"}`;
	const { events, rejected } = convertJson(json, { paths: { userId: 'customer.id', messageId: 'id' } });

	expect(rejected).toEqual([]);
	expect(events).toMatchObject([{ userId: '115310627314723954', messageId: a }]);
});

test('two message IDs that would be rounded to one stay two', () => {
	const json = `[{"id":${a},"user":1},{"id":${b},"user":1}]`;
	const { events, duplicates } = convertJson(json, { paths: { userId: 'user', messageId: 'id' } });

	expect(events.map(({ messageId }) => messageId)).toEqual([a, b]);
	expect(duplicates).toBe(0);
});

test.each([
	[
		'of the Segment family',
		`{"type":"track","event":"e","userId":${a},"messageId":${b}}`,
		{ userId: a, messageId: b },
	],
	[
		'of a batch',
		`{"batch":[{"type":"alias","userId":${a},"previousId":${b}}]}`,
		{ userId: a, previousId: b },
	],
	['of a group in its traits', `{"type":"group","userId":"u1","traits":{"groupId":${a}}}`, { groupId: a }],
	['of PostHog', `{"event":"e","distinct_id":${a},"api_key":"k"}`, { userId: a }],
	[
		'of a CloudEvent',
		`{"specversion":"1.0","id":"1","source":"/","type":"t","data":{},"subject":${a}}`,
		{ userId: a },
	],
	[
		'in an envelope',
		JSON.stringify({
			Type: 'Notification',
			MessageId: 'm',
			Message: `{"type":"track","event":"e","userId":${a}}`,
		}),
		{ userId: a },
	],
	['in text', JSON.stringify(`{"type":"track","event":"e","userId":${a}}`), { userId: a }],
])('so does one %s', (_, json, ids) => {
	expect(convertJson(json).events).toMatchObject([ids]);
});

test('other numbers stay numbers', () => {
	const { events } = convertJson(`{"type":"track","event":"e","userId":${a},"properties":{"n":${a}}}`);
	expect(events[0]?.properties).toEqual({ n: Number(a) });
});

test('an ID that is found beside the events stays exact, too', () => {
	const { events } = convertJson(`{"id":${a},"user":${b},"rows":[{},{}]}`, {
		paths: { events: 'rows', userId: 'user', messageId: 'id' },
	});
	expect(events).toMatchObject([
		{ userId: b, messageId: `${a}:0` },
		{ userId: b, messageId: `${a}:1` },
	]);
});
