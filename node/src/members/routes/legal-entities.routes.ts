import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { accepted, type Accepted, Loads } from '../../http/index.js';
import { RegisterEntity } from '../commands/register-entity.js';
import { normaliseEntity } from '../domain/tags.js';

const newEntity = z.strictObject({
  entity: z.string().min(3).max(200).describe('scheme:id, e.g. 0088:5790000000000; spaces and case do not matter.'),
});

const entityView = z.object({
  id: z.string().describe('Salted hash that the chain lists.'),
  status: z.enum(['REGISTERED']),
});

/** Legal entities that this member acts for. */
@ApiTags('members')
@Controller('v1/legal-entities')
@Allow('ADMIN')
export class LegalEntityRoutes {
  constructor(private readonly entities: RegisterEntity) {}

  @Post()
  @Loads((_, { id }) => Promise.resolve({ id, status: 'REGISTERED' }))
  @ApiCreatedResponse({ standardSchema: entityView })
  async register(@Body({ schema: newEntity }) { entity }: z.output<typeof newEntity>): Promise<Accepted> {
    return accepted(await this.entities.register(normaliseEntity(entity)));
  }
}
