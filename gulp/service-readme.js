/** Makes the README of a service's package out of the pages about the whole package. */
const { readFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { ROOT, packageIn, plainError } = require('./tools');

const { manifest } = packageIn(ROOT);
const N8N = packageIn(join(ROOT, 'test/host/n8n')).manifest.dependencies.n8n;
const REPOSITORY = manifest.repository.url.replace(/^git\+|\.git$/g, '');
const BRANCH = `${REPOSITORY}/blob/main`;

/** Returns the page of the service's node, with the headings that n8n requires of a README. */
async function readmeOf({ name, description, codex }) {
	const [{ url }] = codex.resources.primaryDocumentation;
	if (!url.startsWith(`${BRANCH}/`)) throw plainError(`The codex of ${name} has its page elsewhere: ${url}`);
	const page = await pageAt(url.slice(BRANCH.length + 1));
	const { Operations, Credential, ...others } = page.sections;
	const usage = Object.entries(others).map(([heading, text]) => `## ${heading}\n\n${text}`);
	const service = description.displayName;

	return `# ${name}

${page.intro}

This package is one node of [${manifest.name}](${REPOSITORY}#readme), made from the same sources.

## Installation

In n8n, under **Settings → Community nodes → Install**, enter \`${name}\`. Or install it with npm where n8n looks for community nodes, and restart n8n:

\`\`\`sh
mkdir -p ~/.n8n/nodes
cd ~/.n8n/nodes
npm install --legacy-peer-deps ${name}
\`\`\`

${manifest.name} may be installed as well. n8n then lists two nodes named ${service}, and a credential serves both. A workflow says of which package each of its nodes is, so it keeps working only while that package is there.

## Operations

${Operations}

## Credentials

${Credential}

## Compatibility

Loaded by n8n ${N8N} beside the packages of the other services and ${manifest.name}, in [a test](${BRANCH}/test/host/services.test.ts). What the node does is tested [as part of ${manifest.name}](${REPOSITORY}#compatibility), from the same sources. No other version of n8n has been tried with this package.

## Usage

Events that have the form of [the canonical event](${BRANCH}/docs/event-contract.md) are sent as they are. The trigger that makes them of what SDKs and webhooks post is in ${manifest.name}. For all other data, set **Mapping Mode** to Define Below and fill in the fields.

${usage.join('\n\n').replace(/^##/gm, '###')}

## Resources

- [${service} for n8n](${url}), with links to all that is shared with the other nodes of ${manifest.name}
- [Questions and bugs](${manifest.bugs})
- [Community nodes](https://docs.n8n.io/integrations/community-nodes/) in n8n's documentation

## Version history

Versions are those of ${manifest.name}; its [changelog](${BRANCH}/CHANGELOG.md) has them.
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

/** Makes links and pictures absolute. */
function withFullLinks(markdown, folder) {
	return markdown.replace(/(\]\(|\b(?:src|srcset|href)=")(?!#|\w+:)([^)"\s]+)/g, (_, before, target) => {
		const kind = /\.(svg|png|gif|jpe?g)$/.test(target) ? 'raw' : 'blob';
		return `${before}${REPOSITORY}/${kind}/main/${join(folder, target)}`;
	});
}

module.exports = { readmeOf };
