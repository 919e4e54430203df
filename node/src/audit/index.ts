export { Audit, type AuditEntry } from './audit.js';
export { AuditModule } from './audit.module.js';
