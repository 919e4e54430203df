import { Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { done, type Done, type Page, pageOf, pageQuery, readCursor, toPage } from '../../http/index.js';

import { Members } from '../../members/index.js';
import { DiscardSetAside } from '../commands/discard-set-aside.js';
import { RetrySetAside } from '../commands/retry-set-aside.js';
import { setAsideId } from '../domain/set-aside-id.js';
import { SetAsideList } from '../queries/set-aside.js';

const setAside = z.object({
  id: z.string(),
  direction: z.enum(['IN', 'OUT']),
  member: z.string().describe('Who sent it (IN), or whom it is for (OUT).'),
  envelope: z.uuid().describe('Id of the envelope, which both nodes know.'),
  type: z.string(),
  object: z.string().describe('What it is about.'),
  reason: z.object({ code: z.string(), detail: z.string(), facts: z.record(z.string(), z.unknown()).optional() }),
  at: z.iso.datetime().describe('When it came, or was to go.'),
});
type SetAside = z.output<typeof setAside>;

const settled = z.object({ id: z.string(), status: z.enum(['RETRIED', 'DISCARDED']) });
type Settled = z.output<typeof settled>;

const place = z.object({ at: z.iso.datetime(), direction: z.enum(['IN', 'OUT']), seq: z.int().min(0) });

/** Envelopes that a person must look at. */
@ApiTags('exchange')
@Controller('v1/exchange/set-aside')
@Allow('ADMIN')
export class SetAsideRoutes {
  constructor(
    private readonly aside: SetAsideList,
    private readonly retries: RetrySetAside,
    private readonly discards: DiscardSetAside,
    private readonly members: Members,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(setAside) })
  async list(@Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>): Promise<Page<SetAside>> {
    const names = new Map((await this.members.all()).map(({ id, name }) => [id, name]));
    const rows = await this.aside.list(limit + 1, readCursor(cursor, place));
    const keyOf = ({ at, direction, seq }: (typeof rows)[number]) => ({ at: at.toISOString(), direction, seq });
    return toPage(rows, limit, keyOf, ({ direction, seq, member, envelope, type, object, reason, at }) => ({
      id: setAsideId({ direction, seq }),
      direction,
      member: names.get(member) ?? String(member),
      envelope,
      type,
      object,
      reason: { ...reason },
      at: at.toISOString(),
    }));
  }

  @Post(':id/retry')
  @ApiOkResponse({ standardSchema: settled })
  async retry(@Param('id') id: string): Promise<Done<Settled>> {
    await this.retries.retry(id);
    return done({ id, status: 'RETRIED' }, 200);
  }

  @Delete(':id')
  @ApiOkResponse({ standardSchema: settled })
  async discard(@Param('id') id: string): Promise<Done<Settled>> {
    await this.discards.discard(id);
    return done({ id, status: 'DISCARDED' }, 200);
  }
}
