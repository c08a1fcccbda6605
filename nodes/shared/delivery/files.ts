import type { IExecuteFunctions } from 'n8n-workflow';

/** A file that an item holds in one of its binary fields. */
export interface ItemFile {
	fileName: string;
	mimeType: string;
	base64: string;
}

/** Reads files ahead, since mapping items to records is done without waiting. What cannot be read throws when it is asked for. */
export class ItemFiles {
	private readonly read = new Map<string, ItemFile | Error>();

	constructor(private readonly context: IExecuteFunctions) {}

	/** Of a file that is larger just enough is kept to be refused for it, since the files of all items are held at once. */
	async readAhead(itemIndex: number, field: string, maxBytes: number): Promise<void> {
		const key = `${itemIndex}:${field}`;
		try {
			const { fileName = field, mimeType } = this.context.helpers.assertBinaryData(itemIndex, field);
			const bytes = await this.context.helpers.getBinaryDataBuffer(itemIndex, field);
			const base64 = bytes.subarray(0, maxBytes + 1).toString('base64');
			this.read.set(key, { fileName, mimeType, base64 });
		} catch (error) {
			this.read.set(key, error instanceof Error ? error : new Error(String(error)));
		}
	}

	get(itemIndex: number, field: string): ItemFile {
		const file = this.read.get(`${itemIndex}:${field}`) ?? new Error(`No file was read from '${field}'`);
		if (file instanceof Error) throw file;
		return file;
	}
}
