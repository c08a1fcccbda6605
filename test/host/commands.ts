import { spawn } from 'node:child_process';

export interface CommandOptions {
	cwd: string;
	env?: NodeJS.ProcessEnv;
}

const LAST_LINES = 30;
const FATAL_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a command and returns its output. If the command fails, the error shows its last lines. A signal that ends this
 * process also ends the command and everything that it started.
 */
export async function run(command: string, args: string[], { cwd, env }: CommandOptions): Promise<string> {
	const isWindows = process.platform === 'win32';
	const child = spawn(command, args, {
		cwd,
		env: env ?? process.env,
		stdio: ['ignore', 'pipe', 'pipe'],
		// Its own process group, so that compilers started by npm can be stopped, too.
		detached: !isWindows,
		shell: isWindows,
	});
	const stop = () => killGroup(child.pid, 'SIGKILL');
	const stopAndLeave = (signal: NodeJS.Signals) => {
		stop();
		if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
	};
	process.once('exit', stop);
	for (const signal of FATAL_SIGNALS) process.once(signal, stopAndLeave);

	try {
		return await new Promise<string>((resolve, reject) => {
			let output = '';
			child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
			child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
			child.once('error', reject);
			child.once('close', (code, signal) => {
				if (code === 0) return resolve(output);
				const line = [command, ...args].join(' ');
				reject(new Error(`\`${line}\` ended with ${signal ?? `code ${code}`}:\n${lastLines(output)}`));
			});
		});
	} finally {
		process.off('exit', stop);
		for (const signal of FATAL_SIGNALS) process.off(signal, stopAndLeave);
	}
}

/** Signals a process and its process group. Does nothing if the group no longer exists. */
export function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
	if (pid === undefined) return;
	try {
		process.kill(process.platform === 'win32' ? pid : -pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

/** Returns the end of a log, where the reason of a failure usually is. */
export function lastLines(log: string, count = LAST_LINES): string {
	return log.trimEnd().split('\n').slice(-count).join('\n');
}
