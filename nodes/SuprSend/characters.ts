/** Characters as SuprSend's SDKs count them: an emoji is one, though JavaScript's `length` says two. */
export function characters(text: string): number {
	return [...text].length;
}
