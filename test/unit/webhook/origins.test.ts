import { readOrigins } from '../../../nodes/CustomerEvents/trigger-options';

test.each([
	['', []],
	['*', []],
	['https://www.example.com, *', []],
	['https://www.example.com, http://localhost:8080', ['https://www.example.com', 'http://localhost:8080']],
	['HTTPS://Shop.Example:443/', ['https://shop.example']],
	['https://bücher.example', ['https://xn--bcher-kva.example']],
	['http://[::1]:3000', ['http://[::1]:3000']],
])('reads the list %j', (list, origins) => {
	expect(readOrigins(list)).toEqual(origins);
});

test.each([
	'shop.example',
	'https://',
	'https://*',
	'https://*.example.com',
	'https://shop.example/cart',
	'https://shop.example?x',
	'https://shop.example#top',
	'https://user@shop.example',
	'https://shop example.com',
	'ftp://shop.example',
	'nothttps://shop.example',
	'null',
])('the entry %j is an error that names it', (entry) => {
	expect(() => readOrigins(`https://www.example.com, ${entry}`)).toThrow(`'${entry}' is not a valid origin`);
});
