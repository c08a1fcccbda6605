import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { ensureClients, requireClient } from './clients';
import type { Browser, Playwright } from './playwright';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ON_MACOS = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** Starts Chromium or Chrome without a window. It can reach only this machine. */
export async function launchBrowser(): Promise<Browser> {
	const { chromium } = await requireClient<Playwright>('playwright-core');
	return await chromium.launch({
		executablePath: findBrowser(),
		args: [
			// The browser's sandbox doesn't run as root, which CI containers use.
			...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
			'--disable-dev-shm-usage',
			'--disable-gpu',
			'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
		],
	});
}

function findBrowser(): string {
	const onPath = (process.env.PATH ?? '')
		.split(delimiter)
		.flatMap((folder) => NAMES.map((name) => join(folder, name)));
	const found = [process.env.CHROMIUM ?? '', ...onPath, ON_MACOS].find((path) => existsSync(path));
	if (found !== undefined) return found;
	throw new Error(
		'There is no Chromium and no Chrome for the tests that need a browser. Install one, on Debian with ' +
			'`apt-get install chromium`, or name its path in CHROMIUM.',
	);
}

/**
 * A web site whose page can import Segment's browser SDK as its documentation says, and the files of other clients under
 * `/node_modules/`.
 */
export interface Site {
	origin: string;
	close(): Promise<void>;
}

const SDK = '@segment/analytics-next';

const page = `<!doctype html>
<title>A shop</title>
<link rel="icon" href="data:,">
<script src="/index.js"></script>
<script type="importmap">
	{ "imports": { "${SDK}": "data:text/javascript,export const { AnalyticsBrowser } = globalThis.AnalyticsNext;" } }
</script>`;

export async function serveSite(): Promise<Site> {
	const clients = await ensureClients();
	const folder = join(clients, 'node_modules', SDK, 'dist', 'umd');
	const server = createServer((request, response) => {
		const name = (request.url ?? '').slice(1);
		if (name === '') return response.setHeader('content-type', 'text/html').end(page);
		readFile(join(name.startsWith('node_modules/') ? clients : folder, name)).then(
			(script) => response.setHeader('content-type', 'text/javascript').end(script),
			() => response.writeHead(404).end(),
		);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
