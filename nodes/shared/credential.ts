import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { assertSafeUrl } from './base-url';

/** The field "Base URL", which every credential of a service has. */
export function baseUrlField(service: string, address: string): INodeProperties {
	return {
		displayName: 'Base URL',
		name: 'baseUrl',
		type: 'string',
		required: true,
		default: address,
		placeholder: `e.g. ${address}`,
		description: `Change this URL only if ${service} gave you a different one. If the credential test reports ENOTFOUND or ECONNREFUSED, check this URL.`,
	};
}

/** A credential's `authenticate`: adds headers to a request, and throws when its URL isn't safe for keys. */
export function withHeaders(
	headersOf: (credential: ICredentialDataDecryptedObject) => Record<string, string>,
) {
	return async (
		credential: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		assertSafeUrl(request);
		return { ...request, headers: { ...request.headers, ...headersOf(credential) } };
	};
}

/** Rules of a credential's `test`: what to say when the service rejects the keys. */
export function rejectedKeys(message: string): NonNullable<ICredentialTestRequest['rules']> {
	return [401, 403].map((value) => ({ type: 'responseCode', properties: { value, message } }));
}
