import manifest from '../../package.json';
import type { Page } from '../host/playwright';

/** What n8n's own node panel asks about every community package that it shows; it gets no answer here. */
const ASKED_BY_N8N = `https://registry.npmjs.org/${manifest.name}`;

/** Sees what goes wrong in a page unnoticed. */
export class PageWatch {
	/** Addresses outside of this machine that the page wanted something from. */
	private outside: string[] = [];
	/** What it said in the console to be wrong. */
	private complaints: string[] = [];

	constructor(page: Page) {
		page.on('request', (request) => {
			const url = request.url();
			const { protocol, hostname } = new URL(url);
			if (protocol.startsWith('http') && hostname !== '127.0.0.1' && url !== ASKED_BY_N8N)
				this.outside.push(url);
		});
		page.on('pageerror', (error) => this.complaints.push(String(error)));
		page.on('console', (message) => {
			const { url } = message.location();
			if (message.type() === 'error' && url !== ASKED_BY_N8N)
				this.complaints.push(`${message.text()} (${url})`);
		});
	}

	/** What was seen since the last time. */
	take(): { outside: string[]; complaints: string[] } {
		const { outside, complaints } = this;
		this.outside = [];
		this.complaints = [];
		return { outside, complaints };
	}
}
