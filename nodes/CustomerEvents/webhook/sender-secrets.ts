import type { JsonObject } from '../../shared/event';
import type { IncomingRequest, RawBatch } from '../../shared/formats';
import { anyOf, redact } from '../../shared/redact';
import { shortestSecret } from '../../shared/signatures';

/** The secrets by which senders are recognised. SDKs repeat their key in events, and events are stored. */
export class SenderSecrets {
	private readonly secrets: readonly string[];
	private readonly pattern: RegExp;

	constructor(secrets: readonly string[]) {
		// A secret that can be guessed may be a word that events are full of.
		this.secrets = secrets.filter(({ length }) => length >= shortestSecret);
		this.pattern = anyOf(this.secrets);
	}

	private hideInText(text: string): string {
		return text.length < shortestSecret ? text : redact(text, this.pattern);
	}

	/**
	 * Hides them wherever they are in the events.
	 * @param raw the body that the batch was read from
	 */
	hideInBatch(batch: RawBatch, raw: Buffer, headers: IncomingRequest['headers']): RawBatch {
		const requestId = batch.requestId && this.hideInText(batch.requestId);
		if (!this.mayBeIn(raw, headers)) return { ...batch, requestId };
		const { events, shared, map } = batch;
		this.hideIn({ events, shared });
		// What a format decodes shows only once it has mapped the event.
		return { ...batch, requestId, map: map && ((event) => this.hideIn(map(event))) };
	}

	/** To look for them in the bytes costs a fraction of looking at every text. */
	private mayBeIn(raw: Buffer, headers: IncomingRequest['headers']): boolean {
		if (this.secrets.length === 0) return false;
		const isEncoded =
			raw.includes('\\') || raw.includes('"data_base64"') || headers['ce-specversion'] !== undefined;
		return isEncoded || this.secrets.some((secret) => raw.includes(secret));
	}

	/** In place, and not by recursion: nobody has looked yet how deep the value is. */
	private hideIn<Value extends object>(value: Value): Value {
		const nodes = [value as JsonObject];
		for (const node of nodes) {
			for (const key of Object.keys(node)) {
				const inner = node[key];
				if (typeof inner === 'object' && inner !== null) nodes.push(inner as JsonObject);
				const shownKey = this.hideInText(key);
				const shown = typeof inner === 'string' ? this.hideInText(inner) : inner;
				if (shownKey !== key) delete node[key];
				if (shownKey !== key || shown !== inner) node[shownKey] = shown;
			}
		}
		return value;
	}
}
