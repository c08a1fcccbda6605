/**
 * Runs jobs side by side as they come, except that a job waits for every earlier one that shares a lane with
 * it. Only `window` jobs are held at a time, however many there are.
 * @param run must not reject: what goes wrong with one job is that job's own business
 */
export async function dispatch<Job>(
	jobs: Iterable<Job>,
	lanesOf: (job: Job) => Iterable<string>,
	window: number,
	run: (job: Job, index: number) => Promise<void>,
): Promise<void> {
	const lastOfLane = new Map<string, Promise<void>>();
	let held = 0;
	let onDone = () => {};
	const oneDone = () => new Promise<void>((resolve) => (onDone = resolve));

	let index = 0;
	for (const job of jobs) {
		const jobIndex = index++;
		const lanes = [...new Set(lanesOf(job))];
		const earlier = lanes.map((lane) => lastOfLane.get(lane)).filter((last) => last !== undefined);
		held++;
		const done = Promise.all(earlier)
			.then(() => run(job, jobIndex))
			.finally(() => {
				held--;
				for (const lane of lanes) if (lastOfLane.get(lane) === done) lastOfLane.delete(lane);
				onDone();
			});
		for (const lane of lanes) lastOfLane.set(lane, done);
		while (held >= window) await oneDone();
	}
	while (held > 0) await oneDone();
}
