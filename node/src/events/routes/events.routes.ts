import { Readable } from 'node:stream';
import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow, Caller, Gate, type Principal } from '../../auth/index.js';
import { parseHex } from '../../kernel/hex.js';
import { eventTypesAmong } from '../domain/event-types.js';
import { OpenStreams } from '../domain/open-streams.js';
import { BEGINNING, parsePosition, type Position } from '../domain/position.js';
import { FollowEvents } from '../queries/follow-events.js';
import { ReadEvents } from '../queries/read-events.js';
import { streamEvent } from './event-schema.js';

const query = z.object({
  types: z.string().max(2000).optional().describe('Names of events (EventType), separated by commas; all without.'),
  object: z
    .string()
    .regex(/^0x[0-9a-fA-F]{64}$/)
    .optional()
    .describe('Only events about this order, receivable, proposal or grant.'),
  from: z.enum(['now', 'beginning']).default('now').describe('Where to begin without a Last-Event-ID.'),
});

/** The event stream. */
@ApiTags('events')
@Controller('v1/events')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
export class EventRoutes {
  private readonly streams = new OpenStreams();

  constructor(
    private readonly reader: ReadEvents,
    private readonly follow: FollowEvents,
    private readonly gate: Gate,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'Server-sent events: what the registries said and what this node received, each at least once and in order.',
    description:
      'Resumes after Last-Event-ID. `chain.rewound` takes back all events of blocks above its `block`; what took their place follows. ' +
      'Ends within seconds of its credential. A credential has ten streams at a process at most.',
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false })
  @ApiOkResponse({
    description: '`data:` of each event is one line of JSON; comments keep the stream alive.',
    content: { 'text/event-stream': { schema: streamEvent } },
  })
  async stream(
    @Query({ schema: query }) { types, object, from }: z.output<typeof query>,
    @Headers('last-event-id') lastId: string | undefined,
    @Caller() { credential }: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const position = await this.start(lastId, from);
    const filter = {
      types: types === undefined ? undefined : eventTypesAmong(types.split(',')),
      object: object ? parseHex(object) : undefined,
    };
    // Gone already: nothing would say so any more.
    if (reply.raw.destroyed) return;
    const end = this.streams.open(credential);
    const gone = new AbortController();
    reply.raw.once('close', () => {
      end();
      gone.abort();
    });
    const follower = { gone: gone.signal, stillAdmitted: () => this.gate.stillAdmits(request) };
    await reply
      .header('content-type', 'text/event-stream')
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      .send(Readable.from(this.follow.from(position, filter, follower), { objectMode: false, highWaterMark: 65_536 }));
  }

  private start(lastId: string | undefined, from: 'now' | 'beginning'): Position | Promise<Position> {
    if (lastId) return parsePosition(lastId);
    return from === 'beginning' ? BEGINNING : this.reader.end();
  }
}
