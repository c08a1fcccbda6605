import pLimit from 'p-limit';

/**
 * Runs jobs side by side, at most `concurrency` at once, except that a job waits for every earlier job
 * that shares a lane with it. Results come in the order of the jobs.
 * @param run must not reject: what went wrong with one job is that job's result
 */
export async function runInLanes<Job, Result>(
	jobs: readonly Job[],
	lanesOf: (job: Job) => Iterable<string>,
	concurrency: number,
	run: (job: Job, index: number) => Promise<Result>,
): Promise<Result[]> {
	const slot = pLimit(concurrency);
	const lastOfLane = new Map<string, Promise<Result>>();
	const results = jobs.map((job, index) => {
		const lanes = [...new Set(lanesOf(job))];
		const earlier = lanes.map((lane) => lastOfLane.get(lane)).filter((last) => last !== undefined);
		const start = () => slot(() => run(job, index));
		const result = earlier.length === 0 ? start() : Promise.all(earlier).then(start);
		for (const lane of lanes) lastOfLane.set(lane, result);
		return result;
	});
	return await Promise.all(results);
}
