import communityNodes from '@n8n/eslint-plugin-community-nodes';
import tsParser from '@typescript-eslint/parser';
import nodesBase from 'eslint-plugin-n8n-nodes-base';

const PACKAGE_JSON = ['package.json'];
const CREDENTIALS = ['credentials/**/*.ts'];
const NODES = ['nodes/**/*.ts'];
const PURE = ['event', 'formats', 'signatures'].map((folder) => `nodes/shared/${folder}/**/*.ts`);

/** Every rule the plugin has, and no mere warnings. */
const communityRules = Object.fromEntries(
	Object.keys(communityNodes.rules).map((name) => [`@n8n/community-nodes/${name}`, 'error']),
);

const noAny = {
	selector: 'TSAnyKeyword',
	message: 'Say what it is, or use `unknown` and find out.',
};
const noFocus = {
	selector: 'MemberExpression[object.name=/^(describe|it|test)$/][property.name="only"]',
	message: 'With this, the other tests would not run.',
};
const noClockNoChance = [
	'NewExpression[callee.name="Date"][arguments.length=0]',
	'CallExpression[callee.property.name=/^(now|random|randomBytes|randomInt|randomUUID)$/]',
	'ImportSpecifier[imported.name=/^random(Bytes|Int|UUID)$/]',
].map((selector) => ({ selector, message: 'The pure core takes time and randomness as parameters.' }));

const noOtherProvider = {
	regex: '(^|/)[A-Z][^/]*/',
	caseSensitive: true,
	message: 'A node knows itself and nodes/shared; shared knows no node.',
};
const onlyWhatN8nHas = {
	regex: '^(?!\\.|n8n-workflow$|zod/v4$|lodash$|luxon$|node:crypto$)',
	message: 'A user has no dependency of ours: import only what n8n brings along.',
};
const noN8n = { group: ['n8n-*'], message: 'The pure core does not know n8n.' };

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

	// n8n's gate for community packages: the rules of its scanner, set up as in its scanner.
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

	// What ships: no way around a rule, and the architecture of CONTRIBUTING.md.
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
	{
		files: NODES,
		rules: { 'no-restricted-imports': ['error', { patterns: [onlyWhatN8nHas, noOtherProvider] }] },
	},
	{
		files: PURE,
		rules: {
			'no-restricted-imports': ['error', { patterns: [onlyWhatN8nHas, noOtherProvider, noN8n] }],
			'no-restricted-syntax': ['error', noAny, ...noClockNoChance],
		},
	},
];
