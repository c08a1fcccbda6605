import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CanonicalEvent } from '../../nodes/shared/event';
import { runProgram } from '../host/clients';
import { credentials } from '../sandbox/credentials';
import type { PipelineFigures } from './n8n-pipeline';

const { workspaceKey, workspaceSecret } = credentials.suprsend;

/** A program that sends events with SuprSend's own SDK, without n8n. */
const program = (eventsFile: string, baseUrl: string) => `
	import { readFileSync } from 'node:fs';
	import { createServer } from 'node:http';
	import { Event, Suprsend } from '@suprsend/node-sdk';

	const events = JSON.parse(readFileSync('${eventsFile}'));

	async function sendAll(base_url, some) {
		const bulk = new Suprsend('${workspaceKey}', '${workspaceSecret}', { base_url }).bulk_events.new_instance();
		for (const { userId, event, properties, messageId } of some) {
			bulk.append(new Event(userId, event, properties, { idempotency_key: messageId }));
		}
		const answer = await bulk.trigger();
		if (answer.failure > 0) throw new Error(JSON.stringify(answer.failed_records[0]));
	}

	// Warmed up like n8n, with a server that accepts anything.
	const anything = createServer((request, response) => request.resume().on('end', () => response.writeHead(202).end()));
	await new Promise((listening) => anything.listen(0, '127.0.0.1', listening));
	await sendAll('http://127.0.0.1:' + anything.address().port + '/', events.slice(0, events.length / 10));
	anything.closeAllConnections();
	anything.close();

	const cpuBefore = process.cpuUsage();
	const startedAt = performance.now();
	await sendAll('${baseUrl}/', events);
	const nodeMs = performance.now() - startedAt;
	const { user, system } = process.cpuUsage(cpuBefore);
	const peakMemoryMb = process.resourceUsage().maxRSS / 1024;
	console.log(JSON.stringify({ wallMs: nodeMs, nodeMs, cpuMs: (user + system) / 1000, peakMemoryMb }));`;

/** Sends events with SuprSend's own SDK, in bulk, from a process of its own. */
export async function runSdk(baseUrl: string, events: CanonicalEvent[]): Promise<PipelineFigures> {
	const folder = await mkdtemp(join(tmpdir(), 'customer-events-bench-'));
	try {
		const eventsFile = join(folder, 'events.json');
		await writeFile(eventsFile, JSON.stringify(events));
		return JSON.parse(await runProgram(program(eventsFile, baseUrl))) as PipelineFigures;
	} finally {
		await rm(folder, { recursive: true });
	}
}
