import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, rename, rm, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { step } from './progress';
import { waitFor } from './wait';

const SIGN_OF_LIFE_MS = 3_000;
const DEAD_AFTER_MS = 20_000;
const WAIT_FOR_OTHER_MS = 20 * 60_000;
const LONG_AGO = new Date(0);

/**
 * Builds a folder once and keeps it. The folder is built as a draft next to its final path and renamed at the end, so an
 * existing folder is complete. Processes that build at the same time can't break each other: they wait for the one that
 * was first.
 */
export async function buildOnce(folder: string, build: (draft: string) => Promise<void>): Promise<void> {
	if (existsSync(folder)) return;
	await mkdir(dirname(folder), { recursive: true });
	// The time in the name lets processes that start together agree on who was first.
	const draft = `${folder}.draft-${Date.now()}-${process.pid}`;
	while (!existsSync(folder)) {
		await mkdir(draft);
		const signsOfLife = setInterval(() => void touch(draft), SIGN_OF_LIFE_MS);
		try {
			if (olderLiveDraft(folder, draft)) {
				await rm(draft, { recursive: true });
				await waitForOther(folder, draft);
			} else {
				await removeDeadDrafts(folder);
				await build(draft);
				await publish(draft, folder);
			}
		} catch (error) {
			await touch(draft, LONG_AGO);
			throw error;
		} finally {
			clearInterval(signsOfLife);
		}
	}
}

/** Shows that the builder of a draft is alive. */
const touch = (path: string, time = new Date()) => utimes(path, time, time).catch(() => {});

async function publish(draft: string, folder: string): Promise<void> {
	try {
		await rename(draft, folder);
	} catch (error) {
		if (!existsSync(folder)) throw error;
		await rm(draft, { recursive: true });
	}
}

function drafts(folder: string): Array<{ path: string; alive: boolean }> {
	const cache = dirname(folder);
	return readdirSync(cache)
		.filter((name) => name.startsWith(`${basename(folder)}.draft-`))
		.map((name) => {
			const path = join(cache, name);
			const lastSign = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
			return { path, alive: Date.now() - lastSign < DEAD_AFTER_MS };
		});
}

function olderLiveDraft(folder: string, draft: string): boolean {
	return drafts(folder).some(({ path, alive }) => alive && path < draft);
}

async function removeDeadDrafts(folder: string): Promise<void> {
	const dead = drafts(folder).filter(({ alive }) => !alive);
	await Promise.all(dead.map(({ path }) => rm(path, { recursive: true, force: true })));
}

async function waitForOther(folder: string, draft: string): Promise<void> {
	await step('Wait for another process that is already building', 'a few minutes', () =>
		waitFor(async () => existsSync(folder) || !olderLiveDraft(folder, draft) || undefined, {
			what: `another process to finish ${folder}`,
			timeoutMs: WAIT_FOR_OTHER_MS,
			everyMs: 1_000,
		}),
	);
}
