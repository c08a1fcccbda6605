import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { id, properties } from '../generators';
import { generatedCases, type Judge } from '../judging';
import { expectAgreement, type BothSides } from './both-sides';

export const listParameters = (operation: 'addUsers' | 'removeUsers'): INodeParameters => ({
	resource: 'list',
	operation,
	listId: { __rl: true, mode: 'id', value: '={{ $json.list }}' },
	distinctIds: '={{ $json.ids }}',
});

export const tenantParameters = (additionalFields: IDataObject = {}): INodeParameters =>
	({
		resource: 'tenant',
		operation: 'upsert',
		tenantId: { __rl: true, mode: 'id', value: '={{ $json.tenant }}' },
		tenantName: '={{ $json.name }}',
		propertiesInput: 'json',
		propertiesJson: '={{ $json.properties }}',
		additionalFields,
	}) as INodeParameters;

const slug = fc.stringMatching(/^[\w-]{1,64}$/);

export function testListsAndTenants(sides: () => BothSides, judge: Judge): void {
	const changesAlike = async (list: string, ids: string[]) => {
		const { subscriber_lists } = sides().client;
		await judge.agrees(() =>
			expectAgreement(
				sides(),
				() => subscriber_lists.add(list, ids),
				() => sides().node(listParameters('addUsers'), [{ list, ids }]),
			),
		);
		await judge.agrees(() =>
			expectAgreement(
				sides(),
				() => subscriber_lists.remove(list, ids),
				() => sides().node(listParameters('removeUsers'), [{ list, ids }]),
			),
		);
	};

	describe('lists', () => {
		test.each([
			['one user', ['user-42']],
			['several', ['user-42', '用户', 'with, comma', 'a b/c']],
			['1000', Array.from({ length: 1000 }, (_, index) => `user-${index}`)],
		])('%s', async (_, ids) => await changesAlike('newsletter', ids));

		test('whatever list, whoever is on it', async () => {
			await fc.assert(
				fc.asyncProperty(slug, fc.array(id, { minLength: 1, maxLength: 10 }), changesAlike),
				generatedCases(50),
			);
		});
	});

	describe('tenants', () => {
		test('with a name', async () => {
			const tenant = { tenant_name: 'Acme Inc.', properties: {} };
			await judge.agrees(() =>
				expectAgreement(
					sides(),
					() => sides().client.tenants.upsert('acme', tenant),
					() => sides().node(tenantParameters(), [{ tenant: 'acme', name: 'Acme Inc.', properties: {} }]),
				),
			);
		});

		test('with all that it can have', async () => {
			const tenant = {
				tenant_name: 'Acme Inc.',
				logo: 'https://www.example.com/logo.png',
				timezone: 'America/New_York',
				blocked_channels: ['sms', 'whatsapp'],
				primary_color: '#1A73E8',
				secondary_color: '#ffffff',
				tertiary_color: '#000000',
				social_links: { website: 'https://www.example.com', facebook: '' },
				properties: { address: '5678 Market Street' },
			};
			const additionalFields = {
				logo: tenant.logo,
				timezone: tenant.timezone,
				blockedChannels: tenant.blocked_channels,
				primaryColor: tenant.primary_color,
				secondaryColor: tenant.secondary_color,
				tertiaryColor: tenant.tertiary_color,
				socialLinks: {
					link: [
						{ site: 'website', url: 'https://www.example.com' },
						{ site: 'facebook', url: '' },
					],
				},
			};
			const item = { tenant: 'acme', name: tenant.tenant_name, properties: tenant.properties };
			await judge.agrees(() =>
				expectAgreement(
					sides(),
					() => sides().client.tenants.upsert('acme', tenant),
					() => sides().node(tenantParameters(additionalFields), [item]),
				),
			);
		});

		test('whatever they are called, whatever is known of them', async () => {
			await fc.assert(
				fc.asyncProperty(slug, id, properties, (tenant, name, values) =>
					judge.agrees(() =>
						expectAgreement(
							sides(),
							() => sides().client.tenants.upsert(tenant, { tenant_name: name, properties: values }),
							() => sides().node(tenantParameters(), [{ tenant, name, properties: values }]),
						),
					),
				),
				generatedCases(100),
			);
		});
	});
}
