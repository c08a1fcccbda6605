/** `npm start`: prints the help at once, or installs the dependencies and starts test/host/start.ts in this process. */
const help = `
npm start -- [options]

  --reset              start over: remove the workflows, credentials and executions of earlier runs
  --port N             port of n8n (default: 5678); if it is in use, another one is chosen
  --sandbox-port N     port of the sandbox (default: 4010)
  --smoke              send events through a new n8n, and exit with 0 if all of them arrive
  --help               show this list

Your workflows are kept in a folder outside the clone, whose path npm start prints.
`;

if (process.argv.includes('--help')) {
	console.log(help);
} else {
	await import('./install.mjs');
	await import('tsx');
	await import('../test/host/start.ts');
}
