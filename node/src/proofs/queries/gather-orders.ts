import { Injectable } from '@nestjs/common';
import { RegistryDomains } from '../../chain/index.js';
import type { LogEntry } from '../../fulfilment/domain/log-entry.js';
import { Milestones } from '../../fulfilment/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { Order } from '../../orders/domain/order.js';
import { chainState } from '../verify/chain-state.js';
import type { OrderEvidence } from '../verify/evidence.js';
import { IdentityNotesQuery } from './identity-notes.js';
import type { ProvenSlots, SlotsWanted } from './own-chain.js';
import { chainAndIndexDiffer, orderNotMaterialised } from './problems.js';
import { ShownDocuments } from './shown-documents.js';

/** Gathers what judges need of orders: what the index tells, checked against what the chain proved. */
@Injectable()
export class GatherOrders {
  constructor(
    private readonly milestones: Milestones,
    private readonly documents: ShownDocuments,
    private readonly notes: IdentityNotesQuery,
    private readonly domains: RegistryDomains,
  ) {}

  /** The slots that evidence of these orders rests on. */
  slots(orders: readonly Order[]): SlotsWanted[] {
    return [
      { contract: 'OrderRegistry', slots: orders.flatMap(({ id }) => chainState.orderSlots(id)) },
      { contract: 'ReceivableRegistry', slots: orders.flatMap(({ id }) => chainState.encumbranceSlots(id)) },
      {
        contract: 'MemberRegistry',
        slots: orders.flatMap(({ buyer, supplier }) =>
          [buyer, supplier].flatMap((member) => chainState.memberSlots(member)),
        ),
      },
    ];
  }

  /** Throws CHAIN_AND_INDEX_DIFFER when a slot says another thing than the index. */
  async evidence(order: Order, proven: ProvenSlots): Promise<OrderEvidence> {
    const { id, buyer, supplier, firstCommitment, tag } = order;
    const state = chainState.readOrder(id, proven.get('OrderRegistry')!);
    if (state.status === null && order.batch)
      throw orderNotMaterialised('the order has no slot on chain of its own yet', { order: id, batch: order.batch });
    const same =
      state.status === order.status &&
      state.version === order.version &&
      state.coverVersion === order.coverVersion &&
      state.head === order.head &&
      (state.commitment ?? firstCommitment) === order.commitment;
    if (!same)
      throw chainAndIndexDiffer(`order ${id} stands otherwise on chain than in this node's index`, { order: id });
    const log = await this.log(id);
    const acts = [
      { member: buyer, block: order.postedBlock },
      { member: supplier, block: order.changedBlock },
    ];
    const [documents, notes] = await Promise.all([
      this.documents.of([order.commitment, ...log.map(({ commitment }) => commitment)]),
      this.notes.of(acts),
    ]);
    const members = proven.get('MemberRegistry')!;
    return {
      order: id,
      identity: { registry: this.domains.of('OrderRegistry'), buyer, supplier, commitment: firstCommitment, tag },
      state,
      log,
      buyer: chainState.readMember(buyer, members),
      supplier: chainState.readMember(supplier, members),
      encumbrance: chainState.readEncumbrance(id, proven.get('ReceivableRegistry')!),
      documents,
      notes,
    };
  }

  private async log(order: Hex): Promise<LogEntry[]> {
    return (await this.milestones.of(order)).map(
      ({ position, kind, author, commitment, supersedes, recorded_at: at }) => ({
        order,
        index: position,
        kind,
        author,
        commitment,
        supersedes,
        recordedAt: at,
      }),
    );
  }
}
