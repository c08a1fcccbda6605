export { checkVerification, shortestSecret } from './check-verification';
export type { HmacFormat } from './hmac';
export { hmacPresets, type HmacPreset } from './hmac-presets';
export type { SenderRequest } from './request';
export { defaultToleranceSeconds } from './timestamp';
export type { RefusalReason, SenderCheck } from './sender-check';
export { secretsOf, verifySender, type Verification } from './verify-sender';
