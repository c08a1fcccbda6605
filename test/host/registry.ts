import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

export interface Published {
	name: string;
	version: string;
	/** npm's checksum: `sha512-…`. */
	integrity: string;
}

/** An npm registry on this machine, and an `npm` that uses it wherever n8n names npm's own registry. */
export interface Registry {
	packages: Published[];
	/** The PATH with this `npm`. n8n needs a license for another registry than npm's. */
	path: string;
	close(): Promise<void>;
}

/** Starts a registry with these tarballs, one version of each package. */
export async function startRegistry(tarballs: string[]): Promise<Registry> {
	const folder = await mkdtemp(join(tmpdir(), 'customer-events-registry-'));
	const packages = new Map<string, Published & { tarball: string }>();
	for (const tarball of tarballs) {
		const [, name = '', version = ''] = /^(.+)-(\d.*)\.tgz$/.exec(basename(tarball)) ?? [];
		const hash = createHash('sha512').update(await readFile(tarball));
		packages.set(name, { name, version, tarball, integrity: `sha512-${hash.digest('base64')}` });
	}

	const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	async function answer({ url: asked = '' }: IncomingMessage, response: ServerResponse): Promise<void> {
		const [, name = '', file] = asked.split('/');
		const known = packages.get(name);
		if (known === undefined) return void response.writeHead(404).end();
		const { version, tarball, integrity } = known;
		if (file !== undefined) return void response.end(await readFile(tarball));
		const dist = { tarball: `${url}/${name}/${basename(tarball)}`, integrity };
		const versions = { [version]: { name, version, dist } };
		response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
	}

	return {
		packages: [...packages.values()],
		path: `${await folderOfNpm(folder, url)}:${process.env.PATH ?? ''}`,
		close: async () => {
			server.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** Writes an `npm` that replaces the name of the registry, and otherwise does what npm does. */
async function folderOfNpm(folder: string, url: string): Promise<string> {
	const bin = join(folder, 'bin');
	await mkdir(bin, { recursive: true });
	const script = `#!/bin/sh
PATH="${process.env.PATH}"
for argument do
	shift
	case "$argument" in --registry=*) argument="--registry=${url}" ;; esac
	set -- "$@" "$argument"
done
exec npm "$@"
`;
	await writeFile(join(bin, 'npm'), script);
	await chmod(join(bin, 'npm'), 0o755);
	return bin;
}
