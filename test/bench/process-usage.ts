import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { sum, sumBy } from 'lodash';

/** CPU time on Linux is in hundredths of a second (USER_HZ), on every machine. */
const msPerTick = 10;

interface ProcessStat {
	pid: number;
	parent: number;
	/** Includes children that have ended. */
	cpuMs: number;
}

/** Returns the CPU time so far of a process and of all that it has started. */
export function cpuMsOfTree(root: number): number {
	const stats = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.flatMap((name) => statOf(name) ?? []);
	const from = (pid: number): number =>
		sumBy(stats, (stat) => (stat.pid === pid ? stat.cpuMs : stat.parent === pid ? from(stat.pid) : 0));
	return from(root);
}

/** Resets the kernel's record of a process's peak memory. */
export function resetPeakMemory(pid: number): void {
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

export function peakMemoryMb(pid: number): number {
	const [, kibibytes = '0'] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
	return Number(kibibytes) / 1024;
}

/** Undefined if the process has ended in the meantime. */
function statOf(pid: string): ProcessStat | undefined {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		// The second field, the name, may contain spaces and parentheses.
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		const [parent = 0, ...ticks] = [1, 11, 12, 13, 14].map((index) => Number(fields[index]));
		return { pid: Number(pid), parent, cpuMs: sum(ticks) * msPerTick };
	} catch {
		return undefined;
	}
}
