import { LoadOptionsContext } from 'n8n-core';
import { Workflow, type INodeListSearchResult } from 'n8n-workflow';
import { InMemoryCredentials } from './credentials-helper';
import { packageCredentialTypes } from './package-types';
import { additionalData, nodeUnderTest, registryWith, type RunOptions } from './run-node';

/** Opens the "From List" of a node's field, as the editor does. */
export async function searchList(
	method: string,
	options: Pick<RunOptions, 'node' | 'parameters' | 'credentials'>,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const nodeTypes = registryWith(options);
	const node = nodeUnderTest(options);
	const workflow = new Workflow({ active: false, nodeTypes, nodes: [node], connections: {} });
	const { parameters } = workflow.getNode(node.name) ?? node;
	const known = new Map(packageCredentialTypes.map((type) => [type.name, type]));
	const credentials = new InMemoryCredentials(known, options.credentials);
	const data = { ...additionalData('1', credentials), currentNodeParameters: parameters };
	const context = new LoadOptionsContext(workflow, node, data, '');
	const search = nodeTypes.getByNameAndVersion(node.type).methods?.listSearch?.[method];
	if (search === undefined) throw new Error(`${options.node} has no list search '${method}'`);
	return await search.call(context, filter, paginationToken);
}
