/**
 * The code that a Code node needs to turn a batch of Segment's into the same events as the trigger, with the same checks,
 * times and fields. Most people's code does less.
 */
function normalize({ batch, sentAt, context, integrations }, verified) {
	const types = ['track', 'identify', 'page', 'screen', 'group', 'alias'];
	const now = Date.now();
	const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
	const isGiven = (value) => value !== undefined && value !== null && value !== '';
	const text = (value) => {
		if (typeof value === 'number' && Number.isFinite(value)) return String(value);
		return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
	};
	const refuse = (index, what) => {
		throw new Error(`Event ${index}: ${what}`);
	};
	const object = (event, field, index) => {
		const value = event[field] ?? {};
		return isObject(value) ? value : refuse(index, `"${field}" must be an object`);
	};
	const id = (event, field, index) => {
		const value = event[field];
		if (!isGiven(value)) return null;
		if (typeof value !== 'string' && typeof value !== 'number') refuse(index, `"${field}" must be text`);
		const found = text(value) ?? null;
		if (found !== null && found.length > 256) refuse(index, `"${field}" is too long`);
		return found;
	};
	const time = (value) => {
		if (!isGiven(value)) return undefined;
		const parsed = typeof value === 'number' ? (value < 1e11 ? value * 1000 : value) : Date.parse(value);
		return Number.isNaN(parsed) ? undefined : parsed;
	};
	const iso = (milliseconds) => new Date(milliseconds).toISOString();

	const seen = new Set();
	const events = [];
	batch.forEach((event, index) => {
		if (!isObject(event)) refuse(index, 'not an object');
		if (JSON.stringify(event).length > 32 * 1024) refuse(index, 'too large');
		const type = text(event.type)?.toLowerCase();
		if (!types.includes(type)) refuse(index, 'unknown type');
		const name = text(event.event);
		if (type === 'track' && name === undefined) refuse(index, 'no name');
		const userId = id(event, 'userId', index);
		const anonymousId = id(event, 'anonymousId', index);
		const groupId = id(event, 'groupId', index);
		const previousId = id(event, 'previousId', index);
		if (userId === null && anonymousId === null) refuse(index, 'it names nobody');
		const messageId = text(event.messageId);
		if (messageId === undefined || messageId.length > 100) refuse(index, 'no usable id');
		if (seen.has(messageId)) return;
		seen.add(messageId);

		const sent = time(event.sentAt) ?? time(sentAt);
		const original = time(event.originalTimestamp) ?? time(event.timestamp);
		const happened = original === undefined || sent === undefined ? original : now - (sent - original);
		const ownContext = { ...(isObject(context) ? context : {}), ...object(event, 'context', index) };
		const traits = object(event, 'traits', index);
		const describesSomebody = type === 'identify' || type === 'group';
		events.push({
			type,
			messageId,
			...(name === undefined ? {} : { event: name }),
			...(text(event.name) === undefined ? {} : { name: text(event.name) }),
			...(text(event.category) === undefined ? {} : { category: text(event.category) }),
			userId,
			anonymousId,
			...(groupId === null ? {} : { groupId }),
			...(previousId === null ? {} : { previousId }),
			traits: describesSomebody && isObject(ownContext.traits) ? { ...ownContext.traits, ...traits } : traits,
			properties: object(event, 'properties', index),
			context: ownContext,
			integrations: {
				...(isObject(integrations) ? integrations : {}),
				...object(event, 'integrations', index),
			},
			...(original === undefined ? {} : { originalTimestamp: iso(original) }),
			...(sent === undefined ? {} : { sentAt: iso(sent) }),
			receivedAt: iso(now),
			timestamp: iso(happened ?? now),
			version: '1',
			_meta: {
				format: 'segment-batch',
				transport: 'webhook',
				batchIndex: index,
				batchSize: batch.length,
				verified,
				warnings: [],
			},
		});
	});
	return events;
}

module.exports = { normalize };
