import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { assertSafeUrl } from '../../../nodes/shared/base-url';

export class BeaconApi implements ICredentialType {
	name = 'beaconApi';

	displayName = 'Beacon API';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
		},
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: 'https://api.beacon.example' },
	];

	async authenticate(
		{ apiKey }: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		assertSafeUrl(requestOptions);
		return { ...requestOptions, headers: { ...requestOptions.headers, 'X-Beacon-Key': String(apiKey) } };
	}
}
