export { findFault, shortestSecret } from './fault';
export type { HmacFormat } from './hmac';
export { hmacPresets, type HmacPreset } from './hmac-presets';
export type { SenderRequest } from './request';
export { defaultToleranceSeconds } from './timestamp';
export type { RefusalCode, Verdict } from './verdict';
export { secretsOf, verifySender, type Verification } from './verify-sender';
