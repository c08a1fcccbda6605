import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { baseUrlField, withHeaders } from '../../../nodes/shared/credential';

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
		baseUrlField('Beacon', 'https://api.beacon.example'),
	];

	authenticate = withHeaders(({ apiKey }) => ({ 'X-Beacon-Key': String(apiKey) }));
}
