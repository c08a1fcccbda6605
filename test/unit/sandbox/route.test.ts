import { parametersIn } from '../../sandbox/providers/route';

test.each([
	['/event/', '/event/', {}],
	['/v1/user/{id}/', '/v1/user/a%20b%2Fc%40d%2B%C3%A9/', { id: 'a b/c@d+é' }],
	['/a/{x}/b/{y}', '/a/1/b/2', { x: '1', y: '2' }],
	['/v1/user/{id}/', '/v1/user/', undefined],
	['/v1/user/{id}/', '/v1/user//', undefined],
	['/v1/user/{id}/', '/v1/user/a/b/', undefined],
	['/v1/user/{id}/', '/v1/user/a', undefined],
	['/v1/user/{id}/', '/v1/user/%zz/', undefined],
	['/event/', '/event', undefined],
])('%s read from %s', (template, path, parameters) => {
	expect(parametersIn(template, path)).toEqual(parameters);
});
