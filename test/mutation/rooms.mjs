/**
 * The rooms of the code that `npm run test:mutation` looks at. `tests` are paths below test/, or how they start: the
 * room's unit tests, then the fast engine tests; `without` leaves out tests by name. `atLeast` is the share of mutants, in percent, that they must kill.
 */
export const rooms = {
	webhook: {
		sources: ['nodes/CustomerEvents/**/*.ts', '!nodes/CustomerEvents/**/*.node.ts'],
		tests: ['unit/webhook/', 'engine/trigger/', 'engine/customer-events', 'engine/parameters-read'],
		atLeast: 85,
	},
	event: {
		sources: ['nodes/shared/event/**/*.ts'],
		tests: ['unit/event/', 'unit/rules/', 'unit/formats/'],
		atLeast: 95,
	},
	formats: {
		sources: ['nodes/shared/formats/**/*.ts'],
		tests: ['unit/formats/'],
		atLeast: 95,
	},
	signatures: {
		sources: ['nodes/shared/signatures/**/*.ts'],
		tests: ['unit/signatures/'],
		atLeast: 95,
	},
	rules: {
		sources: ['nodes/shared/rules/**/*.ts'],
		tests: ['unit/rules/'],
		atLeast: 95,
	},
	delivery: {
		sources: ['nodes/shared/delivery/**/*.ts'],
		tests: [
			'unit/delivery/',
			'engine/sixth-provider',
			'engine/customer-events',
			'engine/sending',
			'engine/as-tool',
			'engine/many-and-preview',
			'engine/guarantees',
		],
		without: /100,000 events/,
		atLeast: 88,
	},
};
