import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { N8nInstall } from './install';

/** Starts n8n in a container with this machine's network and user, and the folder of its state. */
const program = (image: string) => `#!/bin/sh
# Leaves out --require, the leash and n8n's path.
shift 3
set -- ${image} "$@"
for name in $(env | grep -E '^(N8N|DB|EXECUTIONS|GENERIC|NODE_ENV|HOME|TZ)[A-Z0-9_]*=' | cut -d= -f1); do
	set -- --env "$name" "$@"
done
exec docker run --rm --network host --user "$(id -u):$(id -g)" --volume "$N8N_USER_FOLDER:$N8N_USER_FOLDER" \\
	--workdir "$HOME" "$@"
`;

/** Returns an n8n in a Docker image: its "Node.js" is a program that starts a container. Needs Docker on Linux. */
export async function installOfImage(image: string): Promise<N8nInstall> {
	const folder = await mkdtemp(join(tmpdir(), 'customer-events-image-'));
	const emptyState = join(folder, 'empty-state');
	await mkdir(join(emptyState, 'home'), { recursive: true });
	const node = join(folder, 'n8n-in-docker');
	await writeFile(node, program(image));
	await chmod(node, 0o755);
	return { folder: join(__dirname, '..', '..'), version: image, node, cli: 'n8n', emptyState };
}
