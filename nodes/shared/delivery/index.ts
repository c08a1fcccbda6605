export { deliver } from './deliver';
export type { Fields } from './fields';
export type { Connection, Operation, Provider, ProviderResponse } from './provider';
export { resultSchema } from './result';
