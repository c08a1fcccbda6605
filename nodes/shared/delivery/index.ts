export { deliver } from './deliver';
export { many } from './many';
export { masked } from './redact';
export { readName, readText, type Fields } from './fields';
export type { CredentialContent, Operation, Provider, ProviderResponse } from './provider';
export { resultSchema } from './result';
export { summarySchema } from './summary';
