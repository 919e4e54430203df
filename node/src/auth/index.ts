export { AuthModule } from './auth.module.js';
export { type ApiKey, generateApiKey } from './api-key.js';
export { Allow, Caller, Public } from './decorators.js';
export { Gate } from './gate.js';
export { KeyLineage } from './key-lineage.js';
export type { Principal } from './principal.js';
export { DESK_ROLES, type DeskRole } from './roles.js';
