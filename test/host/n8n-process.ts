import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './commands';
import { n8nEnvironment, ownerPassword, type LogLevel } from './environment';
import { ensureN8n, type N8nInstall } from './install';
import { N8nChild } from './n8n-child';
import { N8nClient, type Credential, type Workflow } from './n8n-client';
import { unpackPackage } from './package';
import { freePort } from './ports';

export interface N8nOptions {
	/** Tarballs of community packages to install. */
	packages?: string[];
	credentials?: Credential[];
	/** Added and published in this order. */
	workflows?: Workflow[];
	/** Paths of webhooks that must answer before n8n counts as ready, e.g. `/webhook/customer-events`. */
	webhooks?: string[];
	/** Base URL of production webhooks. Default: the URL of this n8n. */
	webhookUrl?: string;
	/** Preferred port. If it isn't free, n8n gets another one. */
	port?: number;
	/** Default: a new folder that `stop()` removes. */
	stateDir?: string;
	/** Variables in addition to n8nEnvironment(), with priority over it. */
	env?: Record<string, string>;
	logLevel?: LogLevel;
	/** Ends the start early and leaves nothing running. */
	signal?: AbortSignal;
}

const SIGN_IN_TIMEOUT_MS = 120_000;
const WEBHOOK_TIMEOUT_MS = 30_000;

/** Starts a real n8n with these packages, credentials and workflows. It is ready for requests when this returns. */
export async function startN8n(options: N8nOptions = {}): Promise<RunningN8n> {
	const install = await ensureN8n();
	const stateDir = options.stateDir ?? (await mkdtemp(join(tmpdir(), 'customer-events-n8n-')));
	if (!existsSync(join(stateDir, '.n8n'))) await cp(install.emptyState, stateDir, { recursive: true });
	const port = await freePort(options.port);
	const brokerPort = await freePort();
	const n8n = new RunningN8n(install, stateDir, port, {
		password: await ownerPassword(stateDir),
		env: {
			...n8nEnvironment({ stateDir, port, brokerPort, logLevel: options.logLevel ?? 'warn' }),
			...options.env,
		},
		webhooks: options.webhooks ?? [],
		webhookUrl: options.webhookUrl,
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
	password: string;
	env: NodeJS.ProcessEnv;
	webhooks: string[];
	webhookUrl?: string;
	removeStateDir: boolean;
	signal?: AbortSignal;
}

/** n8n's main process and its state. End it with `stop()`; it also ends when this process does. */
export class RunningN8n extends N8nClient {
	readonly logFile: string;

	private readonly child: N8nChild;

	constructor(
		private readonly install: N8nInstall,
		readonly stateDir: string,
		readonly port: number,
		private readonly options: ProcessOptions,
	) {
		super(`http://127.0.0.1:${port}`, install.folder, options.password);
		this.logFile = join(stateDir, 'n8n.log');
		const { env, signal } = options;
		this.child = new N8nChild(install, {
			command: ['start'],
			env,
			port,
			logFile: this.logFile,
			signal,
		});
	}

	get pid(): number | undefined {
		return this.child.pid;
	}

	get isRunning(): boolean {
		return this.child.isRunning;
	}

	/** Base URL of production webhooks. */
	get webhookUrl(): string {
		return this.options.webhookUrl ?? this.url;
	}

	/** Starts the process and waits until it is ready and the owner is signed in. */
	async boot(): Promise<void> {
		await this.child.start();
		await this.child.eventually('n8n to let its owner sign in', SIGN_IN_TIMEOUT_MS, async () => {
			await this.signIn();
			return true;
		});
	}

	/** Waits until a webhook answers, which n8n's health check doesn't cover. OPTIONS starts no execution. */
	async waitForWebhook(path: string): Promise<void> {
		await this.child.eventually(`the webhook ${path}`, WEBHOOK_TIMEOUT_MS, async () => {
			const { headers } = await fetch(this.webhookUrl + path, {
				method: 'OPTIONS',
				headers: { origin: this.url },
			});
			const methods = headers.get('access-control-allow-methods') ?? 'OPTIONS';
			return methods !== 'OPTIONS' || undefined;
		});
	}

	/** Runs a command of n8n's command line on the same state. */
	async cli(...args: string[]): Promise<void> {
		const { node, cli } = this.install;
		await run(node, [cli, ...args], { cwd: this.stateDir, env: this.options.env });
	}

	/** Resolves when the signal is given. Rejects if n8n ends before that. */
	async runUntil(signal: AbortSignal): Promise<void> {
		await this.child.runUntil(signal);
	}

	/** Starts n8n again on the same state. Stops it gently first if it is running. */
	async restart(): Promise<void> {
		await this.child.end('SIGTERM');
		await this.boot();
		for (const path of this.options.webhooks) await this.waitForWebhook(path);
	}

	/** Ends n8n and everything that it started, as an out-of-memory kill or a power cut would. Keeps the state. */
	async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
		await this.child.end(signal);
	}

	/** Ends n8n gently, or by force after 15 s, and removes its state. */
	async stop(): Promise<void> {
		await this.child.end('SIGTERM');
		if (this.options.removeStateDir) await rm(this.stateDir, { recursive: true, force: true });
	}

	/**
	 * Returns another process for queue mode, a worker or a webhook processor. It has the same packages and its own state,
	 * as in a container. Start it, and end it before you stop this n8n.
	 */
	async newProcess(name: string, command: string[], env: Record<string, string> = {}): Promise<N8nChild> {
		const stateDir = join(this.stateDir, name);
		await mkdir(join(stateDir, '.n8n'), { recursive: true });
		await symlink(join(this.stateDir, '.n8n', 'nodes'), join(stateDir, '.n8n', 'nodes'));
		const port = env.N8N_PORT ?? String(await freePort());
		return new N8nChild(this.install, {
			command,
			env: {
				...this.options.env,
				N8N_USER_FOLDER: stateDir,
				N8N_PORT: port,
				// A worker's health check uses this port.
				QUEUE_HEALTH_CHECK_PORT: port,
				N8N_RUNNERS_BROKER_PORT: String(await freePort()),
				...env,
			},
			port: Number(port),
			logFile: join(stateDir, 'n8n.log'),
		});
	}
}
