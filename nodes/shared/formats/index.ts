export { convert, type Converted, type ConvertOptions } from './convert';
export { requestId, type FormatName, type IncomingRequest, type RawBatch } from './format';
export type { Paths } from './paths';
export { asRows, type RowMapping } from './rows';
export { formats, readRequest, sdkPaths, type ReadOptions } from './read-request';
