export { checkNamed, checkPart } from './check-part';
export { deliver } from './deliver';
export { ensureCustomerExists } from './ensure-customer-exists';
export { answerFailure } from './explain-failure';
export { identifyEventsOnly } from './identify-events-only';
export { listOf } from './list-of';
export { choicesWith, lookUp } from './look-up';
export { many } from './many';
export { isOn } from './options';
export { masked } from '../redact';
export { readName, readNumber, readText, readTime, type Fields } from '../parameters';
export { pathPart, requestTo } from './request';
export type {
	AttachedFiles,
	Endpoint,
	CredentialContent,
	MappingContext,
	Operation,
	Provider,
	ProviderResponse,
	RecordAnswer,
} from './provider';
export { resultSchema } from './result';
export { summarySchema } from './summary';
