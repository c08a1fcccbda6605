import { assertSafeUrl, checkBaseUrl } from '../../../nodes/shared/base-url';

// URL.canParse of Node.js 20 rejects most of these.
test('accepts a host with letters such as ü, also 50,000 times', () => {
	const refused = Array.from({ length: 50_000 }, () => checkBaseUrl('https://bücher.example')).filter(
		({ ok }) => !ok,
	);
	expect(refused).toEqual([]);
});

describe('accepts as a base URL', () => {
	test.each([
		['https', 'https://api.example.com', 'https://api.example.com'],
		['https with a path', 'https://api.example.com/api/v1', 'https://api.example.com/api/v1'],
		['https with a port', 'https://api.example.com:8443', 'https://api.example.com:8443'],
		['a trailing slash and leaves it out', 'https://api.example.com/', 'https://api.example.com'],
		[
			'several trailing slashes and leaves them out',
			'https://api.example.com/v1//',
			'https://api.example.com/v1',
		],
		['spaces around it and leaves them out', ' https://api.example.com\n', 'https://api.example.com'],
		['capital letters in the host', 'HTTPS://API.Example.com/V1', 'https://api.example.com/V1'],
		['http on localhost', 'http://localhost:5678', 'http://localhost:5678'],
		['http on 127.0.0.1', 'http://127.0.0.1:8080/x', 'http://127.0.0.1:8080/x'],
		['http on any address 127.x', 'http://127.8.9.10', 'http://127.8.9.10'],
		['http on the last address 127.x', 'http://127.255.255.254', 'http://127.255.255.254'],
		['http on [::1]', 'http://[::1]:8080', 'http://[::1]:8080'],
		['http on [::1] written in full', 'http://[0:0:0:0:0:0:0:1]', 'http://[::1]'],
		['https on this machine', 'https://localhost', 'https://localhost'],
	])('%s', (_, value, baseUrl) => {
		expect(checkBaseUrl(value)).toEqual({ ok: true, value: baseUrl });
	});
});

describe('rejects as a base URL', () => {
	test.each([
		['http on another host', 'http://api.example.com', /https:\/\//],
		['http on a host that starts like this machine', 'http://localhost.evil.com', /https:\/\//],
		['http on a host that starts like its address', 'http://127.0.0.1.evil.com', /https:\/\//],
		['http on a host that ends like this machine', 'http://evil-localhost', /https:\/\//],
		['http on a host that ends like its address', 'http://evil.127.0.0.1.nip.io', /https:\/\//],
		['http in a private network', 'http://192.168.0.10', /https:\/\//],
		['http on 0.0.0.0', 'http://0.0.0.0', /https:\/\//],
		['http on 128.0.0.1', 'http://128.0.0.1', /https:\/\//],
		['http on another IPv6 address', 'http://[::2]', /https:\/\//],
		['ftp', 'ftp://api.example.com', /https:\/\//],
		['ws on this machine', 'ws://localhost', /https:\/\//],
		['a file', 'file:///etc/passwd', /https:\/\//],
		['a script', 'javascript:alert(1)', /https:\/\//],
		['data', 'data:text/plain,x', /https:\/\//],
		['a user name', 'https://user@api.example.com', /username or password/],
		['a user name and password', 'https://user:secret@api.example.com', /username or password/],
		['a password alone', 'https://:secret@api.example.com', /username or password/],
		['this machine as a user name', 'http://localhost@evil.com', /username or password/],
		['a query', 'https://api.example.com/?key=1', /query/],
		['an anchor', 'https://api.example.com/#top', /fragment/],
		['no scheme', 'api.example.com', /not a valid URL/],
		['no host', 'https://', /not a valid URL/],
		['text', 'our server', /not a valid URL/],
		['an empty text', '', /not a valid URL/],
		['undefined', undefined, /not a valid URL/],
		['a number', 5, /not a valid URL/],
		['an object', { href: 'https://api.example.com' }, /not a valid URL/],
	])('%s', (_, value, message) => {
		expect(checkBaseUrl(value)).toEqual({ ok: false, reason: expect.stringMatching(message) as string });
	});

	test('a URL with a password without repeating the password', () => {
		expect(JSON.stringify(checkBaseUrl('https://user:s3cr3t@api.example.com'))).not.toContain('s3cr3t');
	});
});

describe('before a credential adds its keys to a request, it', () => {
	const safe = 'https://api.example.com/v1?limit=1';
	const unsafe = 'http://api.example.com/v1';

	test.each([
		['a URL', { url: safe }],
		['a path with the credential’s Base URL', { baseURL: 'https://api.example.com', url: '/v1?limit=1' }],
		['the URI of the HTTP Request node', { uri: safe }],
		['two URLs by the one that n8n calls', { url: safe, uri: unsafe }],
	])('accepts %s', (_, request) => expect(() => assertSafeUrl(request)).not.toThrow());

	test.each([
		['a URL', { url: unsafe }, /^The URL must start with https:/],
		['a Base URL', { baseURL: unsafe, url: '/v1' }, /^The Base URL must start with https:/],
		['the URI of the HTTP Request node', { uri: unsafe }, /^The URL must start with https:/],
		['two URLs by the one that n8n calls', { url: unsafe, uri: safe }, /^The URL must start with https:/],
	])('rejects %s', (_, request, message) => expect(() => assertSafeUrl(request)).toThrow(message));
});
