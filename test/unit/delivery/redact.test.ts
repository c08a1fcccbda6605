import { redact } from '../../../nodes/shared/delivery/redact';

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
	expect(redact(text, secrets)).toBe(expected);
});

test('a secret that starts like another one leaves nothing of it', () => {
	expect(redact('key abc-123 is wrong', ['abc', 'abc-123'])).not.toContain('123');
});
