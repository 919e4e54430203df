import { Controller, Get, Header, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { requestInvalid } from '../../errors/index.js';
import '../../http/request.js';
import { asOrderId, asReceivableId } from '../../kernel/ids.js';
import { BuildBundle } from '../queries/build-bundle.js';
import { CheckBundle, type CheckedBundle } from '../queries/check-bundle.js';
import { NodeTrust } from '../queries/node-trust.js';
import { bundleSchema } from '../verify/bundle/schema.js';
import { DEFAULT_MAX_AGE_SECONDS } from '../verify/bundle/verify-bundle.js';
import { type TrustFile, trustSchema } from '../verify/trust/schema.js';
import { checkedBundleView } from './verdict.view.js';

const MOST_FIELDS = 100;
const POINTERS = /^(?:\/(?:[^~/]|~[01])*)+$/;

const proofQuery = z.object({
  fields: z
    .string()
    .max(8000)
    .transform((text) => text.split(','))
    .pipe(z.array(z.string().regex(POINTERS)).min(1).max(MOST_FIELDS))
    .optional()
    .describe(
      'JSON Pointers, separated by commas: only these fields of the documents, with those below them, are disclosed. ' +
        'Without it, what a credit decision needs; without `/has` of the invoice a receivable is proven free to nobody.',
    ),
});

const checkQuery = z.object({
  maxAge: z
    .union([z.literal('none').transform(() => null), z.coerce.number().int().positive()])
    .default(DEFAULT_MAX_AGE_SECONDS)
    .describe('Most seconds of block time that the file may be old, or `none`.'),
});

/** Proof bundles: files that anybody can verify without this node. */
@ApiTags('verification')
@Controller('v1')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR')
export class ProofRoutes {
  constructor(
    private readonly build: BuildBundle,
    private readonly check: CheckBundle,
    private readonly trust: NodeTrust,
  ) {}

  /** Canonical JSON; send it on byte for byte. */
  @Get('orders/:id/proof')
  @Header('content-type', 'application/json')
  @Header('cache-control', 'private, no-store')
  @ApiOkResponse({ standardSchema: bundleSchema })
  async order(
    @Param('id') id: string,
    @Query({ schema: proofQuery }) query: z.output<typeof proofQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const order = asOrderId(id);
    const file = await this.build.order(order, query.fields);
    return named(reply, 'order', order, file);
  }

  /** Canonical JSON; send it on byte for byte. */
  @Get('receivables/:id/proof')
  @Header('content-type', 'application/json')
  @Header('cache-control', 'private, no-store')
  @ApiOkResponse({ standardSchema: bundleSchema })
  async receivable(
    @Param('id') id: string,
    @Query({ schema: proofQuery }) query: z.output<typeof proofQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const receivable = asReceivableId(id);
    const file = await this.build.receivable(receivable, query.fields);
    return named(reply, 'receivable', receivable, file);
  }

  /** The body is a bundle, byte for byte as it was made. */
  @Post('verifications')
  @HttpCode(200)
  @ApiBody({
    description:
      'A proof bundle of at most TRADEPROOF_MAX_BODY_BYTES; a larger one `tradeproof verify` judges, up to 32 MiB.',
    schema: { type: 'object', additionalProperties: true },
  })
  @ApiOkResponse({ standardSchema: checkedBundleView })
  verification(
    @Req() request: FastifyRequest,
    @Query({ schema: checkQuery }) { maxAge }: z.output<typeof checkQuery>,
  ): Promise<CheckedBundle> {
    if (!request.rawBody?.length) throw requestInvalid('send the bundle as the body');
    return this.check.run(request.rawBody, maxAge);
  }

  /** What this node pins, to look at and hand on: for `tradeproof verify --trust`. */
  @Get('trust')
  @ApiOkResponse({ standardSchema: trustSchema })
  trustFile(): Promise<TrustFile> {
    return this.trust.file();
  }
}

/** Called what it is about: of several that are saved, none takes another's place. */
function named(reply: FastifyReply, kind: string, id: string, file: string): string {
  reply.header('content-disposition', `attachment; filename="${kind}-${id.slice(2, 10)}.json"`);
  return file;
}
