import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import { run } from '../host/commands';
import type { N8nInstall } from '../host/install';

/** The machine of the measurement. */
export interface Machine {
	cpu: string;
	cores: number;
	memoryGb: number;
	system: string;
	/** The Node.js that runs n8n, the sandbox and everything that is measured. */
	node: string;
	n8n: string;
	/** What else the machine did: the load average of the minute before. */
	loadBefore: number;
}

export async function thisMachine({ node, version, folder }: N8nInstall): Promise<Machine> {
	return {
		cpu: cpus()[0]?.model ?? 'unknown',
		cores: cpus().length,
		memoryGb: Math.round(totalmem() / 2 ** 30),
		system: `${platform()} ${arch()}`,
		node: (await run(node, ['--version'], { cwd: folder })).trim(),
		n8n: version,
		loadBefore: loadavg()[0] ?? 0,
	};
}
