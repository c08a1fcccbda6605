import { createHash, createHmac } from 'node:crypto';
import type {
	IBinaryKeyData,
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeParameters,
} from 'n8n-workflow';
import { runNode, type NodeRun } from '../../engine/harness/run-node';
import { dependencies } from '../package.json';
import { startRecordingServer, type Recorded, type RecordingServer } from '../recording-server';
import { loadSdk, type SuprsendClient, type SuprsendSdk } from './sdk';

const workspaceKey = 'conformance-workspace-key-not-real';
const workspaceSecret = 'conformance-workspace-secret-not-real';

/** The official SDK and our node, with the same keys and the same server. */
export interface BothSides {
	sdk: SuprsendSdk;
	client: SuprsendClient;
	server: RecordingServer;
	/** Runs our node in n8n's engine. A failure is a result, as in the SDK's bulk calls. */
	node(parameters: INodeParameters, items: IDataObject[], more?: NodeMore): Promise<NodeRun>;
	close(): Promise<void>;
}

interface NodeMore {
	binary?: IBinaryKeyData;
	credential?: ICredentialDataDecryptedObject;
}

export async function setUpBothSides(): Promise<BothSides> {
	const server = await startRecordingServer();
	const sdk = await loadSdk();
	const credential = { authentication: 'workspace', workspaceKey, workspaceSecret, baseUrl: server.url };
	return {
		sdk,
		client: new sdk.Suprsend(workspaceKey, workspaceSecret, { base_url: server.url }),
		server,
		node: async (parameters, items, { binary, credential: other } = {}) =>
			await runNode({
				node: 'suprSend',
				parameters: { mappingMode: 'canonicalEvent', ...parameters },
				credentials: { suprSendApi: { ...credential, ...other } },
				items,
				binary,
				onError: 'continueRegularOutput',
			}),
		close: server.close,
	};
}

export interface Sent {
	theirs: Recorded[];
	ours: Recorded[];
}

/** Returns the requests of the SDK and of our node. */
export async function sentByBoth(
	{ server }: BothSides,
	viaSdk: () => Promise<unknown>,
	viaNode: () => Promise<unknown>,
): Promise<Sent> {
	server.take();
	await viaSdk();
	const theirs = server.take();
	await viaNode();
	return { theirs, ours: server.take() };
}

/** Expects the same requests in the same order, each signed over its own bytes, except for additions of each side. */
export function expectSameRequests({ theirs, ours }: Sent): void {
	expect(theirs).not.toEqual([]);
	expect(ours.map(lineOf)).toEqual(theirs.map(lineOf));
	for (const request of [...theirs, ...ours]) {
		expect(request.headers.authorization).toBe(authorizationOf(request));
	}
	theirs.forEach((request, index) => {
		expect(withoutOwnAdditions(ours[index], request)).toEqual(contentOfTheirs(request));
	});
}

export async function expectAgreement(
	sides: BothSides,
	viaSdk: () => Promise<unknown>,
	viaNode: () => Promise<unknown>,
): Promise<void> {
	expectSameRequests(await sentByBoth(sides, viaSdk, viaNode));
}

export function contentOf({ body }: Recorded): unknown {
	return body.length === 0 ? undefined : JSON.parse(body.toString());
}

/** Returns the records of these requests in their order. */
export function recordsOf(requests: readonly Recorded[]): IDataObject[] {
	return requests.flatMap((request) => {
		const content = contentOf(request);
		return (Array.isArray(content) ? content : [content]) as IDataObject[];
	});
}

/** Computes the documented signature from the bytes of the request. */
export function authorizationOf({ method, target, headers, body }: Recorded): string {
	const digest = body.length === 0 ? '' : createHash('md5').update(body).digest('hex');
	const signed = [method, digest, headers['content-type'], headers.date, target].join('\n');
	return `${workspaceKey}:${createHmac('sha256', workspaceSecret).update(signed).digest('base64')}`;
}

function lineOf({ method, target, headers }: Recorded) {
	return { method, target, contentType: headers['content-type'] };
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Removes what the SDK adds: an ID and a time to events and edits, and its name to the properties. */
function contentOfTheirs(request: Recorded): unknown {
	return eachRecord(contentOf(request), (record) => {
		if (!('$insert_id' in record)) return record;
		const { $insert_id, $time, properties, ...rest } = record;
		expect($insert_id).toMatch(uuid);
		expect($time).toEqual(expect.any(Number));
		const { $ss_sdk_version, ...others } = properties as IDataObject;
		expect($ss_sdk_version).toMatch(`@suprsend/node-sdk/${dependencies['@suprsend/node-sdk']} `);
		return { ...rest, properties: others };
	});
}

/** Removes what our node adds: an ID, a time, and an idempotency key if the SDK got none. */
function withoutOwnAdditions(ours: Recorded | undefined, theirs: Recorded): unknown {
	if (ours === undefined) throw new Error('We sent nothing');
	const [first] = recordsOf([theirs]);
	const keyIsOurs = first === undefined || !('$idempotency_key' in first);
	return eachRecord(contentOf(ours), (record) => {
		const { $insert_id, $time, $idempotency_key, ...rest } = record;
		if ('$insert_id' in record) expect($insert_id).toMatch(uuid);
		if ('$time' in record) expect($time).toEqual(expect.any(Number));
		if (keyIsOurs) return rest;
		return { ...rest, $idempotency_key };
	});
}

/** Unwraps a list of one, which the SDK makes of the last record of a bulk: the difference `aListOfOne`. */
function eachRecord(content: unknown, change: (record: IDataObject) => IDataObject): unknown {
	if (content === undefined) return undefined;
	const records = Array.isArray(content) ? (content as IDataObject[]) : [content as IDataObject];
	const changed = records.map((record) => change(record));
	return changed.length === 1 ? changed[0] : changed;
}
