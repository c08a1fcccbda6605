import fc from 'fast-check';
import { formats, type IncomingRequest } from '../../../nodes/shared/formats';
import { anyJson } from '../event/arbitraries';
import { costOf, millisecondsOf, type Cost, type CostOptions } from './costs';
import {
	decodeRequest,
	fits,
	mostOf,
	mostSent,
	plain,
	sentRequestOf,
	worstRecipes,
	type Recipe,
	type SentRequest,
} from './recipes';

/** `npm run test:fuzz` sets more runs, for the night. A run takes about a tenth of a second. */
const nightly = process.env.FUZZ_RUNS !== undefined;
const numRuns = nightly ? Number(process.env.FUZZ_RUNS) / 100 : 80;

const mebibyte = 1024 * 1024;
/** What `docs/operations.md` promises: for the bytes of the body, for each event, and for what events may share. */
const mostBytes = ({ bodyBytes, items }: Cost) => 25 * bodyBytes + 600 * items + mebibyte;
const mostReads = ({ bodyBytes }: Cost) => 8 * bodyBytes + mebibyte;

/** The least, the most and, by orders of magnitude, what is between them. */
const upTo = (most: number, least = 0) =>
	fc.oneof(
		{ weight: 2, arbitrary: fc.constant(least) },
		{ weight: 1, arbitrary: fc.constant(most) },
		{
			weight: 2,
			arbitrary: fc
				.double({ min: 0, max: 1, noNaN: true })
				.map((part) => Math.floor(least + (most - least + 1) ** part - 1)),
		},
	);

const numbers = Object.fromEntries(
	Object.entries(mostOf).map(([name, most]) => [name, upTo(most, plain[name as keyof Recipe] > 0 ? 1 : 0)]),
);
/** Many small events with little else: where few things come together, they have the most room. */
const recipe = fc
	.record<Partial<Recipe>>(
		{
			...numbers,
			encoding: fc.oneof(fc.constant(0), fc.nat(mostOf.encoding)),
			shape: fc.nat(mostOf.shape),
			event: fc.nat(mostOf.event),
		},
		{ requiredKeys: ['encoding', 'shape', 'event'] },
	)
	.map((given): Recipe => ({ ...plain, ...given }));
const options = fc.record<CostOptions>({
	format: fc.option(fc.constantFrom(...formats.map(({ name }) => name)), { nil: undefined, freq: 2 }),
	inWorkflow: fc.boolean(),
});
/** Larger requests are refused. */
const sent = recipe
	.filter(fits)
	.map(sentRequestOf)
	.filter(({ text }) => text.length < mostSent);
const anyRequest = fc.record({
	body: anyJson,
	headers: fc.constant({}),
	subPath: fc.constantFrom('', 'b', 'e'),
});

function expectBounded(request: IncomingRequest, options?: CostOptions): void {
	const cost = costOf(request, options);
	expect(cost.outputBytes).toBeLessThan(mostBytes(cost));
	expect(cost.reads).toBeLessThan(mostReads(cost));
}

const expectSentBounded = (request: SentRequest, options?: CostOptions) =>
	expectBounded(decodeRequest(request), { ...options, bodyBytes: request.text.length });

test('a request costs in proportion to its size, whatever is in it', () => {
	fc.assert(fc.property(sent, options, expectSentBounded), { numRuns });
	fc.assert(fc.property(anyRequest, options, expectBounded), { numRuns: numRuns / 4 });
});

test.each([{}, { inWorkflow: true }])(
	'the worst requests that a search found cost no more: %j',
	(options) => {
		const recipes = nightly ? worstRecipes : worstRecipes.filter((_, index) => index % 10 === 2);
		for (const recipe of recipes) expectSentBounded(sentRequestOf(recipe), options);
	},
);

(nightly ? test : test.skip)('a request takes time in proportion to its size', () => {
	const base = sentRequestOf(plain);
	const perByte = Math.min(...Array.from({ length: 20 }, () => millisecondsOf(base))) / base.text.length;
	fc.assert(
		fc.property(sent, (request) => {
			expect(millisecondsOf(request)).toBeLessThan(50 * perByte * request.text.length + 300);
		}),
		{ numRuns: numRuns / 10 },
	);
});
