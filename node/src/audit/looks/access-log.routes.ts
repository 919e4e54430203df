import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/decorators.js';
import { requestInvalid } from '../../errors/index.js';
import { pageOf, pageQuery, readCursor, toPage, type Page } from '../../http/pages.js';
import { parseHex } from '../../kernel/hex.js';
import type { LogVerdict } from '../hash-chain.js';
import { LookChain } from './look-chain.js';
import { LookQueries, type LookRecord } from './look-queries.js';

const lookView = z.object({
  at: z.string().describe('RFC 3339: when it came into this log.'),
  seenAt: z.string().describe('RFC 3339: when the look was, by the clock of the node that showed it.'),
  block: z.int().describe('Indexed head of the node that showed it.'),
  viewer: z.string().describe('Short name of the member that looked.'),
  reader: z.string().nullable().describe("Which of its credentials; of this member's own users alone."),
  object: z.string().describe('Id of the order or receivable.'),
  document: z.string().nullable().describe('Commitment of the document; null when the whole was refused.'),
  fields: z.array(z.string()).describe('Paths of what was shown.'),
  grant: z.string().nullable(),
  purpose: z.string().nullable(),
  outcome: z.string().describe('SHOWN, or the code of the refusal; ERASED for a document that this member destroyed.'),
  reason: z.string().nullable().describe("Why a credit file was opened; of ERASED the hash of its record's signature."),
  envelope: z.string().nullable().describe("Signed envelope in which the viewer's node told of it."),
  position: z.int().nullable().describe('Place in the chain of hashes; null for the few seconds before it is chained.'),
  hash: z.string().nullable().describe('SHA-256 over the hash before it and the row, hex.'),
});
type LookView = z.output<typeof lookView>;

const lookQuery = pageQuery.extend({
  order: z.string().optional().describe('Id of an order ...'),
  receivable: z.string().optional().describe('... or of a receivable.'),
  grant: z.string().optional().describe('Id of a grant.'),
  viewer: z.string().max(64).optional().describe('Short name of a member.'),
});

const logVerdict = z.object({
  intact: z.boolean(),
  position: z.int(),
  hash: z.string(),
  brokenAt: z.int().nullable(),
});

/** Who saw which fields of what, when, under which grant and for which purpose; refused looks too. */
@ApiTags('grants')
@Controller('v1/access-log')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
export class AccessLogRoutes {
  constructor(
    private readonly looks: LookQueries,
    private readonly chain: LookChain,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(lookView) })
  async list(@Query({ schema: lookQuery }) query: z.output<typeof lookQuery>): Promise<Page<LookView>> {
    const { limit, cursor, order, receivable, grant, viewer } = query;
    if (order && receivable) throw requestInvalid('name an order or a receivable, not both');
    const id = (text: string | undefined) => (text === undefined ? undefined : parseHex(text, 32));
    const before = readCursor(cursor, z.string().regex(/^\d{1,18}$/));
    const filter = { object: id(order ?? receivable), grant: id(grant), viewer, before };
    const rows = await this.looks.list({ ...filter, limit: limit + 1 });
    return toPage(rows, limit, (row) => row.id, toView);
  }

  @Get('verification')
  @Allow('AUDITOR', 'ADMIN')
  @ApiOkResponse({ standardSchema: logVerdict })
  verify(): Promise<LogVerdict> {
    return this.chain.verify();
  }
}

function toView(row: LookRecord): LookView {
  return {
    at: row.at,
    seenAt: row.seen_at ?? row.at,
    block: Number(row.block),
    viewer: row.viewer,
    reader: row.reader,
    object: row.object,
    document: row.root,
    fields: JSON.parse(row.fields) as string[],
    grant: row.grant_id,
    purpose: row.purpose,
    outcome: row.outcome,
    reason: row.reason,
    envelope: row.envelope,
    position: row.position === null ? null : Number(row.position),
    hash: row.hash?.toString('hex') ?? null,
  };
}
