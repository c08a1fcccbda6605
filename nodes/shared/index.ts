/** Everything that the node of a service imports. Code in `shared` imports the files themselves. */
export { execute } from './delivery/execute';
export { choicesWith, lookUp, lookUps } from './delivery/look-up';
export { resultSchema } from './delivery/report/result';
export { summarySchema } from './delivery/report/summary';
export { answerFailure } from './delivery/send/explain-failure';
export {
	asNamedEvent,
	asShown,
	characters,
	datesToSend,
	isBlank,
	isGiven,
	isObject,
	jsonText,
	nameFormats,
	parseDate,
	parseTime,
	personTraits,
	text,
	without,
	type CanonicalEvent,
	type Warning,
} from './event';
export { convert, type Paths } from './formats';
export { asText, readName, readNumber, readText, type Fields } from './parameters';
export { masked } from './redact';
export type {
	AttachedFiles,
	Bulk,
	CredentialContent,
	Endpoint,
	MappedRecord,
	MappingContext,
	Operation,
	OperationOption,
	Provider,
	ProviderResponse,
	RecordAnswer,
	RecordForm,
	Steps,
} from './service/definition';
export { isOn } from './service/delivery-options';
export { readLimit } from './service/entities';
export * as operation from './service/declared';
export * as field from './service/fields';
export {
	asList,
	entriesOf,
	keyValueFields,
	readJsonField,
	readKeyValues,
	timeOrNow,
} from './service/form-values';
export { readJson } from './service/read-json';
export { operationProperties } from './service/operation-form';
export { byCursor, byOffset, byPage, wholeList } from './service/paging';
export {
	destinationHint,
	asSummary,
	ensureCustomerExists,
	identifyEventsOnly,
	listOf,
	manyEvents,
	onlyAccepts,
	updatesThePerson,
} from './service/operations';
export { record, type Field, type RecordOf } from './service/record';
export {
	checkNamed,
	checkPart,
	ifFilledIn,
	ifUsable,
	pathPart,
	textual,
	usableValues,
} from './service/schemas';
export { webhookCredentialTest } from './webhook/credential';
export { pathsField } from './webhook/paths-field';
export {
	checkServiceTrigger,
	receiveFromService,
	serviceTriggerFields,
	serviceTriggerHint,
	serviceTriggerPanel,
	serviceWebhooks,
} from './webhook/service-trigger';
