import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../auth/decorators.js';
import { pageOf, pageQuery, readCursor, toPage, type Page } from '../http/pages.js';
import { AuditChain } from './audit-chain.js';
import type { LogVerdict } from './hash-chain.js';
import { AuditLogQueries, type AuditRecord } from './audit-log.queries.js';

const auditEntry = z.object({
  at: z.iso.datetime(),
  actor: z.string(),
  action: z.string(),
  object: z.string().nullable(),
  outcome: z.string().describe('ok, or the code of the refusal.'),
  requestId: z.string().nullable(),
  facts: z.record(z.string(), z.unknown()).nullable(),
  position: z.int().nullable().describe('Place in the chain of hashes; null for the few seconds before it is chained.'),
  hash: z.string().nullable().describe('SHA-256 over the hash before it and the row, hex.'),
});
type AuditEntryView = z.output<typeof auditEntry>;

const auditQuery = pageQuery.extend({
  actor: z.string().max(300).optional(),
  action: z.string().max(300).optional(),
  object: z.string().max(300).optional(),
});

const auditVerdict = z.object({
  intact: z.boolean(),
  position: z.int(),
  hash: z.string(),
  brokenAt: z.int().nullable(),
});

/** Who did what on this node, and what was refused. */
@ApiTags('audit')
@Controller('v1/audit-log')
@Allow('ADMIN', 'AUDITOR')
export class AuditRoutes {
  constructor(
    private readonly log: AuditLogQueries,
    private readonly chain: AuditChain,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(auditEntry) })
  async list(@Query({ schema: auditQuery }) query: z.output<typeof auditQuery>): Promise<Page<AuditEntryView>> {
    const before = readCursor(query.cursor, z.string().regex(/^\d{1,18}$/));
    const rows = await this.log.list({ ...query, before, limit: query.limit + 1 });
    return toPage(rows, query.limit, (row) => row.id, toView);
  }

  @Get('verification')
  @ApiOkResponse({ standardSchema: auditVerdict })
  verify(): Promise<LogVerdict> {
    return this.chain.verify();
  }
}

function toView(row: AuditRecord): AuditEntryView {
  return {
    at: row.at,
    actor: row.actor,
    action: row.action,
    object: row.object,
    outcome: row.outcome,
    requestId: row.request_id,
    facts: row.facts === null ? null : (JSON.parse(row.facts) as Record<string, unknown>),
    position: row.position === null ? null : Number(row.position),
    hash: row.hash?.toString('hex') ?? null,
  };
}
