import { join } from 'node:path';
import type { ExecutionSummary } from 'n8n-workflow';
import n8n1 from './n8n-1/package.json';
import n8n2 from './n8n/package.json';

/** How a generation of n8n differs from the others. */
export interface Generation {
	version: string;
	/** The folder of the package that pins its version, with a lockfile. */
	subPackage: string;
	/** Packages with a Node.js for it. */
	bundledNodes: string[];
	sizeGb: number;
	/** Variables in addition to n8nEnvironment(). */
	environment: Record<string, string>;
	/** Variables for tests that install packages as the editor does. */
	installingEnvironment: Record<string, string>;
	/** Whether an execution is in the database before the sender gets its answer. */
	savesBeforeAnswering: boolean;
	/**
	 * Whether n8n acknowledges an execution before it starts a node. After a crash, n8n runs executions again that no
	 * node has started.
	 */
	startsAcknowledged: boolean;
	/** Whether n8n answers a request to publish a workflow before its triggers run. */
	publishesInBackground: boolean;
	/** Whether n8n runs a workflow as it is saved. Otherwise, the editor sends the workflow to run. */
	runsSavedWorkflow: boolean;
	lacks: Feature[];
	/** Whether n8n logs, at level debug, what a service answers to a credential's test. */
	logsAnswersToTests: boolean;
	/** Returns the query for the page after this one, or undefined after the last page. */
	nextPage: (page: ExecutionPage) => Record<string, string> | undefined;
}

/** What not every n8n has. */
export type Feature =
	| 'node search for AI assistants'
	| 'packages from environment variables'
	| 'durable polls'
	| 'nodes that create data tables'
	| 'agents that read errors of tools'
	| 'room in a heap of 512 MB';

export interface ExecutionPage {
	results: ExecutionSummary[];
	/** n8n 1 doesn't have it. */
	nextCursor?: string | null;
}

const generations: Record<string, Generation> = {
	'1': {
		...pinnedIn('n8n-1', n8n1),
		sizeGb: 1.6,
		environment: {
			// It would make n8n call its makers.
			N8N_DISABLED_MODULES: 'insights',
			// n8n 2 always does this.
			N8N_RUNNERS_ENABLED: 'true',
			DB_SQLITE_POOL_SIZE: '4',
		},
		// With a pool, it doesn't answer any more after a few installations.
		installingEnvironment: { DB_SQLITE_POOL_SIZE: '0' },
		savesBeforeAnswering: false,
		startsAcknowledged: true,
		publishesInBackground: false,
		runsSavedWorkflow: false,
		lacks: [
			'node search for AI assistants',
			'packages from environment variables',
			'durable polls',
			'nodes that create data tables',
			'agents that read errors of tools',
			'room in a heap of 512 MB',
		],
		logsAnswersToTests: true,
		nextPage: ({ results }) => {
			const last = results.at(-1);
			return last && { lastId: last.id };
		},
	},
	'2': {
		...pinnedIn('n8n', n8n2),
		sizeGb: 2.4,
		environment: { N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,insights' },
		installingEnvironment: {},
		savesBeforeAnswering: true,
		startsAcknowledged: false,
		publishesInBackground: true,
		runsSavedWorkflow: true,
		lacks: [],
		logsAnswersToTests: false,
		nextPage: ({ nextCursor }) => (nextCursor ? { cursor: nextCursor } : undefined),
	},
};

/** The n8n that all host tests use: the newest one, or n8n 1 with `N8N_VERSION=1`. */
export const generation = chosen(process.env.N8N_VERSION || '2');

/** `describe`, or if this n8n lacks a feature `describe.skip` with the reason in the title. */
export function describeWith(feature: Feature, title: string, tests: () => void): void {
	if (generation.lacks.includes(feature))
		describe.skip(`${title} (n8n ${generation.version} has no ${feature})`, tests);
	else describe(title, tests);
}

function chosen(name: string): Generation {
	const match = generations[name];
	if (match) return match;
	throw new Error(`N8N_VERSION is "${name}"; there are ${Object.keys(generations).join(' and ')}.`);
}

function pinnedIn(folder: string, { dependencies, optionalDependencies }: typeof n8n1 | typeof n8n2) {
	return {
		version: dependencies.n8n,
		subPackage: join(__dirname, folder),
		bundledNodes: Object.keys(optionalDependencies),
	};
}
