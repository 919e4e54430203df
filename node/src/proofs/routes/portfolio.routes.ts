import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import '../../http/request.js';
import { timeOf } from '../../kernel/block-time.js';
import { FINDING_CODES } from '../queries/portfolio-findings.js';
import { VerifyPortfolio } from '../queries/verify-portfolio.js';
import { MOST_CLAIMS, readClaims } from './claims.js';

const statuses = z.record(z.string(), z.number().int());

const portfolioView = z.object({
  trust: z.literal('own-index').describe('This node’s index, a sample of it compared with the chain’s own proofs.'),
  asOfBlock: z.object({ number: z.number().int(), hash: z.string(), time: z.iso.datetime() }),
  checked: z.number().int().describe('Claims of the request.'),
  proven: z
    .number()
    .int()
    .describe(
      'Claims, drawn by chance, whose slots, and of a receivable its orders’, were proven by the chain; of an order that is in a batch only, that it has none.',
    ),
  statuses: z.object({ ORDER: statuses, RECEIVABLE: statuses }).describe('How many of the claims have each status.'),
  findings: z
    .array(
      z.object({
        place: z.number().int().describe('Line of the request, from 0.'),
        id: z.string(),
        code: z.enum(FINDING_CODES),
        data: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .describe(
      'What must be looked at; a claim without one is in force, undisputed and free or this member’s own. Whether its purchase order was posted twice, and the other financed, a verdict tells.',
    ),
});
type PortfolioView = z.output<typeof portfolioView>;

/** A lender's whole book at once. */
@ApiTags('verification')
@Controller('v1/verifications/portfolio')
@Allow('SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR')
export class PortfolioRoutes {
  constructor(private readonly portfolio: VerifyPortfolio) {}

  /** Not a verdict on any one claim: that looks at documents, cover and membership too, and proves each slot. */
  @Post()
  @HttpCode(200)
  @ApiConsumes('application/x-ndjson')
  @ApiBody({
    description: `Up to ${MOST_CLAIMS} lines: the id of an order or receivable as a JSON string, or {id, commitment?, coverVersion?} to compare with.`,
    schema: { type: 'string' },
  })
  @ApiOkResponse({ standardSchema: portfolioView })
  async verify(@Req() request: FastifyRequest): Promise<PortfolioView> {
    const { asOfBlock, findings, ...counts } = await this.portfolio.run(readClaims(request.rawBody));
    const { number, hash, timestamp } = asOfBlock;
    return {
      trust: 'own-index',
      asOfBlock: { number, hash, time: timeOf(timestamp) },
      ...counts,
      findings: findings.map((each) => ({ ...each, data: each.data && { ...each.data } })),
    };
  }
}
