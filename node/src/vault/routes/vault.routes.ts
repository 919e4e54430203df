import { Controller, Get, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { done, type Done } from '../../http/index.js';
import { JobQueue } from '../../jobs/index.js';
import { rewrap } from '../commands/rewrap.handler.js';
import { KeyUses } from '../queries/key-uses.js';

const vault = z.object({
  status: z.enum(['CURRENT', 'REWRAPPING', 'KEY_MISSING']).describe('REWRAPPING: a replaced key is in use still.'),
  keys: z.array(
    z.object({
      id: z.string().describe('Of a key of the node: the beginning of a hash.'),
      state: z.enum(['CURRENT', 'FORMER', 'MISSING']).describe('A FORMER one without documents can be taken away.'),
      documents: z.int().describe('How many data keys are wrapped under it.'),
    }),
  ),
});
type VaultView = z.output<typeof vault>;

/** Keys of the node that documents' keys are wrapped under. */
@ApiTags('vault')
@Controller('v1/vault')
@Allow('ADMIN')
export class VaultRoutes {
  constructor(
    private readonly uses: KeyUses,
    private readonly jobs: JobQueue,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: vault })
  async get(): Promise<VaultView> {
    const keys = await this.uses.all();
    const used = (state: string) => keys.some((key) => key.state === state && key.documents > 0);
    return { status: used('MISSING') ? 'KEY_MISSING' : used('FORMER') ? 'REWRAPPING' : 'CURRENT', keys };
  }

  @Post('rewrapping')
  @ApiOperation({ summary: 'Wraps all data keys under the current key of the node now, instead of within a minute.' })
  @ApiCreatedResponse({ description: 'Begun.', standardSchema: vault })
  async rewrap(): Promise<Done<VaultView>> {
    this.jobs.add(rewrap, {}, { dedupe: 'rewrap' });
    return done(await this.get());
  }
}
