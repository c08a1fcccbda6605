import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureClients } from '../host/clients';

/** Runs once before all judges: installs them and creates a folder for their verdicts. */
export default async function setUp(): Promise<void> {
	process.stdout.write('\n');
	await ensureClients();
	process.env.CONFORMANCE_VERDICTS = await mkdtemp(join(tmpdir(), 'conformance-'));
}
