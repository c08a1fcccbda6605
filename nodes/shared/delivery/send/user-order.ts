import type { PreparedRecord } from '../stages';
import type { Clock } from './clock';

/** How long a batch waits for those before it, in milliseconds. A service that hangs must not hold up a user forever. */
const longestWaitMs = 120_000;
/** How soon a wait ends when the execution is cancelled, in milliseconds. */
const napMs = 100;

/**
 * Keeps the order of each user's records across the runs in this process that use the same account: a batch is sent
 * when the batches before it that have records of the same users have ended.
 */
export class UserOrder {
	/** For each user, settles when the last batch so far has ended. */
	private readonly ends = new Map<string, Promise<void>>();

	/** Whether no batch is waiting or being sent. */
	get isIdle(): boolean {
		return this.ends.size === 0;
	}

	/**
	 * Sends a batch in its turn, or with a warning after the longest wait.
	 * @param account a key that differs for each credential and address
	 */
	async run<T>(
		account: string,
		batch: readonly PreparedRecord[],
		clock: Clock,
		send: (batch: readonly PreparedRecord[]) => Promise<T>,
	): Promise<T> {
		const users = new Set(
			batch.flatMap(({ orderKey }) => (orderKey === undefined ? [] : `${account}:${orderKey}`)),
		);
		const before = [...users].flatMap((user) => this.ends.get(user) ?? []);
		const leave = this.join(users, before);
		try {
			const isInOrder = before.length === 0 || (await waitFor(before, clock));
			return await send(isInOrder || clock.isCancelled() ? batch : batch.map(withUncertainOrder));
		} finally {
			leave();
		}
	}

	/** Joins the lines of all users at the same moment, so that no two batches can wait for each other. */
	private join(users: ReadonlySet<string>, before: Array<Promise<void>>): () => void {
		let leave = () => {};
		const left = new Promise<void>((resolve) => (leave = resolve));
		const end: Promise<void> = Promise.all([left, ...before]).then(() => {
			for (const user of users) if (this.ends.get(user) === end) this.ends.delete(user);
		});
		for (const user of users) this.ends.set(user, end);
		return leave;
	}
}

/** Returns false when the wait takes too long or the execution is cancelled. */
async function waitFor(ends: Array<Promise<void>>, clock: Clock): Promise<boolean> {
	const wait = { isOver: false };
	const over = Promise.all(ends).then(() => (wait.isOver = true));
	const deadline = clock.now() + longestWaitMs;
	while (!wait.isOver && clock.now() < deadline && !clock.isCancelled()) {
		await Promise.race([over, clock.sleep(napMs)]);
	}
	return wait.isOver;
}

function withUncertainOrder(record: PreparedRecord): PreparedRecord {
	const message =
		'An earlier event for the same user was still being sent after 2 minutes, so this event was sent without waiting any longer.';
	return { ...record, warnings: [...record.warnings, { path: '', code: 'order_uncertain', message }] };
}

/** One for the process: a registry that forgets could separate runs that have only just started. */
export const userOrder = new UserOrder();
