import { parseJson } from '../../../nodes/CustomerEvents/webhook/raw-body';

test.each([
	['JSON', '{"a":1}', { a: 1 }],
	['JSON behind a byte order mark', '\uFEFF{"a":1}', { a: 1 }],
	['null', 'null', null],
	['undefined from JSON that is cut off', '{"a":', undefined],
	['undefined from nothing', '', undefined],
])('parses %s', (_, body, parsed) => {
	expect(parseJson(Buffer.from(body))).toEqual(parsed);
});
