import { NodeApiError, NodeOperationError, type IExecuteFunctions, type NodeError } from 'n8n-workflow';
import type { Failure, FailureCode } from '../../service/failure';
import { asHtml, withoutTags } from '../../shown';

/**
 * The error that stops the workflow.
 * @param summary what happened to the whole run
 */
export function toNodeError(
	context: IExecuteFunctions,
	itemIndex: number,
	failure: Failure,
	summary: string,
): NodeApiError | NodeOperationError {
	const { code, statusCode } = failure;
	const message = withoutTags(failure.message);
	const description = `${asHtml(failure.description)} ${summary}`;
	const node = context.getNode();
	if (foundBeforeSending.has(code)) return new NodeOperationError(node, message, { itemIndex, description });
	return new NodeApiError(
		node,
		{},
		{ itemIndex, message, description, httpCode: statusCode?.toString(), failure: toNodeFailure(failure) },
	);
}

/** The failure in n8n's own terms. */
function toNodeFailure({ code, retryAfterMs }: Failure): NodeError['failure'] {
	switch (code) {
		case 'rate_limited':
			return { cause: 'rate-limited', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
		case 'unavailable':
		case 'unreachable':
		case 'timed_out':
		case 'connection_lost':
			return { cause: 'temporarily-unavailable', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
		case 'unauthorized':
			return { cause: 'credential-invalid' };
		case 'bad_certificate':
		case 'unexpected_answer':
			return { cause: 'configuration-invalid' };
		default:
			return undefined;
	}
}

/** These aren't errors of the service's API. */
const foundBeforeSending = new Set<FailureCode>([
	'invalid_event',
	'invalid_record',
	'record_too_large',
	'unreadable_item',
	'misconfigured',
]);
