import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { baseUrlField, withHeaders } from '../nodes/shared/credential';

export class EmbeddablesApi implements ICredentialType {
	name = 'embeddablesApi';

	displayName = 'Embeddables API';

	icon = {
		light: 'file:../nodes/Embeddables/embeddables.svg',
		dark: 'file:../nodes/Embeddables/embeddables.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/customer-events/n8n-nodes-customer-events/blob/main/docs/nodes/embeddables.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. rk_myexampleapikey',
			description:
				'A restricted key that starts with rk_. Ask the Embeddables team for an API key for your project (<a href="https://docs.embeddables.com/how-to/send-data-to-embeddables" target="_blank">guide</a>).',
		},
		{
			displayName: 'Project ID',
			name: 'projectId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. pr_myexampleproject',
			description: 'The project that the API key belongs to',
		},
		baseUrlField('Embeddables', 'https://api.embeddables.com'),
	];

	authenticate = withHeaders(({ apiKey }) => ({ 'X-Api-Key': String(apiKey) }));

	/** Reads one entry. Status 403 doesn't prove that the key is wrong: a restricted key may only be allowed to send. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.trim()}}',
			url: '=/projects/{{encodeURIComponent($credentials.projectId.trim())}}/entries?limit=1',
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Embeddables did not accept the API key (status 401). Enter a valid API key for this project.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						"Embeddables doesn't allow this API key to read entries (status 403). The key might still have permission to send events. To find out, send an event.",
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: "Embeddables can't find this project (status 404). Check 'Project ID' and 'Base URL'.",
				},
			},
		],
	};
}
