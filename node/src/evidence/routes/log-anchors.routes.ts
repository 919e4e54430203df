import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { Members } from '../../members/index.js';
import { logRoot } from '../commands/anchor-access-log.handler.js';
import { LogAnchors } from '../storage/log-anchors.js';

const MOST = 1000;

const hash = z.string().describe('0x and 64 hex digits.');

const anchor = z.object({
  position: z.int().describe('How many rows of the access log it is over.'),
  hash: hash.describe('Hash of the last of them.'),
  salt: hash,
  root: hash.describe("What EvidenceAnchor has: the leaf of (salt, '/access-log/<position>', hash)."),
  batch: z.int().nullable().describe("Number of this member's batch; null while the chain has it not."),
  block: z.int().nullable(),
  matches: z.boolean().describe('Whether the log still has this hash there, and the root is of it.'),
});

/** Heads of the access log on chain, and whether the log still leads to them. */
@ApiTags('grants')
@Controller('v1/access-log/anchors')
@Allow('AUDITOR', 'ADMIN')
export class LogAnchorRoutes {
  constructor(
    private readonly anchors: LogAnchors,
    private readonly members: Members,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: z.object({ items: z.array(anchor) }) })
  async list(): Promise<{ items: z.output<typeof anchor>[] }> {
    const { id } = await this.members.self();
    const items = (await this.anchors.latest(id, MOST)).map(({ position, hash, salt, root, batch, block, now }) => ({
      ...{ position, hash, salt, root, batch, block },
      matches: now === hash && logRoot(salt, position, hash) === root,
    }));
    return { items };
  }
}
