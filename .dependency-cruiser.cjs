/** The import rules of CONTRIBUTING.md, "Layers". `npm run lint` checks them. */

const PURE = '^nodes/shared/(event|formats|signatures|rules)/';
const STAGE = '^nodes/shared/delivery/(read|plan|send|report)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		{
			name: 'no-cycles',
			comment: 'Two files that import each other can only be understood together.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'shared-knows-no-node',
			comment: 'A new service must not need a change in shared.',
			severity: 'error',
			from: { path: '^nodes/shared/' },
			to: { path: '^(nodes/(?!shared/)|credentials/)' },
		},
		{
			name: 'nodes-know-themselves-only',
			comment: 'Services are cut into packages of their own.',
			severity: 'error',
			from: { path: '^nodes/((?!shared)[^/]+)/' },
			to: { path: '^nodes/', pathNot: ['^nodes/shared/', '^nodes/$1/'] },
		},
		{
			name: 'services-use-one-door',
			comment: "A service's code imports nodes/shared itself, not the files in it.",
			severity: 'error',
			from: { path: '^nodes/(?!shared/|CustomerEvents/)' },
			to: { path: '^nodes/shared/', pathNot: '^nodes/shared/index\\.ts$' },
		},
		{
			name: 'the-door-is-for-services',
			comment: 'Code in shared imports the files themselves, so that data flows one way.',
			severity: 'error',
			from: { path: '^nodes/shared/' },
			to: { path: '^nodes/shared/index\\.ts$' },
		},
		{
			name: 'the-core-is-pure',
			comment: 'The core knows neither n8n nor how records are delivered.',
			severity: 'error',
			from: { path: PURE },
			to: { path: '^(nodes/shared/(delivery|service)/|node_modules/n8n-)' },
		},
		{
			name: 'definitions-know-no-delivery',
			comment: 'Delivery reads what a service defines, not the other way around.',
			severity: 'error',
			from: { path: '^nodes/shared/service/' },
			to: { path: '^nodes/shared/delivery/' },
		},
		{
			name: 'stages-know-only-what-they-hand-over',
			comment: 'read, plan, send and report share the shapes in stages.ts. The pipeline connects them.',
			severity: 'error',
			from: { path: STAGE },
			to: { path: STAGE, pathNot: '^nodes/shared/delivery/$1/' },
		},
	],
	options: {
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		doNotFollow: { path: 'node_modules' },
	},
};
