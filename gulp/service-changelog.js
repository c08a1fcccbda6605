/** Creates the changelog of a service's package: the changelog without what is only about other nodes. */
const { readFile } = require('node:fs/promises');
const { join } = require('node:path');
const { ROOT, instanceOf, packageIn } = require('./tools');

const { manifest } = packageIn(ROOT);

/** Returns the changelog. An entry is about the nodes that it names in bold at its start, or about all of them. */
async function changelogOf({ nodes }) {
	const all = manifest.n8n.nodes.map((path) => instanceOf(join(ROOT, path)).description.displayName);
	const own = nodes.map(({ description }) => description.displayName);
	const concerns = (entry) => {
		const [start] = entry.split(/ [a-z]/, 1);
		const named = all.filter((name) => start.includes(`**${name}**`));
		return named.length === 0 || named.some((name) => own.includes(name));
	};
	const text = await readFile(join(ROOT, 'CHANGELOG.md'), 'utf8');
	const kept = text.split(/^(?=- )/m).map((part) => {
		// After an entry there can be a heading, which stays.
		const [entry = ''] = /^- .*\n(?: .*\n)*/.exec(part) ?? [];
		return entry === '' || concerns(entry) ? part : part.slice(entry.length);
	});
	return withoutEmptySections(kept.join(''));
}

const withoutEmptySections = (text) => text.replace(/^### .*\n+(?=##|$(?![^]))/gm, '');

module.exports = { changelogOf };
