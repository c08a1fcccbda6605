import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { addressOf, assertSafeUrl } from '../nodes/shared/base-url';
import { environments, isForAudience } from '../nodes/SimonData/environments';
import { withKeys } from '../nodes/SimonData/keys-in-body';

/** Simon Data's response in debug mode to an unknown event type. */
const notAnEvent = 412;
const everyOtherStatus = Array.from({ length: 500 }, (_, index) => 100 + index).filter(
	(status) => status !== notAnEvent,
);

const wrongKeys = "Simon Data did not accept these keys. Check 'Partner ID' and 'Partner Secret'.";
const unknownPartner = "Simon Data doesn't know this partner in this environment. Check 'Environment'.";
const notSimonData = "The response isn't from Simon Data. Check 'Environment' and 'Base URL'.";
const documentedErrors = {
	Unauthorized: wrongKeys,
	Forbidden: unknownPartner,
	'Invalid JSON body': notSimonData,
	'Internal Server Error': 'Simon Data had an internal error (status 500). Try again later.',
};

export class SimonDataApi implements ICredentialType {
	name = 'simonDataApi';

	displayName = 'Simon Data API';

	icon = {
		light: 'file:../nodes/SimonData/simonData.svg',
		dark: 'file:../nodes/SimonData/simonData.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/customer-events/n8n-nodes-customer-events/blob/main/docs/nodes/simon-data.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{
					name: 'Production',
					value: 'production',
					description: "The only environment that supports Simon Data's event triggers",
				},
				{
					name: 'Staging',
					value: 'staging',
					description: 'For your first tests',
				},
				{
					name: 'Custom',
					value: 'custom',
					description: "Another address, such as Simon Data's dev environment",
				},
			],
			default: 'production',
		},
		{
			displayName: 'Partner ID',
			name: 'partnerId',
			type: 'string',
			required: true,
			default: '',
			description:
				'Identifies your site in Simon Data. Ask your Simon Data account manager for this ID (<a href="https://docs.simondata.com/reference/event-ingestion-api" target="_blank">API reference</a>).',
		},
		{
			displayName: 'Partner Secret',
			name: 'partnerSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The shared secret that belongs to the partner ID',
		},
		{
			displayName: 'Audience API Token',
			name: 'audienceToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Required only for Contact: Get. The Audience API is a paid add-on. Ask your Client Solutions Manager for the token.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://dev.simonsignal.com',
			placeholder: 'e.g. https://dev.simonsignal.com',
			description: 'The address of your Simon Data environment, without the path',
			displayOptions: { show: { environment: ['custom'] } },
		},
	];

	/** A property of its own: n8n copies credential types without their methods. */
	authenticate = async (
		{ partnerId, partnerSecret, audienceToken }: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		assertSafeUrl(requestOptions);
		if (isForAudience(addressOf(requestOptions).pathname)) {
			const headers = { ...requestOptions.headers, Authorization: `Bearer ${String(audienceToken)}` };
			return { ...requestOptions, headers };
		}
		const keys = { partnerId: String(partnerId), partnerSecret: String(partnerSecret) };
		return {
			...requestOptions,
			headers: { 'Content-Type': 'application/json; charset=utf-8', ...requestOptions.headers },
			body: withKeys(requestOptions.body, keys),
		};
	};

	/**
	 * Simon Data documents no read request, so the test sends an unknown event type in debug mode, which is rejected
	 * with status 412 once the keys are accepted. It is inferred that the keys are checked before the event.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ (${JSON.stringify(environments)})[$credentials.environment] ?? $credentials.baseUrl.trim() }}`,
			url: '/http/v1/collect',
			method: 'POST',
			body: {
				clientId: 'n8n-credential-test',
				sentAt: 1524776691259,
				type: 'track',
				event: 'n8n_credential_test',
				context: { debug: true },
				properties: {},
			},
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: { ignore: true, except: everyOtherStatus },
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: wrongKeys,
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message: unknownPartner,
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: "Simon Data's API wasn't found at this address (status 404). Check 'Base URL'.",
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 200,
					message: notSimonData,
				},
			},
			// n8n 1 doesn't know `except`, so these rules match the documented body of each status.
			...Object.entries(documentedErrors).map(([value, message]) => ({
				type: 'responseSuccessBody' as const,
				properties: { key: 'error', value, message },
			})),
			{
				type: 'responseSuccessBody',
				properties: { key: 'error', value: undefined, message: notSimonData },
			},
		] as ICredentialTestRequest['rules'],
	};
}
