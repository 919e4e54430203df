import { Global, Module } from '@nestjs/common';
import { AuditChain } from './audit-chain.js';
import { AuditLogQueries } from './audit-log.queries.js';
import { Audit } from './audit.js';
import { AuditRoutes } from './audit.routes.js';
import { SealAudit } from './seal.handler.js';

/** The append-only, hash-chained log of every write and every failed login. */
@Global()
@Module({ controllers: [AuditRoutes], providers: [Audit, AuditChain, AuditLogQueries, SealAudit], exports: [Audit] })
export class AuditModule {}
