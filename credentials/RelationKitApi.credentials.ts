import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { baseUrlField, withHeaders } from '../nodes/shared/credential';

const redirects = [300, 301, 302, 303, 304, 305, 307, 308];
const failures = [...redirects, 401, 403, 404, 405, 429, 500, 502, 503, 504];

function messageFor(status: number): string {
	if (status === 401 || status === 403) return "RelationKit did not accept this token. Check 'API Token'.";
	return `RelationKit responded with status ${status}. Check 'Base URL', or try again later.`;
}

export class RelationKitApi implements ICredentialType {
	name = 'relationKitApi';

	displayName = 'RelationKit API';

	icon = {
		light: 'file:../nodes/RelationKit/relationKit.svg',
		dark: 'file:../nodes/RelationKit/relationKit.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/customer-events/n8n-nodes-customer-events/blob/main/docs/nodes/relation-kit.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Create an API key in RelationKit (<a href="https://help.relationkit.io/articles/89-how-to-send-a-custom-event" target="_blank">guide</a>). RelationKit recommends separate keys for your front end and the REST API.',
		},
		baseUrlField('RelationKit', 'https://api.relationkit.io/api/v1'),
	];

	authenticate = withHeaders(({ apiToken }) => ({ Authorization: `Bearer ${String(apiToken)}` }));

	/**
	 * RelationKit documents no read request, so the test sends a ping without a customer. It only finds out whether the
	 * token is rejected; any other error is about the missing customer.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.trim()}}',
			url: '/ping',
			method: 'POST',
			headers: { 'Content-Type': 'application/json', 'Accept-Encoding': 'identity' },
			body: { customer: {} },
			encoding: 'stream',
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: { ignore: true, except: failures },
		},
		// n8n 1 doesn't know `except`, but a rule can read the status from the response's stream.
		rules: failures.flatMap((status) => [
			{ type: 'responseCode', properties: { value: status, message: messageFor(status) } },
			{
				type: 'responseSuccessBody',
				properties: { key: 'statusCode', value: status, message: messageFor(status) },
			},
		]) as ICredentialTestRequest['rules'],
	};
}
