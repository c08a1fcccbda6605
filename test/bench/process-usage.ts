import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second (USER_HZ), on every machine. */
const msPerTick = 10;

interface ProcessStat {
	group: number;
	cpuMs: number;
}

/** CPU time that a process and all others of its group have taken so far. */
export function cpuMsOfGroup(leader: number): number {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map((name) => statOf(name))
		.filter((stat) => stat?.group === leader)
		.reduce((sum, stat) => sum + (stat?.cpuMs ?? 0), 0);
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
		const [group, userTicks, systemTicks] = [fields[2], fields[11], fields[12]].map(Number);
		return { group: group ?? 0, cpuMs: ((userTicks ?? 0) + (systemTicks ?? 0)) * msPerTick };
	} catch {
		return undefined;
	}
}
