/**
 * A test runner for Stryker. It runs the tests with jest's own parts (jest-circus, expect, jest-mock) in one process:
 * packages stay loaded, and only this project's files, compiled once, are evaluated again for each mutant. A mutant
 * takes some 50 ms; Stryker's jest runner starts jest anew for each and takes 1.6 s and more.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { jestExpect } from '@jest/expect';
import { ModernFakeTimers } from '@jest/fake-timers';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
	determineHitLimitReached,
	DryRunStatus,
	TestStatus,
	toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import * as circus from 'jest-circus';
import { ModuleMocker } from 'jest-mock';
import ts from 'typescript';
import { rooms } from './rooms.mjs';

/** Stryker's copy of the project, whose sources hold the mutants, and a `require` for files in it. */
let project = '';
let require;

/** Where Stryker's instrumented sources look for the active mutant and count what the tests cover. */
const stryker = (globalThis.__stryker__ ??= {});
/** Slower tests are left out, because every mutant that survives has to run all tests that reach it. */
const SLOW_TEST_MS = 1_000;
/** How long a test may take without a mutant, and with one that makes it wait forever. */
const TEST_TIMEOUT_MS = 60_000;
const MUTANT_TIMEOUT_MS = 5_000;
/** Where jest-circus looks for the time that a test may take. */
const TEST_TIMEOUT = Symbol.for('TEST_TIMEOUT_SYMBOL');
/** Tests get the same random inputs for every mutant. Otherwise a score would depend on luck. */
const SEED = 42;

class CircusRunner {
	capabilities() {
		return { reloadEnvironment: true };
	}

	init() {
		project = process.cwd();
		require = createRequire(join(project, 'package.json'));
		compileTypeScript();
		provideGlobals();
		// What jest.config.js sets up for the engine's tests.
		require('reflect-metadata');
		process.env.N8N_LOG_LEVEL = 'silent';
		process.env.GUARANTEED_EVENTS = '300';
		require('fast-check').configureGlobal({ seed: SEED });
		this.files = testFilesOf(process.env.MUTATION_ROOM);
	}

	async dryRun() {
		const tests = [];
		for (const file of this.files) tests.push(...(await runFile(file)));
		const fast = tests.filter(({ timeSpentMs }) => timeSpentMs < SLOW_TEST_MS);
		return { status: DryRunStatus.Complete, tests, mutantCoverage: coverageOf(fast) };
	}

	async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation, disableBail }) {
		stryker.hitCount = hitLimit === undefined ? undefined : 0;
		stryker.hitLimit = hitLimit;
		const only = testFilter && new Set(testFilter);
		const tests = [];
		for (const file of this.files) {
			if (only && !testFilter.some((id) => id.startsWith(idOf(file, '')))) continue;
			const isStatic = mutantActivation === 'static';
			tests.push(...(await runFile(file, { only, bail: !disableBail, mutant: activeMutant.id, isStatic })));
			const timeout = determineHitLimitReached(stryker.hitCount, stryker.hitLimit);
			if (timeout) return toMutantRunResult(timeout);
			if (!disableBail && tests.some(({ status }) => status === TestStatus.Failed)) break;
		}
		return toMutantRunResult({ status: DryRunStatus.Complete, tests });
	}
}

/**
 * Evaluates a test file, and all that it imports from this project, and runs its tests.
 * @param only ids of the tests to run; default: all
 * @param bail whether to stop at the first test that fails
 * @param isStatic whether the mutant is active while the files are evaluated
 */
async function runFile(file, { only, bail = false, mutant, isStatic = false } = {}) {
	forgetProject();
	globalThis[TEST_TIMEOUT] = mutant === undefined ? TEST_TIMEOUT_MS : MUTANT_TIMEOUT_MS;
	circus.resetState();
	stryker.currentTestId = undefined;
	stryker.activeMutant = isStatic ? mutant : undefined;
	try {
		require(file);
	} catch (error) {
		const failureMessage = String(error?.stack ?? error);
		return [{ ...testOf(file, '(is evaluated)'), status: TestStatus.Failed, failureMessage }];
	}
	stryker.activeMutant = mutant;

	const { without } = rooms[process.env.MUTATION_ROOM];
	const { rootDescribeBlock } = circus.getState();
	for (const test of testsIn(rootDescribeBlock)) {
		const name = nameOf(test);
		if (without?.test(name) || (only && !only.has(idOf(file, name)))) test.mode = 'skip';
	}
	const done = [];
	const listen = ({ name, hook, test }) => {
		if (name === 'hook_start' && /All$/.test(hook.type)) stryker.currentTestId = hooksIdOf(file, hook.parent);
		if (name === 'test_start') stryker.currentTestId = idOf(file, nameOf(test));
		if (name !== 'test_done' || test.mode === 'skip') return;
		done.push({ ...testOf(file, nameOf(test), test.duration), ...outcomeOf(test) });
		if (!bail || test.errors.length === 0) return;
		for (const other of testsIn(rootDescribeBlock)) other.mode = 'skip';
	};
	circus.addEventHandler(listen);
	try {
		await circus.run();
	} finally {
		circus.removeEventHandler(listen);
		globalThis.jest.restoreAllMocks();
		globalThis.jest.useRealTimers();
	}
	return done;
}

