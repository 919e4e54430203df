export { PoliciesModule } from './policies.module.js';
export type { Matter } from './domain/matter.js';
export { Matters } from './queries/matters.js';
export { Policies } from './queries/policies.js';
export { Worths } from './queries/worths.js';
