import { asHtml, withoutTags } from '../../nodes/shared/shown';

const markup = '<img src="http://evil.example/b"><a href="http://evil.example">Sign in</a> & <b>more</b>';

describe('text for HTML', () => {
	test('keeps what was written, and no tag', () => {
		expect(asHtml(markup)).toBe(
			'&lt;img src="http://evil.example/b"&gt;&lt;a href="http://evil.example"&gt;Sign in&lt;/a&gt; &amp; &lt;b&gt;more&lt;/b&gt;',
		);
	});

	test('is shortened before it is escaped, so that no entity is cut', () => {
		expect(asHtml('<'.repeat(5_000))).toBe(`${'&lt;'.repeat(999)}…`);
	});
});

describe('text without tags', () => {
	test('has no tag in HTML and reads the same as plain text', () => {
		expect(withoutTags(markup)).not.toMatch(/<[a-z!/?]/i);
		expect(withoutTags(markup).replaceAll('\u200b', '')).toBe(markup);
	});

	test('is shortened', () => {
		expect(withoutTags('a'.repeat(5_000))).toBe(`${'a'.repeat(999)}…`);
	});

	test('is not cut within an emoji', () => {
		expect(withoutTags(`a${'🎉'.repeat(5_000)}`)).toBe(`a${'🎉'.repeat(499)}…`);
		expect(withoutTags('🎉'.repeat(5_000))).toBe(`${'🎉'.repeat(499)}…`);
	});
});
