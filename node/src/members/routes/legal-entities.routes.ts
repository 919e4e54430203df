import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { accepted, type Accepted, Loads } from '../../http/index.js';
import type { Hex } from '../../kernel/hex.js';
import { RegisterEntity } from '../commands/register-entity.js';
import { normaliseEntity } from '../domain/tags.js';
import { LegalEntities } from '../queries/legal-entities.js';
import { Members } from '../queries/members.js';

const namedEntity = z.strictObject({
  entity: z.string().min(3).max(200).describe('scheme:id, e.g. 0088:5790000000000; spaces and case do not matter.'),
});
type NamedEntity = z.output<typeof namedEntity>;

const entityView = z.object({
  id: z.string().describe('Salted hash that the chain lists.'),
  status: z.enum(['REGISTERED', 'FREE']),
  member: z.string().nullable().describe('Short name of whose it is.'),
});
type EntityView = z.output<typeof entityView>;

/** Legal entities that members act for. */
@ApiTags('members')
@Controller('v1/legal-entities')
@Allow('ADMIN')
export class LegalEntityRoutes {
  constructor(
    private readonly registers: RegisterEntity,
    private readonly entities: LegalEntities,
    private readonly members: Members,
  ) {}

  /** Whose a legal entity is, and by which hash a proposal names it. */
  @Get()
  @Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
  @ApiOkResponse({ standardSchema: entityView })
  find(@Query({ schema: namedEntity }) { entity }: NamedEntity): Promise<EntityView> {
    return this.view(this.entities.idOf(entity));
  }

  @Post()
  @Loads<LegalEntityRoutes>((routes, { id }) => routes.view(id as Hex))
  @ApiCreatedResponse({ standardSchema: entityView })
  async register(@Body({ schema: namedEntity }) { entity }: NamedEntity): Promise<Accepted> {
    return accepted(await this.registers.register(normaliseEntity(entity)));
  }

  async view(id: Hex): Promise<EntityView> {
    const number = await this.entities.memberOf(id);
    if (number === null) return { id, status: 'FREE', member: null };
    return { id, status: 'REGISTERED', member: (await this.members.byId(number)).name };
  }
}
