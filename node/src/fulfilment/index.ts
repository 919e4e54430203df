export { FulfilmentModule } from './fulfilment.module.js';
export { type Milestone, Milestones } from './storage/milestones.js';
