export { applyRules, applyToBatch, noRules, protectOrHide, protectReject, type EventRules } from './apply';
export { importPlan } from './import-plan';
export { checkPath, protect } from './privacy';
export { suggestPlan } from './suggest-plan';
export { compilePlan, propertyTypes, type PlannedProperty, type PropertyType } from './tracking-plan';
