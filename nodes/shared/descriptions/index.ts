export { keyValueFields, readJson, readKeyValues } from './key-values';
export { operationProperties } from './operation-properties';
