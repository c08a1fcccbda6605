import { anyFormOf, parseRedacted, redact } from '../../nodes/shared/redact';

test.each([
	['once', 'key s3cr3t is wrong', ['s3cr3t'], 'key ••• is wrong'],
	['every time', 's3cr3t s3cr3t/s3cr3t', ['s3cr3t'], '••• •••/•••'],
	['inside other text', 'Bearer s3cr3t,', ['s3cr3t'], 'Bearer •••,'],
	['each of several', 'one two three', ['one', 'three'], '••• two •••'],
	['with characters that mean something elsewhere', 'a $& b .* c', ['$&', '.*'], 'a ••• b ••• c'],
	['not at all when it is not there', 'nothing to hide', ['s3cr3t'], 'nothing to hide'],
	['not at all when it is empty', 'nothing to hide', [''], 'nothing to hide'],
	['not at all when there is none', 'nothing to hide', [], 'nothing to hide'],
])('a secret is replaced %s', (_, text, secrets, expected) => {
	expect(redact(text, anyFormOf(secrets))).toBe(expected);
});

test('a secret that starts like another one leaves nothing of it', () => {
	expect(redact('key abc-123 is wrong', anyFormOf(['abc', 'abc-123']))).not.toContain('123');
});

const key = 'ké/+ "y" & more';
const quoted = JSON.stringify(key).slice(1, -1);

test.each([
	['without the blanks around it, as headers carry it', `got ${key}.`, [` ${key}\n`], 'got •••.'],
	['escaped as in JSON', `{"key":"${quoted}"}`, [key], '{"key":"•••"}'],
	[
		'escaped twice',
		JSON.stringify({ body: `{"key":"${quoted}"}` }),
		[key],
		'{"body":"{\\"key\\":\\"•••\\"}"}',
	],
	['escaped as Python does', 'k\\u00e9/+ \\"y\\" & more', [key], '•••'],
	['in a URL', `/?key=${encodeURIComponent(key)}&more`, [key], '/?key=•••&more'],
	['in a form', `${new URLSearchParams({ key }).toString()}&more`, [key], 'key=•••&more'],
	['in hex', `0x${Buffer.from(key).toString('hex')}0a`, [key], '0x•••0a'],
	['in a URL with small letters', `key=${encodeURIComponent(key).toLowerCase()}`, [key], 'key=•••'],
	['in hex with capital letters', Buffer.from(key).toString('hex').toUpperCase(), [key], '•••'],
	['in HTML', '<p>ké/+ &quot;y&quot; &amp; more</p>', [key], '<p>•••</p>'],
	['in HTML as Go and Jinja write it', 'ké/+ &#34;y&#34; &amp; more', [key], '•••'],
	['in JSON with escaped slashes', 'ké\\/+ \\"y\\" & more', [key], '•••'],
	['in JSON with codes in capital letters', 'k\\u00E9/+ \\"y\\" \\u0026 more', [key], '•••'],
	['in JSON with codes for HTML', 'k\\u00e9/+ \\"y\\" \\u0026 more', [key], '•••'],
	['in HTML with numbers', 'ké/&#43; &#34;y&#34; &#38; more', [key], '•••'],
	['in HTML with hexadecimal numbers', 'ké&#x2F;+ &#x22;y&#x22; &#x26; more', [key], '•••'],
	['in hex of a header', `0x${Buffer.from(key, 'latin1').toString('hex')}0a`, [key], '0x•••0a'],
])('a secret is replaced %s', (_, text, secrets, expected) => {
	expect(redact(text, anyFormOf(secrets))).toBe(expected);
});

test.each([0, 1, 2, 3, 4])(
	'a secret is replaced in Base64 of a longer text, %i bytes before it',
	(before) => {
		const whole = Buffer.from(`${'x'.repeat(before)}${key}${'y'.repeat(before)}`);
		for (const encoding of ['base64', 'base64url'] as const) {
			const shown = redact(whole.toString(encoding), anyFormOf([key]));
			expect(shown).toContain('•••');
			expect(shown.length).toBeLessThan(before * 3 + 8);
		}
	},
);

test.each(['\n', '\r\n', '\\n', '\\r\\n'])(
	'a secret is replaced in Base64 with line breaks (%j)',
	(lineBreak) => {
		for (const before of [0, 1, 2, 70]) {
			const base64 = Buffer.from(`${'x'.repeat(before)}${key}`).toString('base64');
			const lines = base64.match(/.{1,20}/g)?.join(lineBreak) ?? '';
			const shown = redact(lines, anyFormOf([key]));
			expect(shown).toContain('•••');
			expect(shown.length).toBeLessThan((before * 4) / 3 + 8);
		}
	},
);

test.each(['a', 'a\n', 'aaaaaaaaaaaa\n', 'aaaaaaaaaaaa\\n', '\n'])('20 MB of %j are searched', (text) => {
	const long = text.repeat(20_000_000 / text.length);
	expect(redact(`${long}s3cr3t`, anyFormOf(['s3cr3t']))).toHaveLength(long.length + 3);
});

test('a secret is replaced in Base64 of Base64', () => {
	for (const before of ['', 'user:', 'Basic user:']) {
		const twice = btoa(Buffer.from(before + key).toString('base64'));
		const shown = redact(twice, anyFormOf([key]));
		expect(shown).toContain('•••');
		expect(shown.length).toBeLessThan((before.length * 16) / 9 + 12);
	}
});

test('the longer of two secrets is replaced first, in every form', () => {
	const [short, long] = ['key/one/two', 'key/one/two-and-three'];
	for (const shown of [long, encodeURIComponent(long), long.replaceAll('/', '&#x2F;')]) {
		expect(redact(shown, anyFormOf([short, long]))).toBe('•••');
	}
});

test('what is encoded of a short secret is left alone: it would be found anywhere', () => {
	expect(redact('YWJj 616263 abc', anyFormOf(['abc']))).toBe('YWJj 616263 •••');
});

test('a signature is replaced by what stands before it, in every form', () => {
	const signature = 'P4Saq1C+LZC6ZcHjTrWgZ4TQX6zmiXxwn/WaDa39swY=';
	const header = `workspace-key:${signature}`;
	const secrets = anyFormOf([], 'workspace-key:');
	const base64 = Buffer.from(`Authorization: ${header}`).toString('base64');

	expect(redact(`sent ${header}, refused`, secrets)).toBe('sent workspace-key:•••, refused');
	expect(redact(`"${header.replaceAll('/', '\\/')}"`, secrets)).toBe('"workspace-key:•••"');
	expect(redact(encodeURIComponent(header), secrets)).toBe('workspace-key%3A•••');
	expect(redact(base64, secrets).length).toBeLessThan(base64.length - 50);
	expect(redact('workspace-key alone', secrets)).toBe('workspace-key alone');
});

test('names in JSON are texts, too', () => {
	expect(parseRedacted('{"s3cr3t":["s3cr3t",1,null]}', anyFormOf(['s3cr3t']))).toEqual({
		'•••': ['•••', 1, null],
	});
});
