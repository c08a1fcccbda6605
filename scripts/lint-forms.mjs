/**
 * Lints the forms as n8n gets them. ESLint sees only literals in the source, but most parameters are built by
 * functions. This prints each node's description as source text and applies the rules of `eslint.config.mjs`.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ESLint } from 'eslint';

/** Rules about source code that a printed description can't follow. */
const sourceRules = [
	'@n8n/community-nodes/node-connection-type-literal',
	'@n8n/community-nodes/webhook-lifecycle-complete',
];

/** Findings that are right as they are. */
const exceptions = [
	{
		rule: 'n8n-nodes-base/node-param-fixed-collection-type-unsorted-items',
		nodes: ['SuprSend'],
		reason: 'A field comes after the one that decides whether it is shown.',
	},
	{
		rule: 'n8n-nodes-base/node-param-options-type-unsorted-items',
		nodes: ['CustomerEvents', 'CustomerEventsTrigger'],
		reason: 'The default comes first: Detect Automatically, and Curl.',
	},
	{
		rule: 'n8n-nodes-base/node-param-color-type-unused',
		nodes: ['SimonData'],
		reason: 'The color of a product is a word.',
	},
];

/** Returns what breaks our own rules, which n8n's linter doesn't have. */
function ownFindings({ properties }) {
	const isShown = ({ displayOptions }, operation, resource) =>
		displayOptions?.show?.operation?.includes(operation) && displayOptions.show.resource?.includes(resource);
	const wrongPlaceholders = fieldsIn(properties).filter(
		({ placeholder, type }) =>
			placeholder !== undefined &&
			!(type === 'list' ? /^Select an? .*…$/ : /^(e\.g\. |Add )/).test(placeholder),
	);
	const withoutPlaceholder = fieldsIn(properties).filter(
		({ type, placeholder }) => type === 'list' && placeholder === undefined,
	);
	const deletions = properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options, displayOptions }) =>
			options.map(({ value }) => ({ value, resource: displayOptions?.show.resource[0] })),
		)
		.filter(({ value }) => value.startsWith('delete'))
		.filter(
			({ value, resource }) =>
				!properties.some((each) => each.type === 'notice' && isShown(each, value, resource)),
		);
	const positionOf = (name, { operation, resource }) =>
		properties.findIndex((each) => each.name === name && isShown(each, operation[0], resource[0]));
	const belowSort = properties.filter(
		({ name, displayOptions: { show } = {} }) =>
			name === 'sort' && show?.operation && positionOf('options', show) > positionOf('sort', show),
	);
	return [
		...wrongPlaceholders.map(
			({ placeholder }) => `the placeholder "${placeholder}" must begin with "e.g.", "Add" or "Select"`,
		),
		...withoutPlaceholder.map(
			({ displayName }) => `the field "${displayName}" needs a placeholder such as "Select a list…"`,
		),
		...deletions.map(
			({ value, resource }) =>
				`${resource}: ${value} needs a notice that says the operation runs for each item`,
		),
		...belowSort.map(
			({ displayOptions: { show } }) => `${show.resource}: ${show.operation} must show Options above Sort`,
		),
	];
}

/** Returns all fields of a form: also those of collections and resource locators. */
function fieldsIn(fields) {
	return fields.flatMap((field) => [
		field,
		...(field.modes ?? []),
		...fieldsIn((field.options ?? []).flatMap((option) => option.values ?? (option.type ? [option] : []))),
	]);
}

const { n8n } = JSON.parse(readFileSync('package.json', 'utf8'));
const eslint = new ESLint({
	overrideConfig: { rules: Object.fromEntries(sourceRules.map((rule) => [rule, 'off'])) },
});
const used = new Set();
const results = [];
const faults = [];

for (const file of n8n.nodes) {
	const filePath = file.replace(/^dist\//, '').replace(/\.js$/, '.ts');
	const name = basename(filePath, '.node.ts');
	const { [name]: Node } = await import(new URL(`../${filePath}`, import.meta.url));
	// The rules look for names without quotes.
	const built = new Node().description;
	faults.push(...ownFindings(built).map((finding) => `${name}: ${finding}`));
	const description = JSON.stringify(built, undefined, '\t').replace(
		/^(\t+)"([A-Za-z_$][\w$]*)":/gm,
		'$1$2:',
	);
	const source = [
		"import type { INodeType, INodeTypeDescription } from 'n8n-workflow';",
		`export class ${name} implements INodeType { description: INodeTypeDescription = ${description}; }`,
	].join('\n');
	for (const result of await eslint.lintText(source, { filePath })) {
		const messages = result.messages.filter(({ ruleId }) => {
			const exception = exceptions.find(({ rule, nodes }) => rule === ruleId && nodes.includes(name));
			if (exception !== undefined) used.add(exception);
			return exception === undefined;
		});
		results.push({ ...result, messages, errorCount: messages.length });
	}
}

const { format } = await eslint.loadFormatter('stylish');
const report = await format(results.filter(({ errorCount }) => errorCount > 0));
if (report !== '')
	console.error(`Problems in the built forms (line numbers refer to the printed description):\n${report}`);
for (const fault of faults) console.error(fault);
const unused = exceptions.filter((exception) => !used.has(exception));
for (const { rule } of unused)
	console.error(`scripts/lint-forms.mjs no longer needs its exception for ${rule}.`);
process.exitCode = report === '' && unused.length === 0 && faults.length === 0 ? 0 : 1;
