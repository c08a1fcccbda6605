export { keyValueFields, readKeyValues } from './key-values';
export { operationProperties } from './operation-properties';
