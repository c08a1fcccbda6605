import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { readItemFiles } from '../../../nodes/shared/delivery/read/item-files';

const binary: Record<string, IBinaryData> = {
	invoice: { fileName: 'invoice.pdf', mimeType: 'application/pdf', data: '' },
	unnamed: { mimeType: 'text/plain', data: '' },
};
const bytes = Buffer.from('0123456789');

/** The helpers of n8n that read binary data, and what they were asked for. */
function contextWith() {
	const reads: Array<[number, string]> = [];
	const context = {
		helpers: {
			assertBinaryData(_: number, field: string) {
				const data = binary[field];
				if (field === 'text') throw 'Only text';
				if (data === undefined) throw new Error(`This item has no '${field}'`);
				return data;
			},
			async getBinaryDataBuffer(itemIndex: number, field: string) {
				reads.push([itemIndex, field]);
				return await Promise.resolve(bytes);
			},
		},
	} as unknown as IExecuteFunctions;
	return { context, reads };
}

const read = async (fields: string[], maxBytes = 100) => {
	const { context, reads } = contextWith();
	const attached = { fieldsIn: () => fields, maxBytes };
	return { file: await readItemFiles(context, 3, () => undefined, attached), reads };
};

test('reads the files of the item', async () => {
	const { file, reads } = await read(['invoice', 'unnamed']);
	expect(file('invoice')).toEqual({
		fileName: 'invoice.pdf',
		mimeType: 'application/pdf',
		base64: bytes.toString('base64'),
	});
	expect(file('unnamed').fileName).toBe('unnamed');
	expect(reads).toEqual([
		[3, 'invoice'],
		[3, 'unnamed'],
	]);
});

test('keeps one byte more than the limit of a larger file', async () => {
	const { file } = await read(['invoice'], 4);
	expect(Buffer.from(file('invoice').base64, 'base64').toString()).toBe('01234');
});

test('fails for a missing file when it is asked for, not before', async () => {
	const { file } = await read(['missing', 'text', 'invoice']);
	expect(() => file('missing')).toThrow("This item has no 'missing'");
	expect(() => file('text')).toThrow('Only text');
	expect(file('invoice').fileName).toBe('invoice.pdf');
});

test('fails for a field that was not read', async () => {
	const { file } = await read([]);
	expect(() => file('invoice')).toThrow("'invoice'");
});

test('reads no files when the expression for their names fails, and leaves the error to the mapping', async () => {
	const { context, reads } = contextWith();
	const fieldsIn = () => {
		throw new Error('The expression fails');
	};
	const file = await readItemFiles(context, 0, () => undefined, { fieldsIn, maxBytes: 100 });
	expect(() => file('invoice')).toThrow("'invoice'");
	expect(reads).toEqual([]);
});
