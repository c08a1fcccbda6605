export { checkVerification, shortestSecret } from './check-verification';
export type { EcdsaFormat } from './ecdsa';
export { hmacFormat, type HmacFormat } from './hmac';
export type { SenderRequest } from './request';
export { defaultToleranceSeconds } from './timestamp';
export type { RefusalReason, SenderCheck } from './sender-check';
export { secretsOf, verifySender, type Verification } from './verify-sender';
