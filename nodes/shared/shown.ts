import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import { shorten } from './event';

/** Messages repeat texts of senders and services, which can be of any length. */
const longest = 1_000;

/** For text that n8n's editor shows as HTML: hints, and the description of an error. */
export function asHtml(text: string): string {
	const escaped = shorten(text, longest).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
	return escaped.replaceAll('>', '&gt;');
}

/**
 * For the message of an error, which the editor shows as HTML in a notification and as plain text in the node.
 * An invisible space after `<` keeps it from starting a tag, and looks the same in both.
 */
export function withoutTags(text: string): string {
	return shorten(text, longest).replaceAll('<', '<\u200b');
}

/** Shows a hint above the node's output. */
export function addHint(
	context: Pick<IExecuteFunctions, 'addExecutionHints'>,
	message: string,
	type: NodeExecutionHint['type'] = 'info',
): void {
	context.addExecutionHints({ message: asHtml(message), location: 'outputPane', type });
}
