export { deliver } from './deliver';
export { answerFailure } from './explain-failure';
export { many } from './many';
export { masked } from './redact';
export { readName, readText, type Fields } from './parameters';
export type { CredentialContent, Operation, Provider, ProviderResponse, RecordAnswer } from './provider';
export { resultSchema } from './result';
export { summarySchema } from './summary';
