export {
	canonicalEventSchema,
	eventTypes,
	type CanonicalEvent,
	type EventType,
	type EventMeta,
	type Warning,
} from './canonical-event';
export { nameFormats, type NameFormat } from './event-name';
export { isMeantFor } from './destinations';
export { defaultBatchLimits, defaultEventLimits, type BatchLimits, type EventLimits } from './limits';
export { asNamedEvent, type NamedEvent } from './named-event';
export {
	isEventType,
	isGiven,
	isObject,
	normalise,
	text,
	type EventOrigin,
	type Normalised,
} from './normalise';
export { parseTime } from './time';
export { rejectMessages, type Reject, type RejectCode } from './rejects';
