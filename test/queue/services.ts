import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastLines, run } from '../host/commands';
import { freePort } from '../host/ports';
import { waitFor } from '../host/wait';

const START_TIMEOUT_MS = 30_000;

/** Makes the kernel end a server when this process ends, in any way. */
const LEASH = ['setpriv', '--pdeathsig'];
/** Postgres doesn't run as root. */
const AS_POSTGRES =
	process.getuid?.() === 0 ? ['--reuid=postgres', '--regid=postgres', '--clear-groups'] : [];

interface ServiceOptions {
	/** Folder of its data and its log. */
	folder: string;
	port: number;
	command: string[];
	/** A command that succeeds when the server accepts requests. */
	probe: string[];
	/** Ends the server at once. */
	signal: NodeJS.Signals;
}

/** A server on loopback with temporary data. */
export class Service {
	private child?: ChildProcess;

	constructor(private readonly options: ServiceOptions) {}

	get port(): number {
		return this.options.port;
	}

	get pid(): number | undefined {
		return this.child?.pid;
	}

	async start(): Promise<void> {
		const { folder, command, probe } = this.options;
		const logFile = join(folder, 'log');
		const log = openSync(logFile, 'a');
		const [program = '', ...args] = command;
		const child = spawn(program, args, { cwd: folder, stdio: ['ignore', log, log] });
		closeSync(log);
		this.child = child;
		const giveUpIf = () => {
			if (!hasEnded(child)) return;
			throw new Error(
				`\`${command.join(' ')}\` ended while starting up. Are redis-server and postgresql installed? ` +
					`The end of its log:\n${lastLines(readFileSync(logFile, 'utf8'))}`,
			);
		};
		const answers = async () => {
			await runProgram(probe, folder);
			return true;
		};
		await waitFor(answers, { what: 'the server to answer', timeoutMs: START_TIMEOUT_MS, giveUpIf });
	}

	/** Ends the server as a crash would. Its data stays. */
	async kill(): Promise<void> {
		const { child } = this;
		if (!child || hasEnded(child)) return;
		const exited = once(child, 'exit');
		child.kill(this.options.signal);
		await exited;
	}

	async stop(): Promise<void> {
		await this.kill();
		await rm(this.options.folder, { recursive: true, force: true });
	}
}

/** Starts a Redis that writes to disk before it answers. */
export async function startRedis(): Promise<Service> {
	const folder = await mkdtemp(join(tmpdir(), 'customer-events-redis-'));
	const port = String(await freePort());
	const settings = ['--bind', '127.0.0.1', '--port', port, '--appendonly', 'yes', '--save', ''];
	const redis = new Service({
		folder,
		port: Number(port),
		command: [...LEASH, 'SIGKILL', 'redis-server', ...settings],
		probe: ['redis-cli', '-p', port, 'ping'],
		signal: 'SIGKILL',
	});
	await redis.start();
	return redis;
}

/**
 * Starts a Postgres with the user and the database `postgres`.
 * @param durable whether it writes to disk before it answers, as by default
 */
export async function startPostgres({ durable }: { durable: boolean }): Promise<Service> {
	const folder = await mkdtemp(join(tmpdir(), 'customer-events-postgres-'));
	const data = join(folder, 'data');
	const port = String(await freePort());
	const program = await findPostgres();
	// SIGQUIT stops it faster than other signals, without leaving shared memory behind.
	const asPostgres = [...LEASH, 'SIGQUIT', ...AS_POSTGRES];
	if (AS_POSTGRES.length > 0) await runProgram(['chown', 'postgres', folder], folder);
	const initdb = [program('initdb'), '-D', data, '-U', 'postgres', '--auth=trust', '-E', 'UTF8', '--no-sync'];
	await runProgram([...asPostgres, ...initdb], folder);
	const settings = {
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		max_connections: '200',
		fsync: durable ? 'on' : 'off',
	};
	const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const postgres = new Service({
		folder,
		port: Number(port),
		command: [...asPostgres, program('postgres'), '-D', data, '-p', port, ...flags],
		probe: [program('pg_isready'), '-h', '127.0.0.1', '-p', port],
		signal: 'SIGQUIT',
	});
	await postgres.start();
	return postgres;
}

/** Debian doesn't put Postgres' programs on the PATH. */
async function findPostgres(): Promise<(program: string) => string> {
	const folder = (await runProgram(['pg_config', '--bindir'], tmpdir())).trim();
	return (program) => join(folder, program);
}

async function runProgram([program = '', ...args]: string[], cwd: string): Promise<string> {
	return await run(program, args, { cwd });
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
	return exitCode !== null || signalCode !== null;
}
