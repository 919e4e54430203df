export { FulfilmentModule } from './fulfilment.module.js';
export { chainMilestones } from './storage/chain-milestones.js';
export { type Milestone, Milestones } from './storage/milestones.js';
