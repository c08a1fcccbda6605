export { decodeBody, type DecodedBody } from './bodies/decode-body';
export { inflateGzip } from './bodies/inflate';
export { convert, type Converted, type ConvertOptions } from './convert';
export { requestId, type IncomingRequest, type RawBatch } from './format';
export type { Paths } from './paths';
export { senderPresets, type SenderPreset } from './presets';
export { formats, readRequest, sdkPaths, type ReadOptions } from './read-request';
export type { RowMapping } from './rows';
