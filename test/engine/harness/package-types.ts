import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import type { Provider } from '../../../nodes/shared';
import manifest from '../../../package.json';

const requireSource = createRequire(__filename);

export const packageName = manifest.name;

const sourceOf = (builtFile: string) =>
	join(__dirname, '../../..', builtFile.replace(/^dist\//, '').replace(/\.js$/, '.ts'));

/** Returns instances of the classes that n8n would load, from their sources. */
function instancesOf<T>(builtFiles: readonly string[]): T[] {
	return builtFiles.map((file) => {
		const source = sourceOf(file);
		const className = basename(file).split('.')[0] ?? '';
		const { [className]: Class } = requireSource(source) as Record<string, new () => T>;
		if (Class === undefined) throw new Error(`${source} exports no ${className}`);
		return new Class();
	});
}

export const packageCredentialTypes = instancesOf<ICredentialType>(manifest.n8n.credentials);

export const nodeTypesOfPackage = new Map(
	instancesOf<INodeType>(manifest.n8n.nodes).map((type) => [`${packageName}.${type.description.name}`, type]),
);

const nodeFolders = new Set(manifest.n8n.nodes.map((file) => dirname(sourceOf(file))));

/** The services of all nodes, in the manifest's order. */
export const providers = [...nodeFolders].flatMap((folder) => {
	const sources = readdirSync(folder).filter((name) => name.endsWith('.provider.ts'));
	return sources.flatMap((name) =>
		Object.values(requireSource(join(folder, name)) as Record<string, Provider>),
	);
});
