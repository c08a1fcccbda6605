import communityNodes from '@n8n/eslint-plugin-community-nodes';
import tsParser from '@typescript-eslint/parser';
import nodesBase from 'eslint-plugin-n8n-nodes-base';

const PACKAGE_JSON = ['package.json'];
const CREDENTIALS = ['credentials/**/*.ts'];
const NODES = ['nodes/**/*.ts'];
const PURE = ['event', 'formats', 'signatures'].map((folder) => `nodes/shared/${folder}/**/*.ts`);

/** All rules of the plugin, as errors. */
const communityRules = Object.fromEntries(
	Object.keys(communityNodes.rules).map((name) => [`@n8n/community-nodes/${name}`, 'error']),
);

const noAny = {
	selector: 'TSAnyKeyword',
	message: 'Use the real type, or `unknown` and check it.',
};
const noFocus = {
	selector: 'MemberExpression[object.name=/^(describe|it|test)$/][property.name="only"]',
	message: 'The other tests would not run.',
};
const noClockNoChance = [
	'NewExpression[callee.name="Date"][arguments.length=0]',
	'CallExpression[callee.property.name=/^(now|random|randomBytes|randomInt|randomUUID)$/]',
	'ImportSpecifier[imported.name=/^random(Bytes|Int|UUID)$/]',
].map((selector) => ({ selector, message: 'The pure core gets time and randomness as parameters.' }));

const onlyWhatN8nHas = {
	regex: '^(?!\\.|n8n-workflow$|zod/v4$|lodash$|luxon$|node:crypto$)',
	message: 'The package has no dependencies. Import only what n8n provides.',
};

export default [
	{ ignores: ['dist/', 'build/'] },

	{
		files: ['**/*.{js,cjs,mjs,ts,cts,mts}'],
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			eqeqeq: 'error',
			'no-debugger': 'error',
			'no-empty': 'error',
			'no-var': 'error',
			'prefer-const': 'error',
			'no-restricted-syntax': ['error', noAny, noFocus],
		},
	},
	{ files: ['**/*.{ts,cts,mts}', ...PACKAGE_JSON], languageOptions: { parser: tsParser } },
	{ files: ['**/*.{js,cjs}'], languageOptions: { sourceType: 'commonjs' } },

	// The rules of n8n's scanner for community packages.
	{
		files: [...PACKAGE_JSON, ...CREDENTIALS, ...NODES],
		plugins: { '@n8n/community-nodes': communityNodes, 'n8n-nodes-base': nodesBase },
		rules: communityRules,
	},
	{ files: PACKAGE_JSON, rules: nodesBase.configs.community.rules },
	{
		files: CREDENTIALS,
		rules: {
			...nodesBase.configs.credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: NODES,
		rules: {
			...nodesBase.configs.nodes.rules,
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},

	// Published code: no rule can be disabled.
	{
		files: [...CREDENTIALS, ...NODES],
		linterOptions: { noInlineConfig: true },
		rules: {
			'no-console': 'error',
			'no-warning-comments': [
				'error',
				{
					terms: ['todo', 'fixme', 'eslint-', '@ts-ignore', '@ts-nocheck', '@ts-expect-error'],
					location: 'anywhere',
				},
			],
		},
	},
	{ files: CREDENTIALS, rules: { 'no-restricted-imports': ['error', { patterns: [onlyWhatN8nHas] }] } },
	// Which of our own files may import which: .dependency-cruiser.cjs.
	{ files: NODES, rules: { 'no-restricted-imports': ['error', { patterns: [onlyWhatN8nHas] }] } },
	{ files: PURE, rules: { 'no-restricted-syntax': ['error', noAny, ...noClockNoChance] } },
];
