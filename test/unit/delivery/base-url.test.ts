import { assertSafeUrl, checkBaseUrl } from '../../../nodes/shared/base-url';

// Node.js 20's own URL.canParse says no to most of these.
test('a host with letters such as ü is one, however often it is looked at', () => {
	const refused = Array.from({ length: 50_000 }, () => checkBaseUrl('https://bücher.example')).filter(
		({ ok }) => !ok,
	);
	expect(refused).toEqual([]);
});

describe('a base URL is taken', () => {
	test.each([
		['https', 'https://api.example.com', 'https://api.example.com'],
		['https with a path', 'https://api.example.com/api/v1', 'https://api.example.com/api/v1'],
		['https with a port', 'https://api.example.com:8443', 'https://api.example.com:8443'],
		['a trailing slash, which is left out', 'https://api.example.com/', 'https://api.example.com'],
		['several, which are left out', 'https://api.example.com/v1//', 'https://api.example.com/v1'],
		['blanks around, which are left out', ' https://api.example.com\n', 'https://api.example.com'],
		['capitals in the host', 'HTTPS://API.Example.com/V1', 'https://api.example.com/V1'],
		['http on localhost', 'http://localhost:5678', 'http://localhost:5678'],
		['http on 127.0.0.1', 'http://127.0.0.1:8080/x', 'http://127.0.0.1:8080/x'],
		['http on any 127.x', 'http://127.8.9.10', 'http://127.8.9.10'],
		['http on the end of 127.x', 'http://127.255.255.254', 'http://127.255.255.254'],
		['http on [::1]', 'http://[::1]:8080', 'http://[::1]:8080'],
		['http on [::1] in full', 'http://[0:0:0:0:0:0:0:1]', 'http://[::1]'],
		['https on this machine', 'https://localhost', 'https://localhost'],
	])('%s', (_, value, baseUrl) => {
		expect(checkBaseUrl(value)).toEqual({ ok: true, value: baseUrl });
	});
});

describe('a base URL is refused', () => {
	test.each([
		['http elsewhere', 'http://api.example.com', /https:\/\//],
		['http on a host that starts like this machine', 'http://localhost.evil.com', /https:\/\//],
		['http on a host that starts like its address', 'http://127.0.0.1.evil.com', /https:\/\//],
		['http on a host that ends like this machine', 'http://evil-localhost', /https:\/\//],
		['http on a host that ends like its address', 'http://evil.127.0.0.1.nip.io', /https:\/\//],
		['http in a private network', 'http://192.168.0.10', /https:\/\//],
		['http on 0.0.0.0', 'http://0.0.0.0', /https:\/\//],
		['http on 128.0.0.1', 'http://128.0.0.1', /https:\/\//],
		['http on another address of version 6', 'http://[::2]', /https:\/\//],
		['ftp', 'ftp://api.example.com', /https:\/\//],
		['ws on this machine', 'ws://localhost', /https:\/\//],
		['a file', 'file:///etc/passwd', /https:\/\//],
		['a script', 'javascript:alert(1)', /https:\/\//],
		['data', 'data:text/plain,x', /https:\/\//],
		['a user name', 'https://user@api.example.com', /user name or password/],
		['a user name and password', 'https://user:secret@api.example.com', /user name or password/],
		['a password alone', 'https://:secret@api.example.com', /user name or password/],
		['this machine as a user name', 'http://localhost@evil.com', /user name or password/],
		['a query', 'https://api.example.com/?key=1', /query/],
		['an anchor', 'https://api.example.com/#top', /anchor/],
		['no scheme', 'api.example.com', /not a URL/],
		['no host', 'https://', /not a URL/],
		['words', 'our server', /not a URL/],
		['nothing', '', /not a URL/],
		['undefined', undefined, /not a URL/],
		['a number', 5, /not a URL/],
		['an object', { href: 'https://api.example.com' }, /not a URL/],
	])('%s', (_, value, message) => {
		expect(checkBaseUrl(value)).toEqual({ ok: false, reason: expect.stringMatching(message) as string });
	});

	test('without repeating the password that it holds', () => {
		expect(JSON.stringify(checkBaseUrl('https://user:s3cr3t@api.example.com'))).not.toContain('s3cr3t');
	});
});

describe('before a credential adds its keys to a request', () => {
	const safe = 'https://api.example.com/v1?limit=1';
	const unsafe = 'http://api.example.com/v1';

	test.each([
		['an address', { url: safe }],
		['one with the credential’s Base URL', { baseURL: 'https://api.example.com', url: '/v1?limit=1' }],
		['one of the HTTP Request node', { uri: safe }],
		['the one of two that n8n calls', { url: safe, uri: unsafe }],
	])('%s is taken', (_, request) => expect(() => assertSafeUrl(request)).not.toThrow());

	test.each([
		['an address', { url: unsafe }, /^The URL must start with https:/],
		['a Base URL', { baseURL: unsafe, url: '/v1' }, /^The Base URL must start with https:/],
		['one of the HTTP Request node', { uri: unsafe }, /^The URL must start with https:/],
		['the one of two that n8n calls', { url: unsafe, uri: safe }, /^The URL must start with https:/],
	])('%s is refused', (_, request, message) => expect(() => assertSafeUrl(request)).toThrow(message));
});
