import { createHash } from 'node:crypto';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow, Caller, type Principal } from '../../auth/index.js';
import { requestInvalid } from '../../errors/index.js';
import { done, type Done } from '../../http/index.js';
import { SetPack } from '../commands/set-pack.js';
import { rulePack, type Scope, SCOPES } from '../domain/rule-pack.js';
import { PackStore, type StoredPack } from '../storage/pack.store.js';

const newPack = z.strictObject({
  replaces: z.int().min(0).describe('The version in force that was read; 0 when there is none.'),
  pack: rulePack,
});

const packView = z.object({
  scope: z.enum(SCOPES),
  version: z.int(),
  clauses: z.array(z.looseObject({ id: z.string(), kind: z.string() })),
  hash: z.string().describe('SHA-256 of the clauses as JSON: the same at each member that set the same rules.'),
  setBy: z.string(),
  setAt: z.iso.datetime(),
});
type PackView = z.output<typeof packView>;
const packs = z.object({ items: z.array(packView), nextCursor: z.null() });

/** Rules that need no code: what this node refuses beyond what the chain does. */
@ApiTags('policies')
@Controller('v1/policies')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
export class PolicyRoutes {
  constructor(
    private readonly setting: SetPack,
    private readonly store: PackStore,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The rules in force: of this member and of the consortium, of which the stricter counts.' })
  @ApiOkResponse({ standardSchema: packs })
  async current(): Promise<z.output<typeof packs>> {
    return { items: (await this.store.current()).map(toView), nextCursor: null };
  }

  @Get(':scope')
  @ApiOperation({ summary: 'Every version, newest first.' })
  @ApiOkResponse({ standardSchema: packs })
  async versions(@Param('scope') scope: string): Promise<z.output<typeof packs>> {
    return { items: (await this.store.versions(scopeOf(scope))).map(toView), nextCursor: null };
  }

  @Post(':scope')
  @Allow('ADMIN')
  @ApiOperation({ summary: 'Puts a new version in force.' })
  @ApiCreatedResponse({ standardSchema: packView })
  async set(
    @Param('scope') scope: string,
    @Body({ schema: newPack }) { replaces, pack }: z.output<typeof newPack>,
    @Caller() caller: Principal,
  ): Promise<Done<PackView>> {
    await this.setting.run(scopeOf(scope), pack, replaces, caller.credential);
    return done(toView((await this.store.versions(scopeOf(scope)))[0]!));
  }
}

function scopeOf(text: string): Scope {
  const scope = SCOPES.find((each) => each.toLowerCase() === text);
  if (!scope) throw requestInvalid('the rules are those of the member or of the consortium', { scope: text });
  return scope;
}

function toView({ scope, version, clauses, setBy, setAt }: StoredPack): PackView {
  const hash = `0x${createHash('sha256').update(JSON.stringify(clauses)).digest('hex')}`;
  return { scope, version, clauses: clauses.map((each) => ({ ...each })), hash, setBy, setAt: setAt.toISOString() };
}
