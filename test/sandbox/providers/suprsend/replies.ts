import { type Answer, json } from '../provider';

export interface Flaw {
	field: string;
	message: string;
}

export const MAX_REQUEST_BYTES = 819_200;

/**
 * The envelope is documented. For `detail` there are only examples, with a field and its problem. The sandbox doesn't say
 * which record of an array is bad, so that no client relies on it, and it answers a body that is too big, empty or not JSON
 * with the same 400.
 */
export const refuse = ({ field, message }: Flaw): Answer => {
	const detail = { [field]: [message] };
	return json(400, {
		code: 400,
		error_code: 'error',
		type: 'ValidationError',
		message: JSON.stringify(detail),
		detail,
	});
};

export const notFound = (message: string): Answer =>
	json(404, { code: 404, error_code: 'not_found', type: 'NotFound', message, detail: message });

/** Counts characters instead of UTF-16 units, as JSON Schema does. */
export const lengthOf = (value: string): number => [...value.trim()].length;
