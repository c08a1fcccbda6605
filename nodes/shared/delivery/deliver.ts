import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { deliverEach } from './deliver-each';
import { deliverMany } from './deliver-many';
import { ParameterReader } from './fields';
import type { Operation, Provider } from './provider';

/** The whole of an action node's `execute`. */
export async function deliver(
	context: IExecuteFunctions,
	provider: Provider,
): Promise<INodeExecutionData[][]> {
	const parameters = new ParameterReader(context);
	const operation = chosenOperation(context, parameters, provider);
	const deliverItems = operation.reports === 'summary' ? deliverMany : deliverEach;
	return await deliverItems(context, parameters, provider, operation);
}

function chosenOperation(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	provider: Provider,
): Operation {
	const resource = parameters.read('resource', 0);
	const name = parameters.read('operation', 0);
	const chosen = provider.operations.find((each) => each.resource === resource && each.operation === name);
	if (chosen !== undefined) return chosen;
	throw new NodeOperationError(
		context.getNode(),
		`This version of the package has no operation '${resource}: ${name}'`,
		{
			description: 'The node was saved by a newer version. Update the package.',
		},
	);
}
