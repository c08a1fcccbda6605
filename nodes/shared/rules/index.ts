export { applyRules, protectOrHide, protectReject, type EventRules } from './apply';
export { checkPath, protect } from './privacy';
export { compilePlan, propertyTypes, type PlannedProperty, type PropertyType } from './tracking-plan';
