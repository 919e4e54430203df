import { Injectable } from '@nestjs/common';
import { RegistryDomains } from '../../chain/index.js';
import type { LogEntry } from '../../fulfilment/domain/log-entry.js';
import { Milestones } from '../../fulfilment/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { Order } from '../../orders/domain/order.js';
import { BatchedOrders } from '../../orders/index.js';
import { SignedTags } from '../../receivables/index.js';
import { chainState, type Slots } from '../verify/chain-state.js';
import type { OrderEvidence } from '../verify/evidence.js';
import { type BatchEvidence, stateInBatch } from '../verify/order-in-batch.js';
import { IdentityNotesQuery } from './identity-notes.js';
import type { ProvenSlots, SlotsWanted } from './own-chain.js';
import { chainAndIndexDiffer } from './problems.js';
import { ShownDocuments } from './shown-documents.js';

/** An order with its buyer's tags of it; absent where they are not here. */
export type TaggedOrder = Order & { readonly signedTags?: readonly Hex[] };

/** Gathers what judges need of orders: what the index tells, checked against what the chain proved. */
@Injectable()
export class GatherOrders {
  constructor(
    private readonly milestones: Milestones,
    private readonly batched: BatchedOrders,
    private readonly documents: ShownDocuments,
    private readonly notes: IdentityNotesQuery,
    private readonly domains: RegistryDomains,
    private readonly signed: SignedTags,
  ) {}

  /** With what this node knows of their tags: a lender that was asked to finance them has their buyers' word. */
  async tagged(orders: readonly Order[]): Promise<TaggedOrder[]> {
    const known = await this.signed.known(orders.map(({ id }) => id));
    return orders.map((order) => ({ ...order, signedTags: known.get(order.id)?.tags.map(({ tag }) => tag) }));
  }

  /** The slots that evidence of these orders rests on. */
  slots(orders: readonly TaggedOrder[]): SlotsWanted[] {
    return [
      {
        contract: 'OrderRegistry',
        slots: orders.flatMap(({ id, buyer, batch }) => [
          ...chainState.orderSlots(id),
          ...(batch ? chainState.batchSlots(buyer, batch) : []),
        ]),
      },
      {
        contract: 'ReceivableRegistry',
        slots: orders.flatMap(({ id, buyer, signedTags = [] }) => [
          ...chainState.encumbranceSlots(id),
          ...signedTags.map((tag) => chainState.orderTagSlot(buyer, tag)),
        ]),
      },
      {
        contract: 'MemberRegistry',
        slots: orders.flatMap(({ buyer, supplier }) =>
          [buyer, supplier].flatMap((member) => chainState.memberSlots(member)),
        ),
      },
    ];
  }

  /** Throws CHAIN_AND_INDEX_DIFFER when a slot says another thing than the index. */
  async evidence(order: TaggedOrder, proven: ProvenSlots): Promise<OrderEvidence> {
    const { id, buyer, supplier, firstCommitment, tag } = order;
    const slots = proven.get('OrderRegistry')!;
    const own = chainState.readOrder(id, slots);
    const batch = own.status === null ? await this.batchOf(order, slots) : undefined;
    const state = batch ? stateInBatch(id, batch) : own;
    const same =
      state.status === order.status &&
      state.version === order.version &&
      state.coverVersion === order.coverVersion &&
      state.head === order.head &&
      (state.commitment ?? firstCommitment) === order.commitment;
    if (!same)
      throw chainAndIndexDiffer(`order ${id} stands otherwise on chain than in this node's index`, { order: id });
    // The chain's own count and head are judged against what is given here.
    const log = order.entries === 0 ? [] : await this.log(order);
    const acts = [
      { member: buyer, block: order.postedBlock },
      { member: supplier, block: order.changedBlock },
    ];
    const [documents, notes] = await Promise.all([
      this.documents.of(
        [order.commitment, ...log.map(({ commitment }) => commitment)].map((root) => ({ root, object: id })),
      ),
      this.notes.of(acts),
    ]);
    const [members, receivables] = [proven.get('MemberRegistry')!, proven.get('ReceivableRegistry')!];
    return {
      order: id,
      identity: { registry: this.domains.of('OrderRegistry'), buyer, supplier, commitment: firstCommitment, tag },
      state,
      ...(batch && { batch }),
      log,
      buyer: chainState.readMember(buyer, members),
      supplier: chainState.readMember(supplier, members),
      encumbrance: chainState.readEncumbrance(id, receivables),
      tagsTakenBy: order.signedTags?.map((each) => receivables.get(chainState.orderTagSlot(buyer, each))!),
      documents,
      notes,
    };
  }

  /** The place of an order that is no chain object of its own; undefined where this node knows of none. */
  private async batchOf({ id, batch }: Order, slots: Slots): Promise<BatchEvidence | undefined> {
    const place = batch ? (await this.batched.places([id])).get(id) : undefined;
    if (!place) return undefined;
    const { buyer, root, index, expiry, proof, answer } = place;
    const onChain = chainState.readBatch(buyer, root, slots);
    return { buyer, root, index, expiry, proof, bitmap: answer?.bitmap ?? '0x', onChain };
  }

  private async log(order: Order): Promise<LogEntry[]> {
    return (await this.milestones.asOf(order)).map(
      ({ position, kind, author, commitment, supersedes, recorded_at: at }) => ({
        order: order.id,
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
