export { applyRules, protectReject, type EventRules, type Judged } from './apply';
export { faultOfPath } from './privacy';
export { compilePlan, propertyTypes, type PlannedProperty, type PropertyType } from './tracking-plan';
