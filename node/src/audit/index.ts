export { Audit, type AuditEntry } from './audit.js';
export { AuditModule } from './audit.module.js';
export { type ChainedRow, hashOf } from './hash-chain.js';
export type { Look, LookEntry } from './looks/look.js';
export { LookChain } from './looks/look-chain.js';
export { LookLog } from './looks/look-log.js';
export { type ToldLook, UnreportedLooks } from './looks/unreported-looks.js';
export { noteLook, Reading, withReading } from './looks/reading.js';
