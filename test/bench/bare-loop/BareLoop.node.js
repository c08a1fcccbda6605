/** The least that a node can do to send events to RelationKit: n8n's own HTTP helper in a loop, 32 requests at once. */
const concurrency = 32;

class BareLoop {
	description = {
		displayName: 'Bare Loop',
		name: 'bareLoop',
		group: ['output'],
		version: 1,
		description: 'Sends events without checks, retries and results',
		defaults: { name: 'Bare Loop' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'relationKitApi', required: true }],
		properties: [],
	};

	async execute() {
		const items = this.getInputData();
		const credential = await this.getCredentials('relationKitApi');
		// Otherwise, n8n would read and decrypt the credential for each request.
		const decrypted = {
			credentialsDecrypted: { id: '', name: '', type: 'relationKitApi', data: credential },
		};
		const post = async ({ userId, event, properties }) =>
			await this.helpers.httpRequestWithAuthentication.call(
				this,
				'relationKitApi',
				{
					method: 'POST',
					url: `${credential.baseUrl}/events`,
					body: { event: { user_id: userId, name: event, metadata: properties } },
					json: true,
				},
				decrypted,
			);

		const output = [];
		const left = items.entries();
		const sender = async () => {
			for (const [item, { json }] of left) output[item] = { json: await post(json), pairedItem: { item } };
		};
		await Promise.all(Array.from({ length: concurrency }, sender));
		return [output];
	}
}

module.exports = { BareLoop };
