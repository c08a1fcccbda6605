import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { addressOf, assertSafeUrl } from '../nodes/shared/base-url';
import { baseUrlField, rejectedKeys } from '../nodes/shared/credential';
import { authorization } from '../nodes/SuprSend/signature';

const turnedAway = rejectedKeys(
	'SuprSend did not accept these keys. Make sure that the keys are complete and belong to the right workspace. Staging and production have separate keys.',
);
/** For example a sign-in page at a wrong URL. */
const notSuprSend = {
	type: 'responseSuccessBody',
	properties: {
		key: 'meta.limit',
		value: undefined,
		message: "The response isn't from SuprSend. Check 'Base URL'.",
	},
};

const contentType = 'application/json; charset=utf-8';

export class SuprSendApi implements ICredentialType {
	name = 'suprSendApi';

	displayName = 'SuprSend API';

	icon = {
		light: 'file:../nodes/SuprSend/suprSend.svg',
		dark: 'file:../nodes/SuprSend/suprSend.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/customer-events/n8n-nodes-customer-events/blob/main/docs/nodes/supr-send.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'API Key',
					value: 'apiKey',
					description: 'An API key from Developers > API Keys in the SuprSend dashboard',
				},
				{
					name: 'Workspace Key and Secret',
					value: 'workspace',
					description: "For signed requests, like those from SuprSend's SDKs. The secret never leaves n8n.",
				},
			],
			default: 'apiKey',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'The key from Developers &gt; API Keys in <a href="https://app.suprsend.com" target="_blank">SuprSend</a>. Staging and production have separate keys.',
			displayOptions: { show: { authentication: ['apiKey'] } },
		},
		{
			displayName: 'Workspace Key',
			name: 'workspaceKey',
			type: 'string',
			required: true,
			default: '',
			description: 'The workspace key. Staging and production have separate keys.',
			displayOptions: { show: { authentication: ['workspace'] } },
		},
		{
			displayName: 'Workspace Key',
			name: 'workspaceKey',
			type: 'string',
			default: '',
			description: 'Required only for Broadcast: Send, because the request URL contains this key',
			displayOptions: { show: { authentication: ['apiKey'] } },
		},
		{
			displayName: 'Workspace Secret',
			name: 'workspaceSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			displayOptions: { show: { authentication: ['workspace'] } },
		},
		baseUrlField('SuprSend', 'https://hub.suprsend.com'),
	];

	/** A property of its own: n8n copies credential types without their methods. */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		assertSafeUrl(requestOptions);
		if (credentials.authentication === 'apiKey') {
			return withHeaders(requestOptions, { Authorization: `Bearer ${String(credentials.apiKey)}` });
		}
		const { method = 'GET' } = requestOptions;
		const url = withQuery(addressOf(requestOptions), requestOptions.qs);
		const body = toBytes(requestOptions.body);
		const date = signedDate(url.pathname);
		const requestUri = `${url.pathname}${url.search}`;
		const parts = { method, requestUri, contentType, date, body };
		const headers = {
			'Content-Type': contentType,
			Date: date,
			Authorization: authorization(
				parts,
				String(credentials.workspaceKey),
				String(credentials.workspaceSecret),
			),
		};
		// The signature covers the final URL, so nothing may be appended to it later.
		const signed = { ...requestOptions, url: url.href, baseURL: undefined, qs: undefined };
		return withHeaders(body.length === 0 ? signed : { ...signed, body }, headers);
	};

	/** Reads one user. Any other server's response isn't a page of users. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.trim()}}',
			url: '/v1/user/?limit=1',
			disableFollowRedirect: true,
		},
		// n8n accepts both kinds of rules together, although its types don't.
		rules: [...turnedAway, notSuprSend] as ICredentialTestRequest['rules'],
	};
}

/** Messages are the only part of the API for which SuprSend's SDK writes the date as ISO 8601. */
function signedDate(path: string): string {
	const now = new Date();
	return /\/v1\/(?:bulk\/)?message\/$/.test(path) ? now.toISOString() : now.toUTCString();
}

function withHeaders(
	requestOptions: IHttpRequestOptions,
	headers: Record<string, string>,
): IHttpRequestOptions {
	return { ...requestOptions, headers: { ...requestOptions.headers, ...headers } };
}

function withQuery(url: URL, qs: IHttpRequestOptions['qs'] = {}): URL {
	for (const [name, value] of Object.entries(qs)) url.searchParams.append(name, String(value));
	return url;
}

function toBytes(body: IHttpRequestOptions['body']): Buffer {
	if (body === undefined || body === null) return Buffer.alloc(0);
	if (Buffer.isBuffer(body)) return body;
	return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
