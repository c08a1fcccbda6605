import { basename, join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import manifest from '../../../package.json';

export const packageName = manifest.name;

/** The classes that n8n would load, from their sources. */
function instancesOf<T>(builtFiles: readonly string[]): T[] {
	return builtFiles.map((file) => {
		const source = join(__dirname, '../../..', file.replace(/^dist\//, '').replace(/\.js$/, ''));
		const className = basename(file).split('.')[0] ?? '';
		const { [className]: Class } = jest.requireActual<Record<string, new () => T>>(source);
		if (Class === undefined) throw new Error(`${source} exports no ${className}`);
		return new Class();
	});
}

export const credentialTypes = new Map(
	instancesOf<ICredentialType>(manifest.n8n.credentials).map((type) => [type.name, type]),
);

export const nodeTypesOfPackage = new Map(
	instancesOf<INodeType>(manifest.n8n.nodes).map((type) => [`${packageName}.${type.description.name}`, type]),
);
