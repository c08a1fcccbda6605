import { isPublicUrl } from '../../../nodes/SuprSend/public-url';

test.each([
	'https://www.example.com/invoice.pdf',
	'http://example.com.:8080/a',
	'https://8.8.8.8/a.pdf',
	'https://172.32.0.1/a.pdf',
	'https://100.128.0.1/a.pdf',
	'https://169.253.0.1/a.pdf',
	'https://192.169.0.1/a.pdf',
	'https://198.20.0.1/a.pdf',
	'https://223.255.255.255/a.pdf',
	'https://[2606:4700::1111]/a.pdf',
	'https://localhost.example.com/a.pdf',
	'https://bücher.example/a.pdf',
])('%s is public', (url) => {
	expect(isPublicUrl(url)).toBe(true);
});

test.each([
	'http://localhost/x.pdf',
	'http://LOCALHOST./x.pdf',
	'http://app.localhost:5678/x.pdf',
	'https://intranet/a.pdf',
	'https://nas.local/a.pdf',
	'https://metadata.google.internal/a.pdf',
	'https://printer.home.arpa/a.pdf',
	'http://0.0.0.0/a.pdf',
	'http://10.0.0.5/a.pdf',
	'http://127.0.0.1/a.pdf',
	'http://0x7f.1/a.pdf',
	'http://2130706433/a.pdf',
	'http://100.64.0.1/a.pdf',
	'http://169.254.169.254/a.pdf',
	'http://172.16.0.1/a.pdf',
	'http://172.31.255.255/a.pdf',
	'http://192.168.1.1/a.pdf',
	'http://198.18.0.1/a.pdf',
	'http://224.0.0.1/a.pdf',
	'http://[::1]/a.pdf',
	'http://[::]/a.pdf',
	'http://[fe80::1]/a.pdf',
	'http://[fd00::1]/a.pdf',
	'http://[ff02::1]/a.pdf',
	'http://[::ffff:10.0.0.5]/a.pdf',
	'not a URL',
])('%s is not public', (url) => {
	expect(isPublicUrl(url)).toBe(false);
});
