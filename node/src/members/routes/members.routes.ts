import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { type Page, pageOf, pageQuery, readCursor, toPage } from '../../http/index.js';
import { dbInt } from '../../kernel/db-int.js';
import type { Member } from '../domain/member.js';
import { Members } from '../queries/members.js';
import { type MemberView, memberView, viewMember } from './member.view.js';

/** Who belongs to the consortium. */
@ApiTags('members')
@Controller('v1/members')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
export class MemberRoutes {
  constructor(private readonly members: Members) {}

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(memberView) })
  async list(@Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>): Promise<Page<MemberView>> {
    const after = readCursor(cursor, dbInt) ?? 0;
    const rest = (await this.members.all()).filter(({ id }) => id > after).slice(0, limit + 1);
    const views = await Promise.all(rest.map((member) => this.view(member)));
    return toPage(
      views,
      limit,
      ({ number }) => number,
      (view) => view,
    );
  }

  @Get(':name')
  @ApiOkResponse({ standardSchema: memberView })
  async get(@Param('name') name: string): Promise<MemberView> {
    return this.view(await this.members.byName(name));
  }

  private async view(member: Member): Promise<MemberView> {
    const [{ id: self }, accounts, keys] = await Promise.all([
      this.members.self(),
      this.members.accountsOf(member.id),
      this.members.keysOf(member.id),
    ]);
    return viewMember(member, member.id === self, accounts, keys);
  }
}
