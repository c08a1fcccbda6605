/**
 * Preloaded into n8n: adds a line to a file for each call of the trigger's own code, with the CPU time that the
 * process took meanwhile. It is the node's own as long as one request comes after the other.
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
