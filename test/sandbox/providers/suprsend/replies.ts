import { type Answer, json } from '../provider';

export interface Flaw {
	field: string;
	message: string;
}

export const MAX_REQUEST_BYTES = 819_200;

/**
 * The envelope is documented, what `detail` holds only by example: the field and what is wrong with it. It does
 * not say which record of an array is bad, so that no client comes to rely on being told. That a body that is
 * too big, is empty or is not JSON gets this same 400 is a choice too.
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

/** Characters, not UTF-16 units: JSON Schema counts lengths so. */
export const lengthOf = (value: string): number => [...value.trim()].length;
