import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { N8nInstall } from '../host/install';
import { freePort } from '../host/ports';
import { waitFor } from '../host/wait';
import type { Counts, Fault, ProviderName, SandboxRecord } from '../sandbox';
import { providers } from '../sandbox/providers';

const REPOSITORY = join(__dirname, '..', '..');
const LEASH = join(REPOSITORY, 'test', 'host', 'leash.cjs');
const MAIN = join(REPOSITORY, 'test', 'sandbox', 'main.ts');

/** A sandbox in another process. */
export interface RemoteSandbox {
	url: string;
	baseUrl(provider: ProviderName): string;
	/** Removes what arrived and all faults. */
	reset(): Promise<void>;
	misbehave(fault: Fault): Promise<void>;
	counts(provider: ProviderName): Promise<Counts>;
	records(provider: ProviderName): Promise<SandboxRecord[]>;
}

export interface SandboxProcess extends RemoteSandbox {
	pid: number;
	stop(): Promise<void>;
}

/** Starts the sandbox in a process of its own, so that its CPU time doesn't count. */
export async function startSandboxProcess({ node }: N8nInstall): Promise<SandboxProcess> {
	const port = await freePort();
	const child = spawn(node, ['--require', LEASH, '--import', 'tsx', MAIN, String(port)], {
		cwd: REPOSITORY,
		stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
	});
	const sandbox = connectSandbox(`http://127.0.0.1:${port}`);
	await waitFor(async () => await sandbox.counts('suprsend'), { what: 'the sandbox', timeoutMs: 30_000 });
	return {
		...sandbox,
		pid: child.pid ?? 0,
		stop: async () => {
			const exited = once(child, 'exit');
			child.kill('SIGTERM');
			await exited;
		},
	};
}

export function connectSandbox(url: string): RemoteSandbox {
	const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
		const response = await fetch(`${url}/sandbox/${path}`, { method, body: JSON.stringify(body) });
		const text = await response.text();
		if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${path}: ${text}`);
		return text === '' ? undefined : JSON.parse(text);
	};
	return {
		url,
		baseUrl: (provider) => `${url}/${provider}${providers[provider].basePath}`,
		reset: async () => void (await ask('POST', 'reset')),
		misbehave: async (fault) => void (await ask('POST', 'faults', fault)),
		counts: async (provider) => (await ask('GET', `counts?provider=${provider}`)) as Counts,
		records: async (provider) => (await ask('GET', `records?provider=${provider}`)) as SandboxRecord[],
	};
}
