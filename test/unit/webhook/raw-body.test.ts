import { parseJson } from '../../../nodes/CustomerEvents/webhook/raw-body';

test.each([
	['JSON', '{"a":1}', { a: 1 }],
	['JSON behind a byte order mark', '\uFEFF{"a":1}', { a: 1 }],
	['null', 'null', null],
	['what is cut off', '{"a":', undefined],
	['nothing', '', undefined],
])('%s', (_, body, parsed) => {
	expect(parseJson(Buffer.from(body))).toEqual(parsed);
});
