import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { control } from './control';
import { type Fault, Faults } from './faults';
import { type Counts, Journal, type SandboxDrop, type SandboxRecord, type SandboxRequest } from './journal';
import { Live } from './live';
import { play } from './play';
import { isProviderName, openAccounts, type ProviderName, providers } from './providers';
import type { Person } from './providers/provider';

export { credentials } from './credentials';
export type { Fault } from './faults';
export type { Counts, Ending, SandboxDrop, SandboxRecord, SandboxRequest } from './journal';
export { type ProviderName, providerNames } from './providers';
export type { Person } from './providers/provider';

export interface SandboxOptions {
	/** Default: any free port. */
	port?: number;
	/** What the page says as long as nothing has arrived. */
	hint?: string;
	/**
	 * Whom the services know from the start, and after a reset. Without it SuprSend takes events of everybody, so
	 * that nobody need be identified first; the others know nobody but who is in their own examples.
	 */
	people?: readonly Person[];
	/** The sandbox's clock, for tests about time. */
	now?: () => number;
}

export interface Sandbox {
	readonly url: string;
	/** What a user puts in the credential's Base URL. */
	baseUrl(provider: ProviderName): string;
	/** Every request a provider has seen, refused ones included, in order of arrival. */
	requests(provider?: ProviderName): SandboxRequest[];
	/** Every record a provider has stored, in order of arrival. */
	records(provider?: ProviderName, kind?: string): SandboxRecord[];
	/** What a provider threw away, and why, while it answered that all was well. */
	dropped(provider?: ProviderName): SandboxDrop[];
	counts(provider?: ProviderName): Counts;
	/** Records that were answered like the others but not stored, because their idempotency key was known. */
	deduplicated(provider?: ProviderName): number;
	/** The most requests that were unanswered at the same time. */
	peakInFlight(provider?: ProviderName): number;
	misbehave(fault: Fault): void;
	/** Forgets all faults. */
	behave(): void;
	/** Forgets what arrived, what the providers made of it, and all faults. */
	reset(): void;
	close(): Promise<void>;
}

const DEFAULT_HINT =
	'Copy a Base URL from above into the credential of that service’s node in n8n, then run a workflow that sends an event. It shows up here at once.';

/** `/suprsend/v1/user/?limit=1` is what SuprSend’s own host would see as `/v1/user/?limit=1`. */
const PROVIDER_URI = /^\/([^/?]+)(\/[^?]*)?(\?.*)?$/s;

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { port = 0, hint = DEFAULT_HINT, people, now = Date.now } = options;
	const faults = new Faults(now);
	const server = createServer();
	await new Promise<void>((listening, failed) => {
		server.once('error', failed).listen(port, '127.0.0.1', listening);
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	const baseUrl = (provider: ProviderName) => `${url}/${provider}${providers[provider].basePath}`;
	const live = new Live((provider) => journal.counts(provider), baseUrl, hint);
	// A request that is still under way when the sandbox is reset ends in the journal that is forgotten.
	const newJournal = (): Journal => {
		const fresh: Journal = new Journal(now, (news) => {
			if (fresh === journal) live.hear(news);
		});
		return fresh;
	};
	let journal = newJournal();
	let accounts = openAccounts(now, people);

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
			accounts = openAccounts(now, people);
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
		const [, provider, path = '', query = ''] = PROVIDER_URI.exec(incoming.url ?? '') ?? [];
		if (!isProviderName(provider)) return control(sandbox, live, incoming, response);
		const connection = connections.get(incoming.socket) ?? -1;
		await play({ journal, faults, accounts }, { provider, path, query, connection }, incoming, response);
	};
	server.on('request', (incoming, response) => {
		// Only a mistake in the sandbox itself gets here; the test that caused it must see it.
		answer(incoming, response).catch((error: Error) => {
			console.error(error);
			response.destroy(error);
		});
	});
	return sandbox;
}
