import { Controller, Header, HttpCode, Post, RawBody, Req } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../auth/index.js';
import { OwnUnit } from '../../http/index.js';
import { RateLimiter } from '../../http/rate-limiter.js';
import { ENVELOPES_A_MINUTE } from '../domain/limits.js';
import { envelopeUnreadable } from '../domain/problems.js';
import { Receive } from '../receiving/receive.js';

/** Where other members' nodes deliver. Public: the envelope itself proves who sent it. */
@ApiTags('exchange')
@Controller('exchange/v1/envelopes')
@Public()
export class EnvelopeRoutes {
  private readonly limiter = new RateLimiter(ENVELOPES_A_MINUTE);

  constructor(private readonly receive: Receive) {}

  @Post()
  @OwnUnit()
  @HttpCode(200)
  @Header('content-type', 'application/jose')
  @ApiOperation({ summary: 'Delivers an envelope (JWE around JWS); answers with the signed receipt (JWS).' })
  @ApiConsumes('application/jose')
  @ApiOkResponse({ description: 'Signed receipt.', content: { 'application/jose': { schema: { type: 'string' } } } })
  async deliver(@Req() request: FastifyRequest, @RawBody() sealed: Buffer | undefined): Promise<string> {
    this.limiter.take(request.ip);
    if (!sealed || !request.headers['content-type']?.startsWith('application/jose')) {
      throw envelopeUnreadable('send application/jose');
    }
    return this.receive.receive(sealed.toString('latin1'));
  }
}
