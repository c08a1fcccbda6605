/** `npm start`: prints the help at once, or installs the dependencies and starts test/host/start.ts in this process. */
const help = `
npm start -- [options]

  --reset              remove the workflows, credentials and executions from earlier runs
  --port N             n8n's port (default: 5678); if the port is in use, npm start chooses another
  --sandbox-port N     the sandbox's port (default: 4010)
  --smoke              send events through a new n8n instance, and exit with code 0 if all events arrive
  --help               show this help

n8n saves your workflows in a folder outside the clone. npm start prints this folder's path.
`;

if (process.argv.includes('--help')) {
	console.log(help);
} else {
	await import('./install.mjs');
	await import('tsx');
	await import('../test/host/start.ts');
}
