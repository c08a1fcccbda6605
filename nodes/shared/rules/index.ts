export { applyRules, protectReject, type EventRules, type Judged } from './apply';
export { faultOfPath, protect } from './privacy';
export { compilePlan, propertyTypes, type PlannedProperty, type PropertyType } from './tracking-plan';
