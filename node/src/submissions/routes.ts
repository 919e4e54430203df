import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../auth/index.js';
import { type Page, pageOf, pageQuery, readCursor, toPage } from '../http/index.js';
import { OutboxStore } from './outbox-store.js';
import type { Submission } from './submission.js';
import { Submissions } from './submissions.js';

const hex = z.string().regex(/^0x[0-9a-f]+$/);

const status = z.enum(['QUEUED', 'SENT', 'INCLUDED', 'REVERTED', 'REFUSED']);

const submission = z.object({
  id: z.uuid(),
  act: z.string().describe('What was asked for, e.g. acceptOrder.'),
  status: status.describe(
    'REFUSED: the chain would have reverted it, so it was not sent. REVERTED: included, without effect.',
  ),
  subject: z.object({ type: z.string(), id: hex }),
  account: hex.describe('The account that sends it.'),
  transaction: hex.nullable(),
  block: z.number().int().nullable(),
  problem: z
    .object({ code: z.string(), detail: z.string(), facts: z.record(z.string(), z.unknown()).optional() })
    .nullable()
    .describe('Why it failed.'),
  requestId: z.string().nullable().describe('X-Request-Id of the request that asked for it.'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const id = z.uuid();

const query = pageQuery.extend({ status: status.optional() });

/** What became of a write. */
@ApiTags('submissions')
@Controller('v1/submissions')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
export class SubmissionRoutes {
  constructor(
    private readonly submissions: Submissions,
    private readonly store: OutboxStore,
  ) {}

  /** Of all desks, so for whoever looks after the node. */
  @Get()
  @Allow('ADMIN', 'AUDITOR')
  @ApiOkResponse({ standardSchema: pageOf(submission) })
  async list(
    @Query({ schema: query }) { limit, cursor, status: only }: z.output<typeof query>,
  ): Promise<Page<Submission>> {
    const before = readCursor(cursor, z.string().regex(/^\d{1,18}$/));
    const rows = await this.store.list({ status: only, before }, limit + 1);
    return toPage(
      rows,
      limit,
      ({ seq }) => seq,
      ({ submission: listed }) => listed,
    );
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: submission })
  get(@Param('id', { schema: id }) value: string): Promise<Submission> {
    return this.submissions.get(value);
  }
}
