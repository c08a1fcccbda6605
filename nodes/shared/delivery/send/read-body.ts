/**
 * The most bytes of a response that are read, after inflating. A larger one is cut, and its connection closed. The
 * search for secrets needs a limit, too: beyond about 7 MB, its patterns can exceed the stack.
 */
const mostBytes = 5 * 1024 * 1024;
/** A response that reports an error is only searched for a message. */
const mostErrorBytes = 100 * 1024;

export const mostMegabytes = mostBytes / 1024 / 1024;

interface Body {
	text: string;
	/** Whether the text is only the beginning. */
	isCut: boolean;
}

/** Reads the body of a response as text, up to a limit. */
export async function readBody(body: unknown, statusCode: number): Promise<Body> {
	if (!isStream(body)) return { text: '', isCut: false };
	const most = statusCode < 300 ? mostBytes : mostErrorBytes;
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	// Leaving the loop early destroys the stream.
	for await (const chunk of body) {
		chunks.push(chunk);
		bytes += chunk.length;
		if (bytes > most) break;
	}
	const isCut = bytes > most;
	// The decoder also removes a byte order mark.
	return { text: new TextDecoder().decode(Buffer.concat(chunks).subarray(0, most)), isCut };
}

function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
