/** `npm start`, after scripts/start.mjs: a real n8n with this package, a demo workflow, and a sandbox that plays the services. */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { startDemo } from './demo';
import { ensureN8n } from './install';
import { keptFolder, useKeptFolder } from './kept-folder';
import { packPackage } from './package';
import { step } from './progress';
import { smoke } from './smoke';
import { welcome } from './welcome';

interface Flags {
	port: number;
	sandboxPort: number;
	reset: boolean;
	smoke: boolean;
}

async function main(): Promise<number> {
	const flags = readFlags();
	const { signal } = stopOnSignals();
	const giveBack = flags.smoke ? async () => {} : await useKeptFolder(flags);
	try {
		return (await serve(flags, signal)) ? 0 : 1;
	} catch (error) {
		if (signal.aborted) return flags.smoke ? 1 : 0;
		console.error(`\n${messageOf(error)}`);
		return 1;
	} finally {
		await giveBack();
		const whatIsLeft = flags.smoke ? 'Their data was removed.' : `Your workflows are saved in ${keptFolder}`;
		console.log(`\n  Stopped n8n and the sandbox. ${whatIsLeft}`);
	}
}

async function serve(flags: Flags, signal: AbortSignal): Promise<boolean> {
	await ensureN8n();
	const tarball = await packPackage();
	const demo = await step('Start n8n', 'about 10 seconds', () =>
		startDemo({
			port: flags.port,
			sandboxPort: flags.sandboxPort,
			packages: [tarball],
			stateDir: flags.smoke ? undefined : keptFolder,
			offerTemplates: true,
			// For newcomers who add a Code node.
			env: { N8N_RUNNERS_MODE: 'internal' },
			signal,
		}),
	);
	try {
		if (flags.smoke) return await Promise.race([smoke(demo), rejectOn(signal)]);
		console.log(welcome(demo));
		await demo.n8n.runUntil(signal);
		return true;
	} finally {
		await demo.stop();
	}
}

function readFlags(): Flags {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '5678' },
			'sandbox-port': { type: 'string', default: '4010' },
			reset: { type: 'boolean', default: false },
			smoke: { type: 'boolean', default: false },
		},
	});
	const toPort = (text: string) => {
		const port = Number(text);
		if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
		throw new Error(`"${text}" isn't a port: enter a number up to 65535.`);
	};
	return { ...values, port: toPort(values.port), sandboxPort: toPort(values['sandbox-port']) };
}

async function rejectOn(signal: AbortSignal): Promise<never> {
	if (!signal.aborted) await once(signal, 'abort');
	throw signal.reason;
}

/** Handles Ctrl-C once: it arrives from the terminal and again from npm. */
function stopOnSignals(): AbortController {
	const controller = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => controller.abort());
	// npm sends SIGTERM only to its shell, which ends without telling us.
	const shell = process.ppid;
	const watch = setInterval(() => {
		if (process.ppid === shell) return;
		clearInterval(watch);
		process.kill(process.pid, 'SIGTERM');
	}, 500).unref();
	return controller;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

main().then(
	(code) => process.exit(code),
	(error) => {
		console.error(messageOf(error));
		process.exit(1);
	},
);
