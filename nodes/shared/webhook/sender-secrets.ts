import type { JsonObject } from '../event';
import type { IncomingRequest, RawBatch } from '../formats';
import { anyOf, redact } from '../redact';
import { shortestSecret } from '../signatures';

/** The secrets to hide in events: some SDKs repeat their key there, and n8n stores events. */
export class SenderSecrets {
	private readonly secrets: readonly string[];
	private readonly pattern: RegExp;

	constructor(secrets: readonly string[]) {
		// A short secret can be a common word in events.
		this.secrets = secrets.filter(({ length }) => length >= shortestSecret);
		this.pattern = anyOf(this.secrets);
	}

	private hideInText(text: string): string {
		return text.length < shortestSecret ? text : redact(text, this.pattern);
	}

	/** Hides the secrets in the headers, since paths can read them. */
	hideInHeaders(headers: IncomingRequest['headers']): IncomingRequest['headers'] {
		const isIn = (value: unknown) => this.secrets.some((secret) => String(value).includes(secret));
		if (!Object.values(headers).some(isIn)) return headers;
		return Object.fromEntries(
			Object.entries(headers).map(([name, value]) => [
				name,
				isIn(value) ? this.hideInText(String(value)) : value,
			]),
		);
	}

	/**
	 * Hides the secrets in all events, in place.
	 * @param raw the body of the request
	 */
	hideInBatch(batch: RawBatch, raw: Buffer, headers: IncomingRequest['headers']): RawBatch {
		const requestId = batch.requestId && this.hideInText(batch.requestId);
		if (batch.isEncoded !== true && !this.mayBeIn(raw, headers)) return { ...batch, requestId };
		const { events, shared, exact } = batch;
		this.hideIn({ events, shared, exactEvents: exact?.events });
		return {
			...batch,
			requestId,
			map: this.hideInMapped(batch.map),
			exact: exact && { ...exact, map: this.hideInMapped(exact.map) },
		};
	}

	/** Some formats decode data while they map an event, so the mapped events need hiding, too. */
	private hideInMapped(map: RawBatch['map']): RawBatch['map'] {
		return map && ((event, now) => this.hideIn(map(event, now)));
	}

	/** Searches the raw body first, which is much faster than checking every text. */
	private mayBeIn(raw: Buffer, headers: IncomingRequest['headers']): boolean {
		if (this.secrets.length === 0) return false;
		const isEncoded =
			raw.includes('\\') ||
			raw.includes('"data_base64"') ||
			headers['ce-specversion'] !== undefined ||
			headers['ce_specversion'] !== undefined;
		return isEncoded || this.secrets.some((secret) => raw.includes(secret));
	}

	/** Works without recursion, since the depth of the value isn't checked yet. */
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
