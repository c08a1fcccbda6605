/**
 * Searches for the requests that cost the most, and writes them to worst-recipes.json:
 *
 *     node --import tsx test/unit/formats/search-worst.ts 60    # minutes
 *
 * It changes random numbers of the worst recipes so far, separately for each kind of cost.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { convertAll, costOf, millisecondsSince } from './costs';
import {
	decodeRequest,
	fits,
	mostOf,
	mostSent,
	plain,
	sentRequestOf,
	worstRecipes,
	type Recipe,
} from './recipes';

const minutes = Number(process.argv[2] ?? 60);
const keptOfEachKind = 20;
const names = Object.keys(mostOf) as Array<keyof Recipe>;

interface Measured {
	recipe: Recipe;
	/** By the kind of cost. */
	costs: Record<string, number>;
}

function measure(recipe: Recipe): Measured | undefined {
	if (!fits(recipe)) return undefined;
	const sent = sentRequestOf(recipe);
	const bodyBytes = sent.text.length;
	if (bodyBytes > mostSent) return undefined;
	const before = process.cpuUsage();
	const output = convertAll(decodeRequest(sent));
	const milliseconds = millisecondsSince(before);
	const items = output.events.length + output.rejected.length;
	const outputBytes = JSON.stringify(output).length;
	// Counting them takes long.
	const reads = Math.random() < 0.1 ? costOf(decodeRequest(sent), { bodyBytes }).reads : 0;
	// What the bounds allow for each event and for what events share doesn't count.
	const beyond = Math.max(0, outputBytes - 600 * items);
	return {
		recipe,
		costs: {
			'bytes per byte': beyond / bodyBytes,
			'reads per byte': reads / bodyBytes,
			'microseconds per byte': (1000 * milliseconds) / bodyBytes,
			bytes: outputBytes,
			milliseconds,
		},
	};
}

const random = (most: number) => Math.floor(Math.random() * (most + 1));
const pick = <T>(list: readonly T[]): T | undefined => list[random(list.length - 1)];

/** Small numbers are as likely as large ones. */
const anyValue = (name: keyof Recipe) =>
	Math.floor((mostOf[name] + 1) ** Math.random()) - (pick([0, 1]) ?? 0);

function changed(recipe: Recipe): Recipe {
	const result = { ...recipe };
	for (let changes = 1 + random(2); changes > 0; changes--) {
		const name = pick(names) ?? 'count';
		const near = Math.round(result[name] * (0.5 + Math.random()));
		const value = pick([0, mostOf[name], anyValue(name), near]) ?? 0;
		const least = plain[name] > 0 && name !== 'shape' ? 1 : 0;
		result[name] = Math.min(mostOf[name], Math.max(least, value));
	}
	return result;
}

/** The highest of each kind. Those of one encoding, shape and event count as alike, so that all kinds are kept. */
const worst: Record<string, Measured[]> = {};
const kindOf = ({ encoding, shape, event }: Recipe) => `${encoding}/${shape}/${event}`;

function keep(measured: Measured): void {
	for (const [kind, cost] of Object.entries(measured.costs)) {
		const list = (worst[kind] ??= []);
		const alike = list.findIndex(({ recipe }) => kindOf(recipe) === kindOf(measured.recipe));
		if (alike >= 0 && (list[alike]?.costs[kind] ?? 0) >= cost) continue;
		// The time of one run can be an accident.
		if (kind.includes('seconds') && !isSlowAgain(measured.recipe, kind, cost)) continue;
		if (alike >= 0) list.splice(alike, 1);
		list.push(measured);
		list.sort((a, b) => (b.costs[kind] ?? 0) - (a.costs[kind] ?? 0)).splice(keptOfEachKind);
	}
}

function isSlowAgain(recipe: Recipe, kind: string, cost: number): boolean {
	return [1, 2].every(() => (measure(recipe)?.costs[kind] ?? 0) > 0.8 * cost);
}

let tried = 0;
const start = Date.now();
const until = start + minutes * 60_000;
let nextReport = start;
const seeds = [plain, ...worstRecipes];
for (const seed of seeds) {
	const measured = measure(seed);
	if (measured !== undefined) keep(measured);
}
while (Date.now() < until) {
	const from = pick(pick(Object.values(worst)) ?? [])?.recipe ?? plain;
	const measured = measure(changed(Math.random() < 0.1 ? (pick(seeds) ?? plain) : from));
	tried++;
	if (measured !== undefined) keep(measured);
	if (Date.now() < nextReport) continue;
	nextReport += 60_000;
	const highest = Object.entries(worst).map(([kind, [first]]) => `${kind} ${first?.costs[kind]?.toFixed(2)}`);
	console.log(`${Math.round((Date.now() - start) / 60_000)} min, ${tried} tried: ${highest.join(', ')}`);
}

const differsFromPlain = (recipe: Recipe) =>
	Object.fromEntries(
		names.filter((name) => recipe[name] !== plain[name]).map((name) => [name, recipe[name]]),
	);
const recipes = Object.values(worst).flatMap((list) => list.map(({ recipe }) => differsFromPlain(recipe)));
const lines = recipes.map((recipe) => `\t${JSON.stringify(recipe)}`);
writeFileSync(join(__dirname, 'worst-recipes.json'), `[\n${lines.join(',\n')}\n]\n`);
for (const [kind, list] of Object.entries(worst))
	console.log(
		kind,
		list.slice(0, 5).map(({ recipe, costs }) => [costs[kind], differsFromPlain(recipe)]),
	);
