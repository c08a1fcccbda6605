import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

export class RelationKitApi implements ICredentialType {
	name = 'relationKitApi';

	displayName = 'RelationKit API';

	icon = {
		light: 'file:../nodes/RelationKit/relationKit.svg',
		dark: 'file:../nodes/RelationKit/relationKit.dark.svg',
	} as const;

	documentationUrl = 'https://help.relationkit.io/articles/89-how-to-send-a-custom-event';

	properties: INodeProperties[] = [
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Create one in RelationKit under your account settings. RelationKit recommends a separate key for server-side use.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.relationkit.io/api/v1',
			placeholder: 'e.g. https://api.relationkit.io/api/v1',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiToken}}' } },
	};

	/**
	 * RelationKit documents nothing to read, so an empty ping, which names no customer, only finds out
	 * whether the token is turned away; any other complaint is about the missing customer.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/ping',
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: { customer: {} },
			ignoreHttpStatusErrors: { ignore: true, except: [401, 403, 404, 405, 429, 500, 502, 503, 504] },
		},
	};
}
