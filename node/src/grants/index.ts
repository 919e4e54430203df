export type { Grant, GrantOpening } from './domain/grant.js';
export { grantOpening, rootsCarried, toOpening } from './commands/envelopes.js';
export { GrantDesk } from './commands/grant-desk.js';
export { Showing } from './commands/showing.js';
export { TakeGrant } from './commands/take-grant.js';
export { GrantsModule } from './grants.module.js';
export { GrantClock } from './queries/grant-clock.js';
export { CopiesStore } from './storage/copies.store.js';
export { GrantStore } from './storage/grant.store.js';
