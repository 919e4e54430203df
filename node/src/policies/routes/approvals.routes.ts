import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow, Caller, type Principal } from '../../auth/index.js';
import { done, type Done, type Page, pageOf, pageQuery, readCursor, toPage, uuidParam } from '../../http/index.js';
import { ApprovalDesk } from '../commands/approval-desk.js';
import { APPROVAL_STATUSES } from '../domain/approval.js';
import { MATTER_KINDS } from '../domain/matter.js';
import { approvalUnknown } from '../domain/problems.js';
import { SCOPES } from '../domain/rule-pack.js';
import { type Approval, ApprovalStore } from '../storage/approval.store.js';

const decision = z.strictObject({
  decision: z.enum(['APPROVE', 'REJECT']),
  reason: z.string().min(1).max(1000).optional(),
});

const approvalView = z.object({
  id: z.uuid(),
  status: z.enum(APPROVAL_STATUSES).describe('USED: the command was sent again and passed.'),
  command: z.string().describe('The route.'),
  url: z.string().describe('As it was called.'),
  mediaType: z.string().nullable(),
  body: z
    .string()
    .nullable()
    .describe('As it was sent; only for who asked and who can approve, until it is rejected, expired or used.'),
  clauses: z
    .array(z.object({ clause: z.string(), scope: z.enum(SCOPES), version: z.int() }))
    .describe('Clauses that ask for it.'),
  about: z
    .array(
      z.object({
        what: z.enum(MATTER_KINDS),
        root: z
          .string()
          .describe(
            'As elsewhere: ORDER and INVOICE `commitment`, CHANGE `pendingChange.commitment`, OFFER `offer.terms`, SPLIT the id, DOCUMENTS a hash over the ids of the orders of a batch that could be read.',
          ),
        count: z.int().optional().describe('Of DOCUMENTS: how many orders.'),
      }),
    )
    .describe(
      'What lay on the object, beyond what the request says, when it was asked for: the approval holds for that alone. Only for who sees the body.',
    ),
  requestedBy: z.string(),
  requesterName: z.string(),
  requestedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  decidedBy: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  reason: z.string().nullable(),
  usedAt: z.iso.datetime().nullable(),
});
type ApprovalView = z.output<typeof approvalView>;

const listQuery = pageQuery.extend({ pending: z.enum(['true', 'false']).default('true') });
const place = z.tuple([z.iso.datetime(), z.uuid()]);

/** Commands that wait for a second person. */
@ApiTags('approvals')
@Controller('v1/approvals')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
export class ApprovalRoutes {
  constructor(
    private readonly desk: ApprovalDesk,
    private readonly store: ApprovalStore,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(approvalView) })
  async list(
    @Query({ schema: listQuery }) { limit, cursor, pending }: z.output<typeof listQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<ApprovalView>> {
    const rows = await this.store.list(pending === 'true', limit + 1, readCursor(cursor, place));
    const keyOf = ({ requestedAt, id }: Approval) => [requestedAt.toISOString(), id];
    const sees = await this.desk.viewer(caller);
    return toPage(rows, limit, keyOf, (row) => toView(row, sees(row)));
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: approvalView })
  async get(@Param('id', uuidParam) id: string, @Caller() caller: Principal): Promise<ApprovalView> {
    const approval = await this.store.find(id);
    if (!approval) throw approvalUnknown('no command waits under this id', { approval: id });
    return this.shown(approval, caller);
  }

  @Post(':id')
  @ApiOperation({ summary: 'A second person decides; once approved, the command passes when it is sent again.' })
  @ApiOkResponse({ standardSchema: approvalView })
  async decide(
    @Param('id', uuidParam) id: string,
    @Body({ schema: decision }) body: z.output<typeof decision>,
    @Caller() caller: Principal,
  ): Promise<Done<ApprovalView>> {
    const approve = body.decision === 'APPROVE';
    return done(await this.shown(await this.desk.decide(id, approve, body.reason ?? null, caller), caller), 200);
  }

  private async shown(approval: Approval, caller: Principal): Promise<ApprovalView> {
    return toView(approval, (await this.desk.viewer(caller))(approval));
  }
}

function toView(approval: Approval, bodyToo: boolean): ApprovalView {
  const { id, status, action, url, mediaType, content, clauses, requestedBy, requesterName } = approval;
  return {
    ...{ id, status, command: action, url, mediaType, requestedBy, requesterName },
    body: bodyToo ? content : null,
    about: bodyToo ? approval.about.map((each) => ({ ...each })) : [],
    clauses: clauses.map(({ clause, scope, version }) => ({ clause, scope, version })),
    requestedAt: approval.requestedAt.toISOString(),
    expiresAt: approval.expiresAt.toISOString(),
    decidedBy: approval.decidedBy,
    decidedAt: approval.decidedAt?.toISOString() ?? null,
    reason: approval.reason,
    usedAt: approval.usedAt?.toISOString() ?? null,
  };
}
