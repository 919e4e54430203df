import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { entryKindOf } from '../../receivables/domain/receivable-log.js';
import type { Receivable } from '../../receivables/domain/receivable.js';
import { Covers, ReceivableEntries, Receivables, SignedTags, TagStore } from '../../receivables/index.js';
import { Problem } from '../../kernel/problem.js';
import { chainState, type ReceivableState, type Slots } from '../verify/chain-state.js';
import type { CoverStatement, ReceivableEvidence } from '../verify/evidence.js';
import { GatherOrders, type TaggedOrder } from './gather-orders.js';
import { IdentityNotesQuery } from './identity-notes.js';
import type { ProvenSlots, SlotsWanted } from './own-chain.js';
import { chainAndIndexDiffer } from './problems.js';
import { ShownDocuments } from './shown-documents.js';

/** A receivable, what it was split off from, nearest first, and the fingerprints that the whole's confirmation took. */
export interface Lineage {
  readonly receivable: Receivable;
  readonly ancestors: readonly Receivable[];
  readonly fingerprints: readonly Hex[];
  /** Whether this node has found them to be the invoice's. */
  readonly opened: boolean;
}

/** Gathers what judges need of a receivable and its orders. */
@Injectable()
export class GatherReceivable {
  constructor(
    private readonly receivables: Receivables,
    private readonly orders: GatherOrders,
    private readonly covers: Covers,
    private readonly tags: TagStore,
    private readonly signed: SignedTags,
    private readonly documents: ShownDocuments,
    private readonly notes: IdentityNotesQuery,
    private readonly entries: ReceivableEntries,
  ) {}

  slots({ receivable, ancestors, fingerprints }: Lineage, orders: readonly TaggedOrder[]): SlotsWanted[] {
    const { id, obligor, supplier } = receivable;
    const whole = ancestors.at(-1) ?? receivable;
    const own = [
      ...[receivable, ...ancestors].flatMap((each) => [
        ...chainState.receivableSlots(each.id),
        chainState.parentSlot(each.id),
      ]),
      ...chainState.encumbranceSlots(id),
      ...fingerprints.map((fingerprint) => chainState.fingerprintSlot(whole, fingerprint)),
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

  /** What a receivable comes from. Throws RECEIVABLE_UNKNOWN. */
  async lineageOf(id: Hex): Promise<Lineage> {
    const receivable = await this.receivables.get(id);
    const ancestors = await this.receivables.ancestors(receivable);
    const { id: whole } = ancestors.at(-1) ?? receivable;
    const [fingerprints, kept] = await Promise.all([this.tags.fingerprintsOf(whole), this.signed.fingerprints(whole)]);
    // Its obligor made them; who else keeps any held their signatures against the invoice first.
    const opened = kept.length > 0 && kept.map(({ tag }) => tag).join() === fingerprints.join();
    return { receivable, ancestors, fingerprints, opened };
  }

  /** Throws CHAIN_AND_INDEX_DIFFER when a slot says another thing than the index. */
  async evidence(
    { receivable, ancestors, fingerprints, opened }: Lineage,
    orders: readonly TaggedOrder[],
    proven: ProvenSlots,
  ): Promise<ReceivableEvidence> {
    const { id, obligor, supplier, commitment, confirmation } = receivable;
    const registry = proven.get('ReceivableRegistry')!;
    const whole = ancestors.at(-1) ?? receivable;
    const state = requireSame(receivable, registry);
    const acts = [{ member: supplier, block: receivable.issued.block }];
    if (receivable.confirmed) acts.push({ member: obligor, block: receivable.confirmed.block });
    const logs = await this.entries.of([receivable, ...ancestors]);
    const log = logs.get(id)!;
    const registered = log.filter(({ kind }) => entryKindOf(kind) === 'REGISTRATION');
    const roots = [commitment, ...(confirmation ? [confirmation] : []), ...registered.map((entry) => entry.commitment)];
    const [documents, cover, notes, ...evidence] = await Promise.all([
      this.documents.of([...new Set(roots)].map((root) => ({ root, object: id }))),
      this.coverOf(receivable),
      this.notes.of(acts),
      ...orders.map((order) => this.orders.evidence(order, proven)),
    ]);
    const members = proven.get('MemberRegistry')!;
    return {
      receivable: id,
      state,
      parent: chainState.readParent(id, registry),
      ancestors: ancestors.map((each) => ({
        receivable: each.id,
        state: requireSame(each, registry),
        parent: chainState.readParent(each.id, registry),
        log: logs.get(each.id)!,
      })),
      orders: evidence,
      obligor: chainState.readMember(obligor, members),
      supplier: chainState.readMember(supplier, members),
      encumbrance: chainState.readEncumbrance(id, registry),
      documents,
      log,
      confirmation,
      fingerprints: fingerprints.map((fingerprint) => ({
        fingerprint,
        takenBy: registry.get(chainState.fingerprintSlot(whole, fingerprint))!,
      })),
      fingerprintsOpened: opened,
      cover,
      notes,
    };
  }

  /** Undefined when the documents shown to this member do not decide it. */
  private async coverOf(receivable: Receivable): Promise<CoverStatement | undefined> {
    try {
      const { cover, currency, minorDigits } = await this.covers.of(receivable);
      const { amount, withoutReceipt } = cover;
      return { amount: amount.toFixed(minorDigits), currency, withoutReceipt };
    } catch (error) {
      if (error instanceof Problem && error.code === 'COVER_NOT_SHOWN') return undefined;
      throw error;
    }
  }
}

function requireSame(receivable: Receivable, proven: Slots): ReceivableState {
  const { id, status, commitment, coverVersion, openDisputes, head } = receivable;
  const state = chainState.readReceivable(id, proven);
  const same =
    state.status === status &&
    state.commitment === commitment &&
    state.coverVersion === coverVersion &&
    state.openDisputes === openDisputes &&
    state.head === head;
  if (same) return state;
  throw chainAndIndexDiffer(`receivable ${id} stands otherwise on chain than in this node's index`, { receivable: id });
}
