import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { control } from './control';
import { type Fault, Faults } from './faults';
import { type Counts, Journal, type SandboxDrop, type SandboxRecord, type SandboxRequest } from './journal';
import { Live } from './live';
import { play } from './play';
import { isProviderName, openAccounts, type ProviderName, providers } from './providers';
import type { Given } from './providers/provider';

export { credentials } from './credentials';
export type { Fault } from './faults';
export type { Counts, Ending, SandboxDrop, SandboxRecord, SandboxRequest } from './journal';
export { type ProviderName, providerNames } from './providers';
export type { FilledIn, Person } from './providers/provider';

export interface SandboxOptions extends Given {
	/** Default: any free port. */
	port?: number;
	/** The page's text until something arrives. */
	hint?: string;
	/** The sandbox's clock. Tests about time replace it. */
	now?: () => number;
}

export interface Sandbox {
	readonly url: string;
	/** The credential's Base URL. */
	baseUrl(provider: ProviderName): string;
	/** Every request to a service, including refused ones, in order of arrival. */
	requests(provider?: ProviderName): SandboxRequest[];
	/** Every record that a service has stored, in order of arrival. */
	records(provider?: ProviderName, kind?: string): SandboxRecord[];
	/** Records that a service dropped although it answered with success, and why. */
	dropped(provider?: ProviderName): SandboxDrop[];
	counts(provider?: ProviderName): Counts;
	/** How many records were answered with success but not stored, because their idempotency key was known. */
	deduplicated(provider?: ProviderName): number;
	/** The most requests without an answer at the same time. */
	peakInFlight(provider?: ProviderName): number;
	misbehave(fault: Fault): void;
	/** Removes all faults. */
	behave(): void;
	/** Removes all requests, records, accounts and faults. */
	reset(): void;
	close(): Promise<void>;
}

const DEFAULT_HINT =
	'In n8n, create a credential with the Base URL and keys from a card above, then run a workflow that sends an event.';

/** `/suprsend/v1/user/?limit=1` is `/v1/user/?limit=1` on SuprSend’s own host. */
const PROVIDER_URI = /^\/([^/?]+)(\/[^?]*)?(\?.*)?$/s;

/** The names of this machine. A page elsewhere can have a name of its own point here. */
const HERE = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** Whether a request comes from a program on this machine or from the sandbox's own page, not from a page elsewhere. */
function isFromHere({ host = '', origin }: IncomingHttpHeaders, url: string): boolean {
	const isOwnPage =
		origin === undefined || origin === url || origin === url.replace('127.0.0.1', 'localhost');
	return isOwnPage && HERE.test(host);
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { port = 0, hint = DEFAULT_HINT, now = Date.now, ...given } = options;
	const faults = new Faults(now);
	const server = createServer();
	await new Promise<void>((listening, failed) => {
		server.once('error', failed).listen(port, '127.0.0.1', listening);
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	const baseUrl = (provider: ProviderName) => `${url}/${provider}${providers[provider].basePath}`;
	const live = new Live((provider) => journal.counts(provider), baseUrl, hint);
	// A request that runs during a reset ends in the old journal.
	const newJournal = (): Journal => {
		const fresh: Journal = new Journal(now, (news) => {
			if (fresh === journal) live.hear(news);
		});
		return fresh;
	};
	let journal = newJournal();
	let accounts = openAccounts(now, given);

	const sandbox: Sandbox = {
		url,
		baseUrl,
		requests: (provider) => journal.requests(provider),
		records: (provider, kind) => journal.records(provider, kind),
		dropped: (provider) => journal.dropped(provider),
		counts: (provider) => journal.counts(provider),
		deduplicated: (provider) => journal.counts(provider).deduplicated,
		peakInFlight: (provider) => journal.counts(provider).peakInFlight,
		misbehave: (fault) => faults.add(fault),
		behave: () => faults.clear(),
		reset: () => {
			journal = newJournal();
			accounts = openAccounts(now, given);
			faults.clear();
			live.forget();
		},
		close: () =>
			new Promise((closed) => {
				live.close();
				server.close(() => closed());
				server.closeAllConnections();
			}),
	};

	const connections = new WeakMap<Socket, number>();
	let connectionCount = 0;
	server.on('connection', (socket) => {
		const connection = connectionCount++;
		connections.set(socket, connection);
		socket.once('close', () => journal.disconnect(connection));
	});

	const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
		if (!isFromHere(incoming.headers, url)) {
			response.writeHead(403).end('The sandbox only answers programs on this machine and its own page.\n');
			return;
		}
		const [, provider, path = '', query = ''] = PROVIDER_URI.exec(incoming.url ?? '') ?? [];
		if (!isProviderName(provider)) return control(sandbox, live, incoming, response);
		const connection = connections.get(incoming.socket) ?? -1;
		await play({ journal, faults, accounts }, { provider, path, query, connection }, incoming, response);
	};
	server.on('request', (incoming, response) => {
		// An error of the sandbox itself. The test that caused it must see it.
		answer(incoming, response).catch((error: Error) => {
			console.error(error);
			response.destroy(error);
		});
	});
	return sandbox;
}
