const TTY_TICK_MS = 1_000;
const LOG_TICK_MS = 15_000;

/**
 * Runs a slow step and shows that it is running: with a clock on a terminal, with a line every 15 s in a file or a CI log.
 * `expectation` says how long the step may take.
 */
export async function step<T>(title: string, expectation: string, work: () => Promise<T>): Promise<T> {
	const started = Date.now();
	const elapsed = () => `${Math.round((Date.now() - started) / 1000)} s`;
	const { isTTY } = process.stdout;
	const announcement = `  … ${title} (${expectation})`;

	const tick = () => process.stdout.write(isTTY ? `\r${announcement} ${elapsed()}` : `    ${elapsed()}\n`);
	process.stdout.write(isTTY ? announcement : `${announcement}\n`);
	const ticking = setInterval(tick, isTTY ? TTY_TICK_MS : LOG_TICK_MS);
	const finish = (mark: string) => {
		clearInterval(ticking);
		process.stdout.write(`${isTTY ? '\r\x1b[2K' : ''}  ${mark} ${title}, ${elapsed()}\n`);
	};

	try {
		const result = await work();
		finish('✓');
		return result;
	} catch (error) {
		finish('✗');
		throw error;
	}
}
