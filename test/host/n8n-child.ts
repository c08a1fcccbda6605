import { once } from 'node:events';
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { killGroup, lastLines } from './commands';
import type { N8nInstall } from './install';
import { waitFor } from './wait';

export interface N8nChildOptions {
	/** n8n's command and its flags: `start`, `worker --concurrency=10` or `webhook`. */
	command: string[];
	env: NodeJS.ProcessEnv;
	/** The port of its health check. */
	port: number;
	logFile: string;
	/** Ends the start early. */
	signal?: AbortSignal;
}

const BOOT_TIMEOUT_MS = 300_000;
const STOP_TIMEOUT_MS = 15_000;
const LEASH = join(__dirname, 'leash.cjs');

/** One process of n8n. It ends when this process ends. */
export class N8nChild {
	readonly url: string;

	private child?: ChildProcess;

	constructor(
		private readonly install: N8nInstall,
		private readonly options: N8nChildOptions,
	) {
		this.url = `http://127.0.0.1:${options.port}`;
	}

	get pid(): number | undefined {
		return this.child?.pid;
	}

	get isRunning(): boolean {
		return this.child?.exitCode === null && this.child.signalCode === null;
	}

	/** Starts the process and waits until it is ready. */
	async start(): Promise<void> {
		this.spawn();
		await this.eventually('n8n to be ready', BOOT_TIMEOUT_MS, async () => {
			const { ok } = await fetch(`${this.url}/healthz/readiness`);
			return ok || undefined;
		});
	}

	/** Ends the process and all that it started, by force after 15 s. SIGKILL acts like an out-of-memory kill. */
	async end(signal: NodeJS.Signals): Promise<void> {
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

	/** Resolves when the signal is given. Rejects if the process ends before that. */
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

	/** Asks until there is an answer. Gives up if the process ends. */
	async eventually<T>(what: string, timeoutMs: number, ask: () => Promise<T | undefined>): Promise<T> {
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

	/** Returns everything that it has printed. */
	log(): string {
		return readFileSync(this.options.logFile, 'utf8');
	}

	private spawn(): void {
		const { command, env, logFile } = this.options;
		const log = openSync(logFile, 'a');
		const { node, cli } = this.install;
		this.child = spawn(node, ['--require', LEASH, cli, ...command], {
			// As in n8n's own images: the folder for files that n8n may read, .n8n-files, is in there.
			cwd: env.HOME,
			env,
			// Its own process group, so that only this process handles Ctrl-C and can end n8n's children.
			detached: process.platform !== 'win32',
			stdio: ['ignore', log, log, 'pipe'],
		});
		closeSync(log);
		this.child.unref();
		(this.child.stdio[3] as Socket).unref();
	}

	private endOfLog(): string {
		return `The end of its log:\n${lastLines(this.log())}`;
	}
}
