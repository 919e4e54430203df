import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { LookChain } from '../../audit/index.js';
import { Allow } from '../../auth/index.js';
import { type Page, pageOf, pageQuery, readCursor, toPage } from '../../http/index.js';
import { hex32 } from '../../kernel/hex-schema.js';
import { Members } from '../../members/index.js';
import { LOG_FAULTS, type LogFault, type LogVerdict } from '../domain/judge-log.js';
import { LogParts } from '../queries/log-parts.js';
import { LogAnchors } from '../storage/log-anchors.js';

const MOST_ROWS = 2000;

const hash = z.string().describe('0x and 64 hex digits.');

const anchor = z.object({
  position: z.int().describe('How many rows of the access log it is over.'),
  hash: hash.describe('Hash of the last of them.'),
  salt: hash,
  root: hash.describe("What EvidenceAnchor has: the leaf of (salt, '/access-log/<position>', hash)."),
  batch: z.int().nullable().describe("Number of this member's batch; null while the chain has it not."),
  block: z.int().nullable(),
  matches: z.boolean().describe('Whether the log still has this hash there.'),
});

type Anchor = z.output<typeof anchor>;

const place = z.string().regex(/^\d{1,18}$/);

const head = z.strictObject({ position: z.int().nonnegative(), hash: hex32, salt: hex32 });
const row = z.strictObject({ position: z.int().positive(), values: z.array(z.string().nullable()).max(32) });

const part = z.strictObject({
  member: z.string().min(1).max(64).describe('Short name of the member whose log it is.'),
  after: z.strictObject({ position: z.int().nonnegative(), hash: hex32 }).describe('The row before the first.'),
  rows: z.array(row).max(MOST_ROWS).describe('Each as it is hashed: SHA-256(hash before || JSON array of the values).'),
  heads: z
    .array(head)
    .max(1_000_000)
    .describe('Openings of the heads that the member anchored, from its first to the first after the part.'),
  last: z.boolean().describe('Whether the log ends with it.'),
});
type Part = z.output<typeof part>;

const headsAfter = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0);

const partQuery = z.object({
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0).describe('Position of a row.'),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MOST_ROWS)
    .default(MOST_ROWS)
    .describe('Fewer come where they are large; see `last`.'),
  headsAfter: headsAfter.describe(
    'Number of a batch: heads up to it are left out. For whoever has them from the part before, whose verdict says `headsTo`.',
  ),
});

const judgeQuery = z.object({
  headsAfter: headsAfter.describe(
    'Number of a batch: heads up to it need not be opened. Give `headsTo` of your own verdict on the part that ends where this one begins, or the last batch whose head you believe was lost.',
  ),
});

const verdict = z.object({
  valid: z.boolean().describe('Whether nothing in it is other than what was anchored.'),
  provenTo: z
    .int()
    .nullable()
    .describe('Rows up to here are as they were when anchored; later ones are its maker’s word.'),
  heads: z.int().describe('How many heads on chain it was held against.'),
  unopened: z.int().describe('How many heads up to the last that was looked for are not opened.'),
  headsTo: z
    .int()
    .describe('Batch up to which each head is opened and lies before the end of this part: `headsAfter` for the next.'),
  reason: z
    .object({ code: z.enum(Object.keys(LOG_FAULTS) as [LogFault]), message: z.string(), at: z.int() })
    .nullable()
    .describe('`at` is the position, or the batch, at which it fails.'),
});

/** Heads of the access log on chain, and whether a log leads to them. */
@ApiTags('grants')
@Controller('v1/access-log')
@Allow('AUDITOR', 'ADMIN')
export class LogAnchorRoutes {
  constructor(
    private readonly anchors: LogAnchors,
    private readonly parts: LogParts,
    private readonly members: Members,
    private readonly chain: LookChain,
  ) {}

  @Get('anchors')
  @ApiOkResponse({ description: 'The last sent first.', standardSchema: pageOf(anchor) })
  async list(@Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>): Promise<Page<Anchor>> {
    const { id } = await this.members.self();
    const rows = await this.anchors.latest(id, limit + 1, readCursor(cursor, place));
    const { items, nextCursor } = toPage(
      rows,
      limit,
      (row) => row.place,
      (row) => row,
    );
    const heads: Anchor[] = [];
    for (const { position, hash, salt, root, batch, block } of items) {
      const matches = `0x${await this.chain.hashAt(position)}` === hash;
      heads.push({ position, hash, salt, root, batch, block, matches });
    }
    return { items: heads, nextCursor };
  }

  @Get('export')
  @ApiOperation({
    summary: 'The log itself, for whoever is to check it: send it to `POST /v1/access-log/verifications`.',
  })
  @ApiOkResponse({ standardSchema: part })
  async take(@Query({ schema: partQuery }) { after, limit, headsAfter }: z.output<typeof partQuery>): Promise<Part> {
    return (await this.parts.take(after, limit, headsAfter)) as Part;
  }

  @Post('verifications')
  @HttpCode(200)
  @Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
  @ApiOperation({ summary: 'Holds a part of any member’s access log against the heads that the member anchored.' })
  @ApiOkResponse({ standardSchema: verdict })
  async verify(
    @Body({ schema: part }) body: Part,
    @Query({ schema: judgeQuery }) { headsAfter }: z.output<typeof judgeQuery>,
  ): Promise<z.output<typeof verdict>> {
    return toView(await this.parts.judge(body, headsAfter));
  }
}

function toView({ fault, at, ...proven }: LogVerdict): z.output<typeof verdict> {
  return { ...proven, reason: fault && { code: fault, message: LOG_FAULTS[fault], at: at! } };
}