/** Has the next `require` evaluate this project's files again. Packages stay. */
function forgetProject() {
	for (const path of Object.keys(require.cache)) {
		if (path.startsWith(project + sep) && !path.includes(`${sep}node_modules${sep}`))
			delete require.cache[path];
	}
}

const testsIn = (block) =>
	block.children.flatMap((child) => (child.type === 'describeBlock' ? testsIn(child) : [child]));

function outcomeOf({ errors }) {
	if (errors.length === 0) return { status: TestStatus.Success };
	const [error] = errors.flat();
	return { status: TestStatus.Failed, failureMessage: String(error?.message ?? error) };
}

/** The names of the describes around a test, and its own. */
const nameOf = ({ name, parent }) => (parent === undefined ? '' : `${nameOf(parent)} ${name}`.trim());
const idOf = (file, name) => `${relative(project, file)}: ${name}`;
const hooksIdOf = (file, describe) => `${idOf(file, nameOf(describe))} ${HOOKS}`;
const HOOKS = '(beforeAll)';

const testOf = (file, name, timeSpentMs = 0) => ({
	id: idOf(file, name),
	name: idOf(file, name),
	fileName: file,
	timeSpentMs: timeSpentMs ?? 0,
});

/**
 * Which mutants each test reaches. Those that a describe's beforeAll reaches count for each of its tests, which run
 * only together with it.
 */
function coverageOf(tests) {
	const { static: whileLoading, perTest: found } = stryker.mutantCoverage ?? { static: {}, perTest: {} };
	const hooks = Object.entries(found).filter(([id]) => id.endsWith(HOOKS));
	const perTest = tests.map(({ id }) => {
		const around = hooks.filter(([hooksId]) => id.startsWith(hooksId.slice(0, -HOOKS.length).trimEnd()));
		return [id, Object.assign({}, ...around.map(([, hits]) => hits), found[id])];
	});
	return { static: whileLoading, perTest: Object.fromEntries(perTest) };
}

/** Lets `require` load this project's TypeScript. Types are not checked. */
function compileTypeScript() {
	const { compilerOptions } = require(join(project, 'tsconfig.json'));
	const compiled = new Map();
	require.extensions['.ts'] = (module, file) => {
		if (!compiled.has(file)) {
			const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
				compilerOptions: {
					...ts.convertCompilerOptionsFromJson(compilerOptions, project).options,
					sourceMap: false,
				},
				fileName: file,
			});
			compiled.set(file, outputText);
		}
		module._compile(compiled.get(file), file);
	};
	// Otherwise, Node would find a node's .json before its .ts.
	const { '.json': json } = require.extensions;
	delete require.extensions['.json'];
	require.extensions['.json'] = json;
}

/** What jest puts in scope of a test file. */
function provideGlobals() {
	const { describe, test, it, beforeAll, beforeEach, afterAll, afterEach } = circus;
	Object.assign(globalThis, {
		describe,
		test,
		it,
		beforeAll,
		beforeEach,
		afterAll,
		afterEach,
		expect: jestExpect,
	});
	const mocker = new ModuleMocker(globalThis);
	const config = { rootDir: project, fakeTimers: {} };
	const timers = new ModernFakeTimers({ config, global: globalThis });
	globalThis.jest = {
		fn: (...args) => mocker.fn(...args),
		spyOn: (...args) => mocker.spyOn(...args),
		replaceProperty: (...args) => mocker.replaceProperty(...args),
		restoreAllMocks: () => mocker.restoreAllMocks(),
		useFakeTimers: (options) => timers.useFakeTimers(options),
		useRealTimers: () => timers.useRealTimers(),
		setTimeout: () => {},
	};
}

/** The room's unit tests come first and tests with random inputs last: the first failure ends a mutant's run. */
function testFilesOf(room) {
	const folder = join(project, 'test');
	const all = readdirSync(folder, { recursive: true }).map((path) => path.split(sep).join('/'));
	const files = rooms[room].tests.flatMap((start) =>
		all.filter((path) => path.startsWith(start) && path.endsWith('.test.ts')).sort(),
	);
	const isSlow = (path) => /\/(fuzz|properties)\.test\.ts$/.test(path);
	return [...files.filter((path) => !isSlow(path)), ...files.filter(isSlow)].map((path) =>
		join(folder, path),
	);
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'circus', CircusRunner)];
