import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { sum, sumBy } from 'lodash';

/** Linux counts CPU time in hundredths of a second (USER_HZ), on every machine. */
const msPerTick = 10;

interface ProcessStat {
	pid: number;
	parent: number;
	/** With that of its children that have ended. */
	cpuMs: number;
}

/** CPU time that a process and all that it has started have taken so far. */
export function cpuMsOfTree(root: number): number {
	const stats = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.flatMap((name) => statOf(name) ?? []);
	const from = (pid: number): number =>
		sumBy(stats, (stat) => (stat.pid === pid ? stat.cpuMs : stat.parent === pid ? from(stat.pid) : 0));
	return from(root);
}

/** Has the kernel count the peak of a process's memory anew. */
export function resetPeakMemory(pid: number): void {
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

export function peakMemoryMb(pid: number): number {
	const [, kibibytes = '0'] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
	return Number(kibibytes) / 1024;
}

/** Undefined for a process that has ended in the meantime. */
function statOf(pid: string): ProcessStat | undefined {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		// The second field, the name, may hold spaces and parentheses.
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		const [parent = 0, ...ticks] = [1, 11, 12, 13, 14].map((index) => Number(fields[index]));
		return { pid: Number(pid), parent, cpuMs: sum(ticks) * msPerTick };
	} catch {
		return undefined;
	}
}
