/**
 * Records the CPU time of the trigger's own code: n8n preloads this file, which adds a line to a file for each call. The time
 * is that of the whole process, so requests must come one after the other.
 */
const { appendFileSync } = require('node:fs');
const Module = require('node:module');

const load = Module._load;
Module._load = function (...args) {
	const loaded = load.apply(this, args);
	const prototype = loaded?.CustomerEventsTrigger?.prototype;
	if (prototype !== undefined && !prototype.webhook.isMeasured) measure(prototype);
	return loaded;
};

function measure(prototype) {
	const { webhook } = prototype;
	prototype.webhook = async function () {
		const before = process.cpuUsage();
		const answer = await webhook.call(this);
		const { user, system } = process.cpuUsage(before);
		appendFileSync(process.env.BENCH_NODE_CPU_FILE, `${(user + system) / 1000}\n`);
		return answer;
	};
	prototype.webhook.isMeasured = true;
}
