import { accepted, notAccepted, type Checked } from '../../checked';

/**
 * Inflates gzip that isn't labeled, as posthog-js sends it. Labeled gzip is inflated before. Other bytes stay as they
 * are.
 * @param mostBytes the most that it may inflate to. Stops there, however much is in it.
 */
export async function inflateGzip(
	sent: Buffer,
	mostBytes: number,
): Promise<Checked<Buffer, 'too_large' | 'broken'>> {
	if (sent[0] !== 0x1f || sent[1] !== 0x8b) return accepted(sent);
	const chunks: Uint8Array[] = [];
	let length = 0;
	try {
		for await (const chunk of new Blob([new Uint8Array(sent)])
			.stream()
			.pipeThrough(new DecompressionStream('gzip'))) {
			length += chunk.length;
			// Leaving the loop cancels the stream.
			if (length > mostBytes) return notAccepted('too_large');
			chunks.push(chunk);
		}
	} catch {
		return notAccepted('broken');
	}
	return accepted(Buffer.concat(chunks));
}
