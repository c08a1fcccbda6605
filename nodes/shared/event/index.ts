export {
	canonicalEventSchema,
	eventTypes,
	isEventType,
	type CanonicalEvent,
	type EventType,
	type EventMeta,
	type Warning,
} from './canonical-event';
export { brokenIdWarning } from './broken-id';
export { nameFormats, type NameFormat } from './name-format';
export { isMeantFor } from './destinations';
export {
	defaultBatchLimits,
	defaultEventLimits,
	itemLimits,
	jsonBytes,
	webhookEventBytes,
	type BatchLimits,
	type EventLimits,
} from './limits';
export { asNamedEvent, personTraits, type NamedEvent } from './named-event';
export { cleanShared, normalize, type NormalizeOptions, type SharedValues } from './normalize';
export { datesToSend, parseDate, parseTime } from './time';
export { placeToKeep, quoted } from './ignored-fields';
export { capWarnings } from './problems';
export {
	jsonText,
	tooDeepToShow,
	rejectMessages,
	toReject,
	type Reject,
	type RejectCode,
	type RejectReason,
} from './rejects';
export { lostDigits, roundedNumberWarning } from './rounded-numbers';
export {
	asShown,
	characters,
	firstGiven,
	isBlank,
	saysNothing,
	isGiven,
	isObject,
	isRounded,
	shorten,
	text,
	without,
	withoutSecrets,
	type JsonObject,
} from './values';
