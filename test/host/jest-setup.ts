import { ensureClients } from './clients';
import { ensureN8n } from './install';
import { packPackage } from './package';

/** Runs once before all tests of the host: they find n8n and the clients installed and the package packed. */
export default async function setUp(): Promise<void> {
	process.stdout.write('\n');
	await ensureN8n();
	await ensureClients();
	await packPackage();
}
