import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import type { Order } from '../../orders/domain/order.js';
import type { Receivable } from '../../receivables/domain/receivable.js';
import { Covers } from '../../receivables/queries/covers.js';
import { ReceivableEntries } from '../../receivables/index.js';
import { TagStore } from '../../receivables/storage/tag.store.js';
import { Problem } from '../../kernel/problem.js';
import { chainState } from '../verify/chain-state.js';
import type { CoverStatement, ReceivableEvidence } from '../verify/evidence.js';
import { GatherOrders } from './gather-orders.js';
import { IdentityNotesQuery } from './identity-notes.js';
import type { ProvenSlots, SlotsWanted } from './own-chain.js';
import { chainAndIndexDiffer } from './problems.js';
import { ShownDocuments } from './shown-documents.js';

/** Gathers what judges need of a receivable and its orders. */
@Injectable()
export class GatherReceivable {
  constructor(
    private readonly orders: GatherOrders,
    private readonly covers: Covers,
    private readonly tags: TagStore,
    private readonly documents: ShownDocuments,
    private readonly notes: IdentityNotesQuery,
    private readonly entries: ReceivableEntries,
  ) {}

  slots(receivable: Receivable, orders: readonly Order[], fingerprints: readonly Hex[]): SlotsWanted[] {
    const { id, obligor, supplier } = receivable;
    const own = [
      ...chainState.receivableSlots(id),
      ...chainState.encumbranceSlots(id),
      ...fingerprints.map((fingerprint) => chainState.fingerprintSlot(receivable, fingerprint)),
    ];
    const all = [
      ...this.orders.slots(orders),
      { contract: 'ReceivableRegistry', slots: own },
      { contract: 'MemberRegistry', slots: [obligor, supplier].flatMap((member) => chainState.memberSlots(member)) },
    ] as const;
    const contracts = [...new Set(all.map(({ contract }) => contract))];
    return contracts.map((contract) => {
      const slots = all.filter((each) => each.contract === contract).flatMap((each) => each.slots);
      return { contract, slots: [...new Set(slots)] };
    });
  }

  /** Fingerprints that the receivable's confirmation took. */
  fingerprintsOf(id: Hex): Promise<Hex[]> {
    return this.tags.fingerprintsOf(id);
  }

  /** Throws CHAIN_AND_INDEX_DIFFER when a slot says another thing than the index. */
  async evidence(
    receivable: Receivable,
    orders: readonly Order[],
    fingerprints: readonly Hex[],
    proven: ProvenSlots,
  ): Promise<ReceivableEvidence> {
    const { id, obligor, supplier, commitment, confirmation } = receivable;
    const registry = proven.get('ReceivableRegistry')!;
    const state = chainState.readReceivable(id, registry);
    const same =
      state.status === receivable.status &&
      state.commitment === commitment &&
      state.coverVersion === receivable.coverVersion &&
      state.openDisputes === receivable.openDisputes &&
      state.head === receivable.head;
    if (!same)
      throw chainAndIndexDiffer(`receivable ${id} stands otherwise on chain than in this node's index`, {
        receivable: id,
      });
    const acts = [{ member: supplier, block: receivable.issued.block }];
    if (receivable.confirmed) acts.push({ member: obligor, block: receivable.confirmed.block });
    const [documents, cover, notes, logs, ...evidence] = await Promise.all([
      this.documents.of(confirmation === null ? [commitment] : [commitment, confirmation]),
      this.coverOf(receivable),
      this.notes.of(acts),
      this.entries.of([receivable]),
      ...orders.map((order) => this.orders.evidence(order, proven)),
    ]);
    const members = proven.get('MemberRegistry')!;
    return {
      receivable: id,
      state,
      orders: evidence,
      obligor: chainState.readMember(obligor, members),
      supplier: chainState.readMember(supplier, members),
      encumbrance: chainState.readEncumbrance(id, registry),
      documents,
      log: logs.get(id)!,
      confirmation,
      fingerprints: fingerprints.map((fingerprint) => ({
        fingerprint,
        takenBy: registry.get(chainState.fingerprintSlot(receivable, fingerprint))!,
      })),
      cover,
      notes,
    };
  }

  /** Undefined when the documents shown to this member do not decide it. */
  private async coverOf(receivable: Receivable): Promise<CoverStatement | undefined> {
    try {
      const { cover, invoice, minorDigits } = await this.covers.of(receivable);
      const { amount, withoutReceipt } = cover;
      return { amount: amount.toFixed(minorDigits), currency: invoice.currency, withoutReceipt };
    } catch (error) {
      if (error instanceof Problem && error.code === 'COVER_NOT_SHOWN') return undefined;
      throw error;
    }
  }
}
