import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { Profiles } from '../../documents/index.js';
import { requestInvalid } from '../../errors/index.js';
import { hex32 } from '../../kernel/hex-schema.js';
import {
  accepted,
  type Accepted,
  done,
  type Done,
  instant,
  Loads,
  type Page,
  pageOf,
  pageQuery,
  readCursor,
  toPage,
} from '../../http/index.js';
import { type Hex, parseHex } from '../../kernel/hex.js';
import { asGrantId } from '../../kernel/ids.js';
import { ApproveGrant } from '../commands/approve-grant.js';
import { grantFields } from '../commands/envelopes.js';
import { MakeGrant } from '../commands/make-grant.js';
import { RevokeGrant } from '../commands/revoke-grant.js';
import { type GrantView, grantView } from '../queries/grant-view.js';
import { GrantViews } from '../queries/grant-views.js';
import { GrantStore } from '../storage/grant.store.js';

const newGrant = z.strictObject({
  grantee: z.string().min(1).describe('Short name of the member that may look.'),
  resource: z.union([z.strictObject({ order: hex32 }), z.strictObject({ receivable: hex32 })]),
  fields: grantFields.describe(
    'JSON Pointers, each of a field or of all below it; `*` stands for every array element.',
  ),
  purpose: z.string().min(1).max(64).describe('One of /v1/profiles.'),
  from: instant.optional().describe('By block time; by default at once.'),
  until: instant.describe('By block time: from this second on it is over.'),
});

const listQuery = pageQuery.extend({
  side: z.enum(['MAKER', 'OWNER', 'GRANTEE']).optional(),
  order: z.string().optional().describe('Id of an order ...'),
  receivable: z.string().optional().describe('... or of a receivable.'),
});

/** Time and id of the last one. */
const grantKey = z.tuple([z.int().nonnegative(), hex32]);

const profileView = z.object({
  purpose: z.string(),
  version: z.int(),
  patterns: z.array(z.string()),
  roles: z.array(z.string()).nullable().describe('Of members that it is for; null for any.'),
});
const profilesView = z.object({ items: z.array(profileView), nextCursor: z.null() });

/** Who may see which fields of what, for which purpose, from when until when. */
@ApiTags('grants')
@Controller('v1')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
export class GrantRoutes {
  constructor(
    private readonly making: MakeGrant,
    private readonly revoking: RevokeGrant,
    private readonly approving: ApproveGrant,
    private readonly views: GrantViews,
    private readonly store: GrantStore,
    private readonly profiles: Profiles,
  ) {}

  load(id: string): Promise<GrantView> {
    return this.views.get(id as Hex);
  }

  @Post('grants')
  @Allow('ORDER_DESK', 'SUPPLIER_DESK')
  @Loads<GrantRoutes>((routes, { id }) => routes.load(id))
  @ApiCreatedResponse({ standardSchema: grantView })
  async make(@Body({ schema: newGrant }) body: z.output<typeof newGrant>): Promise<Accepted | Done<GrantView>> {
    const { resource, ...terms } = body;
    const onOrder = 'order' in resource;
    const object = onOrder ? resource.order : resource.receivable;
    const { id, submission } = await this.making.run({ ...terms, object, onOrder });
    return submission === undefined ? done(await this.views.get(id)) : accepted({ id, submission });
  }

  @Get('grants')
  @ApiOkResponse({ standardSchema: pageOf(grantView) })
  async list(@Query({ schema: listQuery }) query: z.output<typeof listQuery>): Promise<Page<GrantView>> {
    const { limit, cursor, side, order, receivable } = query;
    if (order && receivable) throw requestInvalid('name an order or a receivable, not both');
    const named = order ?? receivable;
    const object = named === undefined ? undefined : parseHex(named, 32);
    const rows = await this.store.list({ side, object, before: readCursor(cursor, grantKey) }, limit + 1);
    const page = toPage(
      rows,
      limit,
      ({ grant }) => [grant.createdAt, grant.id],
      (known) => known,
    );
    return { ...page, items: await this.views.of(page.items) };
  }

  @Get('grants/:id')
  @ApiOkResponse({ standardSchema: grantView })
  get(@Param('id') id: string): Promise<GrantView> {
    return this.views.get(asGrantId(id));
  }

  @Delete('grants/:id')
  @HttpCode(200)
  @Allow('ORDER_DESK', 'SUPPLIER_DESK')
  @Loads<GrantRoutes>((routes, { id }) => routes.load(id))
  @ApiOkResponse({ description: 'Revoked, or withdrawn before it was on chain.', standardSchema: grantView })
  async revoke(@Param('id') text: string): Promise<Accepted | Done<GrantView>> {
    const { id, submission } = await this.revoking.run(asGrantId(text));
    return submission === undefined ? done(await this.views.get(id), 200) : accepted({ id, submission });
  }

  @Post('grants/:id/approval')
  @Allow('ORDER_DESK', 'SUPPLIER_DESK')
  @ApiCreatedResponse({ description: 'Agreed to.', standardSchema: grantView })
  async approve(@Param('id') id: string): Promise<Done<GrantView>> {
    await this.approving.run(asGrantId(id));
    return done(await this.views.get(asGrantId(id)));
  }

  @Get('profiles')
  @ApiOkResponse({
    description: 'What each purpose may see.',
    standardSchema: profilesView,
  })
  known(): z.output<typeof profilesView> {
    const items = this.profiles.all().map(({ purpose, version, patterns, roles }) => {
      return { purpose, version, patterns: [...patterns], roles: roles ? [...roles] : null };
    });
    return { items, nextCursor: null };
  }
}
