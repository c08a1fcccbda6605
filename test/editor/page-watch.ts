import manifest from '../../package.json';
import type { Page } from '../host/playwright';

/** A request of n8n's node panel about every community package that it shows. It gets no answer here. */
const ASKED_BY_N8N = `https://registry.npmjs.org/${manifest.name}`;

/** n8n looks for the fields of a node that hasn't run yet, and not every node has such a file. */
const SCHEMAS = /\/schemas\/[\w.@/-]+\.json$/;

/** n8n's own error when a link opens or leaves a workflow. */
const LINKED_WORKFLOW = /^Error: injectNDVStore\(\) was accessed without an active workflow/;

/** Records problems of a page that a user wouldn't notice. */
export class PageWatch {
	/** Addresses outside this machine that the page requested. */
	private outside: string[] = [];
	/** Errors and warnings in the console. */
	private complaints: string[] = [];

	constructor(page: Page) {
		page.on('request', (request) => {
			const url = request.url();
			const { protocol, hostname } = new URL(url);
			if (protocol.startsWith('http') && hostname !== '127.0.0.1' && url !== ASKED_BY_N8N)
				this.outside.push(url);
		});
		page.on('pageerror', (error) => {
			if (!LINKED_WORKFLOW.test(String(error))) this.complaints.push(String(error));
		});
		page.on('console', (message) => {
			const { url } = message.location();
			const isKnown = url === ASKED_BY_N8N || SCHEMAS.test(url) || LINKED_WORKFLOW.test(message.text());
			if (message.type() === 'error' && !isKnown) this.complaints.push(`${message.text()} (${url})`);
		});
	}

	/** Returns the problems since the last call. */
	take(): { outside: string[]; complaints: string[] } {
		const { outside, complaints } = this;
		this.outside = [];
		this.complaints = [];
		return { outside, complaints };
	}
}
