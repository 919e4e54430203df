import { Global, Module } from '@nestjs/common';
import { AuditChain } from './audit-chain.js';
import { AuditLogQueries } from './audit-log.queries.js';
import { Audit } from './audit.js';
import { AuditRoutes } from './audit.routes.js';
import { AccessLogRoutes } from './looks/access-log.routes.js';
import { LookChain } from './looks/look-chain.js';
import { LookLog } from './looks/look-log.js';
import { LookQueries } from './looks/look-queries.js';
import { UnreportedLooks } from './looks/unreported-looks.js';
import { SealAudit } from './seal.handler.js';

/** Append-only, hash-chained logs: of every write and every failed login, and of every look at what was granted. */
@Global()
@Module({
  controllers: [AuditRoutes, AccessLogRoutes],
  providers: [Audit, AuditChain, AuditLogQueries, LookChain, LookLog, LookQueries, SealAudit, UnreportedLooks],
  exports: [Audit, LookChain, LookLog, UnreportedLooks],
})
export class AuditModule {}
