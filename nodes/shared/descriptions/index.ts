export { keyValueFields, readKeyValues } from './key-values';
export { mappingMode } from './mapping-mode';
export { operationFields } from './operation-fields';
export { byName, eventNameFormat, senderOptions } from './options';
