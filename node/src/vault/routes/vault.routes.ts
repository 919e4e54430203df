import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { MOST_TRIED } from '../../documents/index.js';
import { KeyUses } from '../queries/key-uses.js';

const vault = z.object({
  status: z
    .enum(['CURRENT', 'REWRAPPING', 'KEY_MISSING'])
    .describe('REWRAPPING: a replaced key still opens something that is under it.'),
  keys: z.array(
    z.object({
      id: z.string().describe('Of a key of the node: the beginning of a hash.'),
      state: z
        .enum(['CURRENT', 'FORMER', 'MISSING'])
        .describe('A FORMER one without documents but unreadable ones can be taken away.'),
      documents: z.int().describe('How many data keys are wrapped under it.'),
      unreadable: z
        .int()
        .describe(
          `How many of those under a FORMER one do not open, since their rows were changed; the first ${MOST_TRIED} of a table are tried. They stay as they are.`,
        ),
    }),
  ),
});
type VaultView = z.output<typeof vault>;

/** Keys of the node that documents' keys are wrapped under. */
@ApiTags('vault')
@Controller('v1/vault')
@Allow('ADMIN')
export class VaultRoutes {
  constructor(private readonly uses: KeyUses) {}

  @Get()
  @ApiOkResponse({ standardSchema: vault })
  async get(): Promise<VaultView> {
    const keys = await this.uses.all();
    const used = (state: string) => keys.some((key) => key.state === state && key.documents > key.unreadable);
    return { status: used('MISSING') ? 'KEY_MISSING' : used('FORMER') ? 'REWRAPPING' : 'CURRENT', keys };
  }
}
