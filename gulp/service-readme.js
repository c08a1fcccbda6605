/** Creates the README of a service's package from the pages about the whole package. */
const { readdir, readFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { ROOT, packageIn, plainError } = require('./tools');

const { manifest } = packageIn(ROOT);
const N8N = packageIn(join(ROOT, 'test/host/n8n')).manifest.dependencies.n8n;
const REPOSITORY = manifest.repository.url.replace(/^git\+|\.git$/g, '');
const BRANCH = `${REPOSITORY}/blob/main`;

/** Returns the page of the service's node, with the headings that n8n requires in a README. */
async function readmeOf({ name, description, codex, nodes }) {
	const [{ url }] = codex.resources.primaryDocumentation;
	if (!url.startsWith(`${BRANCH}/`)) throw plainError(`The codex of ${name} has its page elsewhere: ${url}`);
	const page = await pageAt(url.slice(BRANCH.length + 1));
	const { Operations, Credential, ...others } = page.sections;
	const usage = Object.entries(others).map(([heading, text]) => `## ${heading}\n\n${text}`);
	const service = description.displayName;
	const trigger = nodes.map((node) => node.description.displayName).find((each) => each.endsWith(' Trigger'));

	return `# ${name}

${page.intro}

This package is built from the same sources as [${manifest.name}](${REPOSITORY}#readme).

## Installation

In n8n, go to **Settings > Community nodes > Install** and enter \`${name}\`. Or install the package with npm, then restart n8n:

\`\`\`sh
mkdir -p ~/.n8n/nodes
cd ~/.n8n/nodes
npm install --legacy-peer-deps ${name}
\`\`\`

n8n 3 disables unverified packages by default, and n8n Cloud accepts only verified packages. See [where each installation works](${BRANCH}/docs/operations.md#installation).

To switch from ${manifest.name} to this package, uninstall ${manifest.name} and [move your workflows](${BRANCH}/docs/operations.md#move-workflows-to-a-package-for-one-service). Your credentials keep working. With npm, you can also [install both packages](${BRANCH}/docs/operations.md#next-to-a-package-for-one-service).

## Operations

${Operations}

## Credentials

${Credential}

## Compatibility

[A test](${BRANCH}/test/host/services.test.ts) installs this package alone in n8n ${N8N}, tests the credential, sends events${trigger ? ', identifies people, and starts a workflow with the trigger' : ' and identifies people'}. The test also installs this package next to ${manifest.name} and the packages for the other services. The tests of ${manifest.name} [cover all operations](${REPOSITORY}#compatibility). This package isn't tested with other versions of n8n.

## Usage

${firstWorkflow(service, description, trigger)}

${await templatesWith(name, description.name)}

${usage.join('\n\n').replace(/^##/gm, '###')}

## Resources

- [This node's documentation](${url}), with links to the features that all nodes of ${manifest.name} share
- [Questions and bugs](${manifest.bugs})
- [Community nodes](https://docs.n8n.io/integrations/community-nodes/) in n8n's documentation

## Version history

This package has the same version numbers as ${manifest.name}. CHANGELOG.md lists only the changes that affect this package. For all changes, see the [full changelog](${BRANCH}/CHANGELOG.md).
`;
}

/** Returns the steps from a credential to the trigger, with the labels of the node's form. */
function firstWorkflow(service, { properties }, trigger) {
	const actions = properties
		.filter((property) => property.name === 'operation')
		.flatMap(({ options }) => options);
	const labelled = (value, ending) => {
		const { action } = actions.find((each) => each.value === value && ending.test(each.action));
		return `**${action}**`;
	};
	const steps = [
		`Add the **${service}** node with the action ${labelled('send', /event$/)}, and create its [credential](#credentials). n8n tests the credential when you save it.`,
		'Drag columns from your input onto the fields, and run the node. The output shows whether the event was delivered, or why it failed. To see the request without sending it, turn on **Options > Preview Only**.',
		`To send data about people, use ${labelled('identify', /./)}. To send many items and get one summary, use ${labelled('sendMany', /events$/)} or ${labelled('identifyMany', /./)}.`,
	];
	if (trigger) {
		const anchor = trigger.toLowerCase().replaceAll(' ', '-');
		steps.push(
			`To start a workflow from ${service}, add the [${trigger}](#${anchor}) and publish the workflow.`,
		);
	}
	return `### Your first workflow

${steps.map((step, index) => `${index + 1}. ${step}`).join('\n')}

If your items are [canonical events](${BRANCH}/docs/event-contract.md), set **Mapping Mode** to Map Automatically. The Customer Events Trigger in ${manifest.name} creates these events from SDK requests and webhooks.`;
}

/** Returns a section with links to the templates that have the node. */
async function templatesWith(name, node) {
	const { sections } = await pageAt('docs/templates.md');
	const files = (await readdir(join(ROOT, 'templates'))).filter((file) => file.endsWith('.json'));
	const links = [];
	for (const file of files) {
		const template = await readFile(join(ROOT, 'templates', file), 'utf8');
		if (!template.includes(`"${manifest.name}.${node}`)) continue;
		const [heading] = Object.entries(sections).find(([, text]) => text.includes(`/templates/${file}`));
		links.push(`- [${heading}](${BRANCH}/docs/templates.md#${anchorOf(heading)})`);
	}
	return `### Templates

${links.join('\n')}

These templates use ${manifest.name}. To use a template with this package, replace \`${manifest.name}.${node}\` with \`${name}.${node}\` in the template's file before you import it. If the template contains Customer Events nodes, also install ${manifest.name}.`;
}

/** The anchor that GitHub makes of a heading. */
const anchorOf = (heading) =>
	heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N} _-]/gu, '')
		.replaceAll(' ', '-');

/** Splits a page of this repository by its second-level headings, with links that work outside the repository. */
async function pageAt(path) {
	const text = withFullLinks(await readFile(join(ROOT, path), 'utf8'), dirname(path));
	const [top, ...sections] = text.split(/^## /m);
	return {
		intro: top.replace(/^# .+/, '').trim(),
		sections: Object.fromEntries(sections.map(headingAndText)),
	};
}

const headingAndText = (section) => {
	const end = section.indexOf('\n');
	return [section.slice(0, end), section.slice(end).trim()];
};

/** Returns the text with absolute links and pictures. */
function withFullLinks(markdown, folder) {
	return markdown.replace(/(\]\(|\b(?:src|srcset|href)=")(?!#|\w+:)([^)"\s]+)/g, (_, before, target) => {
		const kind = /\.(svg|png|gif|jpe?g)$/.test(target) ? 'raw' : 'blob';
		return `${before}${REPOSITORY}/${kind}/main/${join(folder, target)}`;
	});
}

module.exports = { readmeOf };
