const Sequencer = require('@jest/test-sequencer').default;

/** Files that measure memory or time. They need a new worker, before the machine gets busy. */
const SENSITIVE = ['engine/many-and-preview', 'engine/guarantees'];

/** The longest of the other files. If one of them started last, the other workers would be idle. */
const LONG = [
	'editor/forms',
	'editor/answers',
	'editor/workflows',
	'editor/nodes',
	'host/trigger',
	'host/senders',
	'host/clients',
	'host/boot',
	'host/secrets',
	'host/hostile',
	'host/templates',
	'host/crash',
	'host/services',
	'host/embeddables-trigger',
	'host/installations',
	'host/rate-limit',
	'engine/providers/supr-send',
	'engine/failing-connections',
	'engine/fault-matrix',
	'host/credentials',
	'conformance/suprsend/suprsend',
	'engine/sending',
	'unit/linear-time',
];

const ORDER = [...SENSITIVE, ...LONG].map((name) => `/test/${name}.test.ts`);

/** Runs the listed files first and the others in jest's own order. */
module.exports = class LongFilesFirst extends Sequencer {
	sort(tests) {
		return super.sort(tests).sort((one, other) => rank(one) - rank(other));
	}
};

function rank({ path }) {
	const normalized = path.replaceAll('\\', '/');
	const index = ORDER.findIndex((ending) => normalized.endsWith(ending));
	return index === -1 ? ORDER.length : index;
}
