import { credentials, providerNames, startSandbox } from '.';

async function main(): Promise<void> {
	const sandbox = await startSandbox({ port: Number(process.argv[2] ?? 0) });
	console.log(
		`To see the data that the sandbox receives, open ${sandbox.url} in a browser. To stop the sandbox, press Ctrl-C.`,
	);
	for (const provider of providerNames) {
		console.log(`\n${provider}\n  baseUrl: ${sandbox.baseUrl(provider)}`);
		for (const [field, value] of Object.entries(credentials[provider])) console.log(`  ${field}: ${value}`);
	}
	const stop = () => void sandbox.close();
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
