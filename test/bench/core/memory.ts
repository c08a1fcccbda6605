import { join } from 'node:path';
import { run } from '../../host/commands';
import type { RemoteSandbox } from '../sandbox-process';
import type { Sizes } from '../sizes';
import type { Growth } from './growing';
import type { SendOperation } from './sending';

/** Megabytes of memory that sending takes in n8n's engine beyond the events themselves, with few and with many at once. */
export type MemoryResults = Record<SendOperation, Growth>;

const REPOSITORY = join(__dirname, '..', '..', '..');
const PROGRAM = join(__dirname, 'memory-program.ts');

/** Runs each in a process of its own, because Node.js keeps memory that it has had. */
export async function benchMemory(
	node: string,
	sandbox: RemoteSandbox,
	{ growth }: Sizes,
): Promise<MemoryResults> {
	const megabytes = async (operation: SendOperation, count: number) => {
		const program = ['--expose-gc', '--import', 'tsx', PROGRAM, operation, String(count), sandbox.url];
		const printed = await run(node, program, { cwd: REPOSITORY });
		return Number(printed.trimEnd().split('\n').at(-1));
	};
	const ofBoth = async (operation: SendOperation): Promise<Growth> => ({
		few: await megabytes(operation, growth.few),
		many: await megabytes(operation, growth.many),
	});
	return { send: await ofBoth('send'), sendMany: await ofBoth('sendMany') };
}
