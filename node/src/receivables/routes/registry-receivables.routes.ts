import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { type Page, pageOf, pageQuery, readCursor, toPage } from '../../http/index.js';
import { asOrderId, asReceivableId } from '../../kernel/ids.js';
import { Members } from '../../members/index.js';
import { RECEIVABLE_STATUSES } from '../domain/states.js';
import { receivableKey, ReceivableList } from '../queries/receivable-list.js';
import { type RegistryReceivableView, registryReceivableView, toRegistryView } from '../queries/receivable-view.js';
import { ReceivableViews } from '../queries/receivable-views.js';
import { Receivables } from '../queries/receivables.js';

const listQuery = pageQuery.extend({
  status: z.enum(RECEIVABLE_STATUSES).optional(),
  party: z.string().optional().describe('Short name of a member that is obligor or supplier.'),
  order: z.string().optional().describe('Id of an order that they were born from.'),
});

/** What the chain says of everybody's receivables: ids, states and commitments. */
@ApiTags('registry')
@Controller('v1/registry/receivables')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
export class RegistryReceivableRoutes {
  constructor(
    private readonly list: ReceivableList,
    private readonly receivables: Receivables,
    private readonly views: ReceivableViews,
    private readonly members: Members,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(registryReceivableView) })
  async all(@Query({ schema: listQuery }) query: z.output<typeof listQuery>): Promise<Page<RegistryReceivableView>> {
    const { limit, cursor, status, party, order } = query;
    const filter = {
      status,
      party: party === undefined ? undefined : (await this.members.byName(party)).id,
      order: order === undefined ? undefined : asOrderId(order),
    };
    const rows = await this.list.all(filter, readCursor(cursor, receivableKey), limit + 1);
    const running = await this.receivables.encumbrancesOn(rows.map(({ id }) => id));
    const byObject = new Map(running.map((encumbrance) => [encumbrance.object, encumbrance]));
    const nameOf = await this.views.names();
    return toPage(
      rows,
      limit,
      ({ issued }) => [issued.block, issued.logIndex],
      (receivable) => toRegistryView(receivable, byObject.get(receivable.id), nameOf),
    );
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: registryReceivableView })
  async get(@Param('id') id: string): Promise<RegistryReceivableView> {
    const receivable = await this.receivables.get(asReceivableId(id));
    const [encumbrance, nameOf] = await Promise.all([
      this.receivables.encumbranceOn(receivable.id),
      this.views.names(),
    ]);
    return toRegistryView(receivable, encumbrance, nameOf);
  }
}
