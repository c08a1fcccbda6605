import type { IExecuteFunctions } from 'n8n-workflow';
import type { Fields } from '../../parameters';
import type { AttachedFiles, ItemFile } from '../../service/definition';

/**
 * Reads an item's files ahead, because mapping is synchronous.
 * @returns a function that gives a file, or throws why it can't be read
 */
export async function readItemFiles(
	context: IExecuteFunctions,
	itemIndex: number,
	settings: Fields,
	attached: AttachedFiles,
): Promise<(field: string) => ItemFile> {
	const files = new Map<string, ItemFile | Error>();
	for (const field of fieldNames(attached, settings)) {
		files.set(field, await readFile(context, itemIndex, field, attached.maxBytes));
	}
	return (field) => {
		const file = files.get(field) ?? new Error(`No file was read from '${field}'`);
		if (file instanceof Error) throw file;
		return file;
	};
}

/** Returns no names when an expression fails. The mapping reads the same parameters and reports the error. */
function fieldNames({ fieldsIn }: AttachedFiles, settings: Fields): string[] {
	try {
		return fieldsIn(settings);
	} catch {
		return [];
	}
}

/** Keeps one byte more than the limit, so that the schema rejects a larger file without holding all of it. */
async function readFile(
	{ helpers }: IExecuteFunctions,
	itemIndex: number,
	field: string,
	maxBytes: number,
): Promise<ItemFile | Error> {
	try {
		const { fileName = field, mimeType } = helpers.assertBinaryData(itemIndex, field);
		const bytes = await helpers.getBinaryDataBuffer(itemIndex, field);
		return { fileName, mimeType, base64: bytes.subarray(0, maxBytes + 1).toString('base64') };
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	}
}
