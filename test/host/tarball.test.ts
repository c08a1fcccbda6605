import { join } from 'node:path';
import manifest from '../../package.json';
import { packPackage } from './package';
import { describeTarball } from './tarball-suite';

jest.setTimeout(120_000);

describeTarball({
	packageName: manifest.name,
	sources: join(__dirname, '..', '..'),
	pack: packPackage,
});
