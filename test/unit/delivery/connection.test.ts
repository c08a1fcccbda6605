import type { IExecuteFunctions } from 'n8n-workflow';
import { connect } from '../../../nodes/shared/delivery/send/connection';
import { requestFor, urlOf } from '../../../nodes/shared/delivery/send/request';
import type { CredentialContent, Provider } from '../../../nodes/shared/service/definition';
import { suprSend } from '../../../nodes/SuprSend/supr-send.provider';
import { batchOf, forOperation, operation } from './helpers';

const context = { getNode: () => ({ name: 'SuprSend', type: 'suprSend' }) } as unknown as IExecuteFunctions;
const content: CredentialContent = {
	secrets: ['s3cr3t'],
	shownHeaders: { Key: '•••' },
	account: { id: 'p1' },
};

function connectWith(baseUrl: unknown, more: Partial<CredentialContent> = {}, apiKey = 's3cr3t') {
	const provider: Provider = { ...suprSend, readCredential: () => ({ ...content, ...more }) };
	return connect(context, provider, { apiKey, baseUrl: baseUrl as string });
}

describe('a connection', () => {
	test('has what the credential holds, except for the secrets themselves', () => {
		const { secrets, key, ...connection } = connectWith('https://api.example.com/');
		expect(connection).toEqual({
			baseUrl: 'https://api.example.com',
			shownHeaders: { Key: '•••' },
			account: { id: 'p1' },
		});
		expect('a s3cr3t b'.replace(secrets, '•••')).toBe('a ••• b');
		expect(key).not.toContain('s3cr3t');
	});

	test('has the same key for the same credential and address only', () => {
		const { key } = connectWith('https://api.example.com/');
		expect(connectWith('https://api.example.com').key).toBe(key);
		expect(connectWith('https://eu.example.com').key).not.toBe(key);
		expect(connectWith('https://api.example.com', {}, 'another').key).not.toBe(key);
	});

	test('uses the address that follows from another field of the credential', () => {
		expect(connectWith('https://api.example.com', { baseUrl: 'https://eu.example.com' }).baseUrl).toBe(
			'https://eu.example.com',
		);
	});

	test('fails for an unsafe address, and says which credential to correct', () => {
		const connecting = () => connectWith('http://api.example.com');
		expect(connecting).toThrow(
			expect.objectContaining({
				message: expect.stringMatching(/https:/) as string,
				description: expect.stringMatching(/SuprSend credential.*'Base URL'.*Nothing was sent/) as string,
			}),
		);
	});
});

describe('the URL of a request', () => {
	const connection = connectWith('https://api.example.com/v1');

	test.each([
		['path alone', { path: '/events' }, '/v1/events'],
		[
			'encoded parts of the path',
			{ path: '/users/{id}/{list_id}', params: { id: 'a/b', list_id: 'ü' } },
			'/v1/users/a%2Fb/%C3%BC',
		],
		['nothing for a missing part of the path', { path: '/users/{id}/' }, '/v1/users//'],
		[
			'query without undefined values',
			{ path: '/u', query: { a: 'x y', b: undefined, c: '' } },
			'/v1/u?a=x+y&c=',
		],
		['no question mark for an empty query', { path: '/u', query: { b: undefined } }, '/v1/u'],
	])('has the %s', (_, request, expected) => {
		expect(urlOf(connection, { method: 'GET', ...request })).toBe(`https://api.example.com${expected}`);
	});

	test('can have another address', () => {
		const request = { method: 'GET', path: '/u', baseUrl: 'https://eu.example.com' } as const;
		expect(urlOf(connection, request)).toBe('https://eu.example.com/u');
	});
});

describe('the request of a batch', () => {
	test('is that of the record for one record, and a bulk request for several', () => {
		const told: unknown[] = [];
		const own = {
			...operation,
			request: (record: object, json: string) => {
				told.push([record, json]);
				return { body: 'one' };
			},
		};
		expect(requestFor(forOperation(own, batchOf(1, 5)))).toEqual({
			method: 'POST',
			path: '/events',
			body: 'one',
		});
		expect(told).toEqual([[{}, '5']]);
		expect(requestFor(forOperation(own, batchOf(2)))).toEqual({
			method: 'POST',
			path: '/events',
			body: '[0,1]',
		});
	});

	test('does not exist without records', () => {
		expect(() => requestFor([])).toThrow('at least one record');
	});
});
