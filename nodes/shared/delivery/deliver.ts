import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { deliverEach } from './deliver-each';
import { deliverMany } from './deliver-many';
import { setUpFailure } from './failure';
import type { Outcome } from './outcome';
import { ParameterReader } from '../parameters';
import type { Operation, Provider } from './provider';
import { report, reportSummary } from './report';
import { setUp } from './run';
import type { Summary } from './summary';

/** The whole of an action node's `execute`. */
export async function deliver(
	context: IExecuteFunctions,
	provider: Provider,
): Promise<INodeExecutionData[][]> {
	const parameters = new ParameterReader(context);
	const resource = String(parameters.read('resource', 0));
	const name = String(parameters.read('operation', 0));
	const chosen = provider.operations.find((each) => each.resource === resource && each.operation === name);
	const { result, operation } = await outcomesOrSummary(context, parameters, provider, chosen);
	if (!Array.isArray(result)) return reportSummary(context, result);
	return report(context, result, { provider, operation, name: `${resource}:${name}` });
}

interface Delivered {
	result: Outcome[] | Summary;
	/** The variant that was carried out, where the options ask for one. */
	operation: Operation | undefined;
}

async function outcomesOrSummary(
	context: IExecuteFunctions,
	parameters: ParameterReader,
	provider: Provider,
	chosen: Operation | undefined,
): Promise<Delivered> {
	try {
		if (chosen === undefined) throw unknownOperation(context);
		const run = await setUp(context, parameters, provider, chosen);
		const { operation } = run;
		const deliverItems = operation.reports === 'summary' ? deliverMany : deliverEach;
		return { result: await deliverItems(context, parameters, run), operation };
	} catch (error) {
		// Thrown on, n8n would pass the items through as if they had been delivered when it is set to continue.
		const failure = setUpFailure(error);
		const result = context
			.getInputData()
			.map((_, itemIndex): Outcome => ({ place: { itemIndex }, status: 'failed', failure, attempts: 0 }));
		return { result, operation: chosen };
	}
}

function unknownOperation(context: IExecuteFunctions): NodeOperationError {
	return new NodeOperationError(context.getNode(), 'This version of the package has no such operation', {
		description: 'The node was saved by a newer version. Update the package.',
	});
}
