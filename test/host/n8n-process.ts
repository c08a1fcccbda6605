import { once } from 'node:events';
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killGroup, lastLines, run } from './commands';
import { n8nEnvironment, type LogLevel } from './environment';
import { ensureN8n, type N8nInstall } from './install';
import { N8nClient, type Credential, type Workflow } from './n8n-client';
import { unpackPackage } from './package';
import { freePort } from './ports';
import { waitFor } from './wait';

export interface N8nOptions {
	/** Tarballs of community packages to install. */
	packages?: string[];
	credentials?: Credential[];
	/** Added and published in this order. */
	workflows?: Workflow[];
	/** Paths of webhooks that must answer before n8n counts as ready, e.g. `/webhook/customer-events`. */
	webhooks?: string[];
	/** Preferred port; another one is taken when it is not free. */
	port?: number;
	/** Default: a fresh folder that `stop()` removes. */
	stateDir?: string;
	/** On top of (and over) n8nEnvironment(). */
	env?: Record<string, string>;
	logLevel?: LogLevel;
	/** Ends the start early, leaving nothing running. */
	signal?: AbortSignal;
}

const BOOT_TIMEOUT_MS = 120_000;
const WEBHOOK_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 15_000;
const LEASH = join(__dirname, 'leash.cjs');

/** Boots a real n8n on loopback with the given packages, credentials and workflows, ready for requests. */
export async function startN8n(options: N8nOptions = {}): Promise<RunningN8n> {
	const install = await ensureN8n();
	const stateDir = options.stateDir ?? (await mkdtemp(join(tmpdir(), 'customer-events-n8n-')));
	if (!existsSync(join(stateDir, '.n8n'))) await cp(install.emptyState, stateDir, { recursive: true });
	const port = await freePort(options.port);
	const brokerPort = await freePort();
	const n8n = new RunningN8n(install, stateDir, port, {
		env: {
			...n8nEnvironment({ stateDir, port, brokerPort, logLevel: options.logLevel ?? 'warn' }),
			...options.env,
		},
		webhooks: options.webhooks ?? [],
		removeStateDir: options.stateDir === undefined,
		signal: options.signal,
	});
	try {
		for (const tarball of options.packages ?? []) await unpackPackage(tarball, stateDir);
		await n8n.boot();
		for (const credential of options.credentials ?? []) await n8n.addCredential(credential);
		for (const workflow of options.workflows ?? []) await n8n.addWorkflow(workflow);
		for (const path of options.webhooks ?? []) await n8n.waitForWebhook(path);
		return n8n;
	} catch (error) {
		await n8n.stop();
		throw error;
	}
}

interface ProcessOptions {
	env: NodeJS.ProcessEnv;
	webhooks: string[];
	removeStateDir: boolean;
	signal?: AbortSignal;
}

/** One n8n process and its state. `stop()` it when done; it also leaves when this process does. */
export class RunningN8n extends N8nClient {
	readonly logFile: string;

	private child?: ChildProcess;

	constructor(
		private readonly install: N8nInstall,
		readonly stateDir: string,
		readonly port: number,
		private readonly options: ProcessOptions,
	) {
		super(`http://127.0.0.1:${port}`, install.folder);
		this.logFile = join(stateDir, 'n8n.log');
	}

	get pid(): number | undefined {
		return this.child?.pid;
	}

	get isRunning(): boolean {
		return this.child?.exitCode === null && this.child.signalCode === null;
	}

	/** Starts the process and waits until it is ready and the owner is signed in. */
	async boot(): Promise<void> {
		this.spawn();
		await this.eventually('n8n to be ready', BOOT_TIMEOUT_MS, async () => {
			const { ok } = await fetch(`${this.url}/healthz/readiness`);
			return ok || undefined;
		});
		await this.eventually('n8n to let its owner sign in', BOOT_TIMEOUT_MS, async () => {
			await this.signIn();
			return true;
		});
	}

	/** n8n is ready before its webhooks are; asking which methods a path takes causes no execution. */
	async waitForWebhook(path: string): Promise<void> {
		await this.eventually(`the webhook ${path}`, WEBHOOK_TIMEOUT_MS, async () => {
			const { headers } = await fetch(this.url + path, { method: 'OPTIONS', headers: { origin: this.url } });
			const methods = headers.get('access-control-allow-methods') ?? 'OPTIONS';
			return methods !== 'OPTIONS' || undefined;
		});
	}

	/** Runs a command of n8n's own command line on the same state. */
	async cli(...args: string[]): Promise<void> {
		const { node, cli } = this.install;
		await run(node, [cli, ...args], { cwd: this.stateDir, env: this.options.env });
	}

	/** Resolves when the signal is given; rejects when n8n ends before that, by itself. */
	async runUntil(signal: AbortSignal): Promise<void> {
		const { child } = this;
		child?.ref();
		try {
			if (child && this.isRunning) await once(child, 'exit', { signal });
			throw new Error(`n8n has ended by itself. ${this.endOfLog()}`);
		} catch (error) {
			if (!signal.aborted) throw error;
		}
	}

	/** Boots again on the same state, stopping gently first where it still runs. */
	async restart(): Promise<void> {
		await this.end('SIGTERM');
		await this.boot();
		for (const path of this.options.webhooks) await this.waitForWebhook(path);
	}

	/** Ends n8n and all that it started, as an out-of-memory kill or a power cut would. The state stays. */
	async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
		await this.end(signal);
	}

	/** Ends n8n gently (by force after 15 s) and removes its state. */
	async stop(): Promise<void> {
		await this.end('SIGTERM');
		if (this.options.removeStateDir) await rm(this.stateDir, { recursive: true, force: true });
	}

	private spawn(): void {
		const log = openSync(this.logFile, 'a');
		const { node, cli } = this.install;
		this.child = spawn(node, ['--require', LEASH, cli, 'start'], {
			// As in n8n's own images: where people put files for n8n to read, .n8n-files, is a folder in there.
			cwd: join(this.stateDir, 'home'),
			env: this.options.env,
			// Its own process group: Ctrl-C reaches it through us, and its children can be ended with it.
			detached: process.platform !== 'win32',
			stdio: ['ignore', log, log, 'pipe'],
		});
		closeSync(log);
		this.child.unref();
		(this.child.stdio[3] as Socket).unref();
	}

	private async end(signal: NodeJS.Signals): Promise<void> {
		const { child } = this;
		if (!child) return;
		if (this.isRunning) {
			const exited = once(child, 'exit');
			if (signal === 'SIGKILL') killGroup(child.pid, signal);
			else child.kill(signal);
			const deadline = setTimeout(() => killGroup(child.pid, 'SIGKILL'), STOP_TIMEOUT_MS);
			await exited;
			clearTimeout(deadline);
		}
		killGroup(child.pid, 'SIGKILL');
	}

	private async eventually<T>(
		what: string,
		timeoutMs: number,
		ask: () => Promise<T | undefined>,
	): Promise<T> {
		const giveUpIf = () => {
			this.options.signal?.throwIfAborted();
			if (!this.isRunning) throw new Error('n8n ended while starting up.');
		};
		try {
			return await waitFor(ask, { what, timeoutMs, giveUpIf });
		} catch (error) {
			throw new Error(`${(error as Error).message} ${this.endOfLog()}`);
		}
	}

	private endOfLog(): string {
		return `The end of its log:\n${lastLines(readFileSync(this.logFile, 'utf8'))}`;
	}
}
