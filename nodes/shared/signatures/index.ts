export { hasWriteKey } from './write-key';
