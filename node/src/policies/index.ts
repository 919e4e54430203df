export { PoliciesModule } from './policies.module.js';
export { Policies } from './queries/policies.js';
export { Worths } from './queries/worths.js';
