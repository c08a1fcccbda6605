/** A program that sends events once. Its last line is how many megabytes of memory that took beyond the events. */
import 'reflect-metadata';
import '../../engine/harness/quiet-logs';
import { peakMemoryMb, resetPeakMemory } from '../process-usage';
import { sendingTo, type SendOperation } from './sending';

async function main([operation = '', count = '', sandboxUrl = '']: string[]): Promise<void> {
	const sendAll = sendingTo(sandboxUrl, operation as SendOperation, Number(count));
	// Making the events has left garbage.
	globalThis.gc?.();
	resetPeakMemory(process.pid);
	const before = peakMemoryMb(process.pid);
	await sendAll();
	console.log(`\n${peakMemoryMb(process.pid) - before}`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
