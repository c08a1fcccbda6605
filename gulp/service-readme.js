/** Creates the README of a service's package from the pages about the whole package. */
const { readFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { ROOT, packageIn, plainError } = require('./tools');

const { manifest } = packageIn(ROOT);
const N8N = packageIn(join(ROOT, 'test/host/n8n')).manifest.dependencies.n8n;
const REPOSITORY = manifest.repository.url.replace(/^git\+|\.git$/g, '');
const BRANCH = `${REPOSITORY}/blob/main`;

/** Returns the page of the service's node, with the headings that n8n requires in a README. */
async function readmeOf({ name, description, codex }) {
	const [{ url }] = codex.resources.primaryDocumentation;
	if (!url.startsWith(`${BRANCH}/`)) throw plainError(`The codex of ${name} has its page elsewhere: ${url}`);
	const page = await pageAt(url.slice(BRANCH.length + 1));
	const { Operations, Credential, ...others } = page.sections;
	const usage = Object.entries(others).map(([heading, text]) => `## ${heading}\n\n${text}`);
	const service = description.displayName;

	return `# ${name}

${page.intro}

This package is a part of [${manifest.name}](${REPOSITORY}#readme), built from the same sources.

## Installation

In n8n, go to **Settings > Community nodes > Install** and enter \`${name}\`. Or install it with npm, then restart n8n:

\`\`\`sh
mkdir -p ~/.n8n/nodes
cd ~/.n8n/nodes
npm install --legacy-peer-deps ${name}
\`\`\`

You can install ${manifest.name} as well. n8n then lists two nodes named ${service}, and a credential works in both. A workflow needs the package that its nodes are from.

## Operations

${Operations}

## Credentials

${Credential}

## Compatibility

[A test](${BRANCH}/test/host/services.test.ts) loads this package in n8n ${N8N}, next to those of the other services and ${manifest.name}. The node itself is tested [as part of ${manifest.name}](${REPOSITORY}#compatibility). No other version of n8n was tested with this package.

## Usage

Drag columns from your input onto the fields. If your items are [canonical events](${BRANCH}/docs/event-contract.md), set **Mapping Mode** to Map Automatically. ${manifest.name} has a trigger that creates such events from what SDKs and webhooks send.

${usage.join('\n\n').replace(/^##/gm, '###')}

## Resources

- [The page of this node](${url}), with links to what all nodes of ${manifest.name} share
- [Questions and bugs](${manifest.bugs})
- [Community nodes](https://docs.n8n.io/integrations/community-nodes/) in n8n's documentation

## Version history

The versions are those of ${manifest.name}: see its [changelog](${BRANCH}/CHANGELOG.md).
`;
}

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
