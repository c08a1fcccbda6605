import { ensureClients } from './clients';
import { ensureN8n } from './install';
import { packPackage } from './package';

/** Runs once before all host tests: installs n8n and the clients, and packs the package. */
export default async function setUp(): Promise<void> {
	process.stdout.write('\n');
	await ensureN8n();
	await ensureClients();
	await packPackage();
}
