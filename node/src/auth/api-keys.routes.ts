import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { done, type Done } from '../http/answers.js';
import { ApiKeys } from './api-keys.js';
import type { ApiKeyRow } from './api-key.store.js';
import { Allow, Caller } from './decorators.js';
import type { Principal } from './principal.js';
import { DESK_ROLES } from './roles.js';

const newApiKey = z.strictObject({
  name: z.string().min(1).max(100).describe('What or whom the key is for.'),
  roles: z.array(z.enum(DESK_ROLES)).min(1),
});

const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.enum(DESK_ROLES)),
  status: z.enum(['LIVE', 'REVOKED']),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  revokedBy: z.string().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
type ApiKeyView = z.output<typeof apiKey>;

const createdApiKey = apiKey.extend({ apiKey: z.string().describe('The key. Shown this once.') });
const apiKeys = z.object({ items: z.array(apiKey), nextCursor: z.null() });

/** The keys with which systems and people of this member call its node. */
@ApiTags('api-keys')
@Controller('v1/api-keys')
@Allow('ADMIN')
export class ApiKeyRoutes {
  constructor(private readonly keys: ApiKeys) {}

  @Post()
  @ApiCreatedResponse({ standardSchema: createdApiKey })
  async create(
    @Body({ schema: newApiKey }) body: z.output<typeof newApiKey>,
    @Caller() caller: Principal,
  ): Promise<Done<z.output<typeof createdApiKey>>> {
    const { row, text } = await this.keys.create(body.name, [...new Set(body.roles)], caller.credential);
    return done({ ...toView(row), apiKey: text }, 201, { once: true });
  }

  @Get()
  @ApiOkResponse({ standardSchema: apiKeys })
  async list(): Promise<z.output<typeof apiKeys>> {
    return { items: (await this.keys.list()).map(toView), nextCursor: null };
  }

  @Delete(':id')
  @ApiOkResponse({ standardSchema: apiKey })
  async revoke(@Param('id') id: string, @Caller() caller: Principal): Promise<Done<ApiKeyView>> {
    return done(toView(await this.keys.revoke(id, caller.credential)), 200);
  }
}

function toView(row: ApiKeyRow): ApiKeyView {
  return {
    id: row.id,
    name: row.name,
    roles: row.roles,
    status: row.revokedAt ? 'REVOKED' : 'LIVE',
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    revokedBy: row.revokedBy,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
