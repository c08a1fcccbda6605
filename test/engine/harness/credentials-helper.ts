import {
	ICredentialsHelper,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialType,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeProperties,
	type Workflow,
} from 'n8n-workflow';

/** Authenticates as n8n's own helper does, with credentials from memory instead of its database. */
export class InMemoryCredentials extends ICredentialsHelper {
	/** How often a credential was read. In n8n, each time costs a database query and a decryption. */
	reads = 0;

	constructor(
		private readonly types: ReadonlyMap<string, ICredentialType>,
		private readonly data: Readonly<Record<string, ICredentialDataDecryptedObject>>,
	) {
		super();
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const authenticate = this.types.get(typeName)?.authenticate;
		if (typeof authenticate === 'function') return await authenticate(credentials, requestOptions);
		if (authenticate === undefined || authenticate.type !== 'generic') return requestOptions;

		const resolved: Record<string, Record<string, unknown>> = {};
		for (const [part, values] of Object.entries(authenticate.properties)) {
			resolved[part] = {};
			for (const [key, value] of Object.entries(values as Record<string, string>)) {
				resolved[part][key] = workflow.expression.getSimpleParameterValue(node, value, 'internal', {
					$credentials: credentials as IDataObject as never,
				});
			}
		}
		return {
			...requestOptions,
			headers: { ...requestOptions.headers, ...(resolved.headers as IDataObject) },
		};
	}

	async getDecrypted(
		_additionalData: unknown,
		_credentials: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		this.reads++;
		const data = this.data[type];
		if (data === undefined) throw new Error(`The test gave no credential of type ${type}`);
		return { ...data };
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Only decrypted credentials are read while a node runs');
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.types.get(type)?.properties ?? [];
	}
}
