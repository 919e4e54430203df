import { Controller, Get, Header, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Public } from '../../auth/index.js';
import { RateLimiter } from '../../http/rate-limiter.js';
import { hex32 } from '../../kernel/hex-schema.js';
import { STANDING_PATH } from '../domain/standing.js';
import { OwnStanding } from '../queries/own-standing.js';

const question = z.strictObject({
  challenge: hex32.describe('32 random bytes of the asker, which the answer repeats.'),
});
const ASKED_A_MINUTE = 60;

/** Where other members' nodes ask what this one has indexed. Public: it is what all of them have. */
@ApiTags('exchange')
@Controller(STANDING_PATH)
@Public()
export class StandingRoutes {
  private readonly limiter = new RateLimiter(ASKED_A_MINUTE);

  constructor(private readonly standing: OwnStanding) {}

  @Get()
  @Header('content-type', 'application/jose')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Indexed block and checksums of the chain-derived tables, signed by the member (JWS).' })
  @ApiOkResponse({ description: 'Signed standing.', content: { 'application/jose': { schema: { type: 'string' } } } })
  ask(
    @Req() { ip }: FastifyRequest,
    @Query({ schema: question }) { challenge }: z.output<typeof question>,
  ): Promise<string> {
    this.limiter.take(ip);
    return this.standing.answer(challenge);
  }
}
