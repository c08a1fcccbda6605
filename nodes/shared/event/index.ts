export {
	canonicalEventSchema,
	eventTypes,
	isEventType,
	type CanonicalEvent,
	type EventType,
	type EventMeta,
	type Warning,
} from './canonical-event';
export { nameFormats, type NameFormat } from './event-name';
export { isMeantFor } from './destinations';
export {
	defaultBatchLimits,
	defaultEventLimits,
	itemLimits,
	type BatchLimits,
	type EventLimits,
} from './limits';
export { asNamedEvent, type NamedEvent } from './named-event';
export { normalise, type EventOrigin, type Normalised } from './normalise';
export { personTraits } from './person-traits';
export { parseTime } from './time';
export { capWarnings, type Fault } from './findings';
export { jsonText, tooDeepToShow, rejectMessages, toReject, type Reject, type RejectCode } from './rejects';
export { characters, firstGiven, isGiven, isObject, text, withoutSecrets, type JsonObject } from './values';
