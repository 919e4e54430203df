import type { Hex } from '../../../kernel/hex.js';
import { RECEIVABLE_ENTRY_KINDS } from '../../../receivables/domain/receivable-log.js';
import { MILESTONE_KINDS } from '../../../fulfilment/domain/milestone-kinds.js';
import type { ChainState, OrderState, ReceivableState } from '../chain-state.js';
import type { CoverStatement, IdentityNotes, OrderEvidence, ReceivableEvidence, ShownDocument } from '../evidence.js';
import { judgeIssuance } from '../judge-order.js';
import { type BatchEvidence, stateInBatch } from '../order-in-batch.js';
import type { Trust } from '../trust/trust.js';
import type { Bundle, BundledOrder, BundledReceivable } from './bundle.js';
import { requireBirths, requireParties } from './births-and-parties.js';
import { domainSeparator } from './domain-separator.js';
import { type CoverOrder, coverOf, type CoverReceivable } from './lineage-cover-of.js';
import { openedDocuments, shownAt } from './opened.js';
import { type ProvenState, StateRefused } from './prove-state.js';
import { logOf, requireWholeLogs } from './whole-logs.js';

const NONE: Hex = `0x${'00'.repeat(32)}`;

/** What a bundle shows, for the judges: slots proven, documents at the commitments that they must open. */
export class BundleEvidence {
  /** All that is shown of any document; what does not open its commitment is here, and nowhere else. */
  readonly documents: readonly ShownDocument[];
  readonly #opened: ReturnType<typeof openedDocuments>;
  readonly #chain: ChainState;
  readonly #registry: Hex;
  readonly #states: ReadonlyMap<Hex, ReceivableState>;
  readonly #orders: ReadonlyMap<Hex, OrderState>;
  readonly #notes: IdentityNotes;

  /**
   * Throws {@link StateRefused} when the parties, a receivable's orders, what it is a part of or a log are not those that the
   * chain has, an order that is said to be in a batch only is an object of its own, or one that no judge looks at is not what
   * its id commits to.
   */
  constructor(
    private readonly bundle: Bundle,
    private readonly proven: ProvenState,
    trust: Trust,
  ) {
    const { chain, slots } = proven;
    this.#chain = chain;
    const salt = slots.MemberRegistry.get(chain.domainSaltSlot())!;
    this.#registry = domainSeparator(trust.chainId, trust.contracts.OrderRegistry.address, salt);
    this.#states = new Map(
      bundle.receivables.map(({ id }) => [id, chain.readReceivable(id, slots.ReceivableRegistry)]),
    );
    this.#orders = new Map(bundle.orders.map((order) => [order.id, this.#stateOf(order)]));
    requireBirths(bundle, proven);
    requireParties(bundle, proven, [...this.#orders.values()], [...this.#states.values()]);
    requireWholeLogs(bundle, this.#orders, this.#states);
    this.#notes = this.#notesOfOperators();
    this.documents = [
      ...bundle.orders.flatMap((order) => this.#orderDocuments(order)),
      ...bundle.receivables.flatMap((each) => this.#receivableDocuments(each)),
    ];
    this.#opened = openedDocuments(this.documents);
    this.#requireOthersIssued();
  }

  /** Of the order that the bundle is about. */
  order(): OrderEvidence {
    return this.#orderEvidence(this.bundle.orders[0]!);
  }

  /** Of the receivable that the bundle is about, with its orders. */
  receivable(): ReceivableEvidence {
    const [subject, ...others] = this.bundle.receivables;
    const { id, orders, log } = subject!;
    const parent = this.#parentOf(subject!);
    // Of a part, the others are what it was split off from; the whole has the fingerprints.
    const ancestors = parent === null ? [] : others;
    const whole = ancestors.at(-1) ?? subject!;
    const state = this.#states.get(id)!;
    const { ReceivableRegistry, MemberRegistry } = this.proven.slots;
    return {
      receivable: id,
      state,
      parent,
      ancestors: ancestors.map((each) => ({
        receivable: each.id,
        state: this.#states.get(each.id)!,
        parent: this.#parentOf(each),
        log: each.log,
      })),
      orders: this.bundle.orders
        .filter((order) => orders.includes(order.id))
        .map((order) => this.#orderEvidence(order)),
      obligor: this.#chain.readMember(state.obligor, MemberRegistry),
      supplier: this.#chain.readMember(state.supplier, MemberRegistry),
      encumbrance: this.#chain.readEncumbrance(id, ReceivableRegistry),
      documents: this.#openedOnly(this.#receivableDocuments(subject!)),
      log,
      confirmation: log[0]?.commitment ?? null,
      fingerprints: whole.fingerprints.map((fingerprint) => ({
        fingerprint,
        takenBy: ReceivableRegistry.get(this.#chain.fingerprintSlot(this.#states.get(whole.id)!, fingerprint))!,
      })),
      fingerprintsOpened: false,
      cover: this.#cover(),
      notes: this.#notes,
    };
  }

  #orderEvidence(order: BundledOrder): OrderEvidence {
    const { id, firstCommitment, tag, log } = order;
    const { MemberRegistry, ReceivableRegistry } = this.proven.slots;
    const state = this.#orders.get(id)!;
    const batch = this.#batchOf(order);
    const { buyer, supplier } = state;
    return {
      order: id,
      identity: { registry: this.#registry, buyer, supplier, commitment: firstCommitment, tag },
      state,
      ...(batch && { batch }),
      log: logOf(id, log),
      buyer: this.#chain.readMember(buyer, MemberRegistry),
      supplier: this.#chain.readMember(supplier, MemberRegistry),
      encumbrance: this.#chain.readEncumbrance(id, ReceivableRegistry),
      documents: this.#openedOnly(this.#orderDocuments(order)),
      notes: this.#notes,
    };
  }

  /** As its own slots say or, of an order that has none, its place in a batch. */
  #stateOf(order: BundledOrder): OrderState {
    const state = this.#chain.readOrder(order.id, this.proven.slots.OrderRegistry);
    const batch = this.#batchOf(order);
    if (!batch) return state;
    if (state.status !== null)
      throw new StateRefused('ORDER_NOT_ONLY_IN_BATCH', 'An order is on chain by itself; the file has it in a batch.');
    return stateInBatch(order.id, batch);
  }

  #batchOf({ batch }: BundledOrder): BatchEvidence | undefined {
    if (!batch) return undefined;
    return { ...batch, onChain: this.#chain.readBatch(batch.buyer, batch.root, this.proven.slots.OrderRegistry) };
  }

  #orderDocuments({ id, firstCommitment, document, log }: BundledOrder): ShownDocument[] {
    const { commitment } = this.#orders.get(id)!;
    return [
      ...shownAt(commitment ?? firstCommitment, document),
      ...log.flatMap((entry) => shownAt(entry.commitment, entry.document)),
    ];
  }

  #receivableDocuments({ id, document, log }: BundledReceivable): ShownDocument[] {
    return [
      ...shownAt(this.#states.get(id)!.commitment, document),
      ...log.flatMap((entry) => shownAt(entry.commitment, entry.document)),
    ];
  }

  /** Each by itself: a commitment may stand twice in a file, once with what opens it and once with what does not. */
  #openedOnly(documents: readonly ShownDocument[]): ShownDocument[] {
    return documents.filter(({ root, disclosure }) => this.#opened.get(disclosure)?.root === root);
  }

  #cover(): CoverStatement | undefined {
    const { orders, receivables } = this.bundle;
    const known =
      orders.every(({ log }) => log.every(({ kind }) => MILESTONE_KINDS[kind - 1])) &&
      receivables.every(({ log }) => log.every(({ kind }) => RECEIVABLE_ENTRY_KINDS[kind - 1]));
    if (!known) return undefined;
    const coverOrders = orders.map(({ id, firstCommitment, log }): CoverOrder => {
      const { commitment } = this.#orders.get(id)!;
      return { id, commitment: commitment ?? firstCommitment, log: logOf(id, log) };
    });
    const claims = receivables.map((each): CoverReceivable => {
      const { id, orders: born, log } = each;
      return { id, orders: born, state: this.#states.get(id)!, log, parent: this.#parentOf(each) };
    });
    const fields = new Map([...this.#opened.values()].map((each) => [each.root, each.fields]));
    return coverOf(claims, coverOrders, fields);
  }

  #parentOf({ parent }: BundledReceivable): Hex | null {
    return parent === NONE ? null : parent;
  }

  /**
   * Orders that only the other receivables were born from come before no judge, and say with theirs what is left for the
   * subject: each must be what its id commits to.
   */
  #requireOthersIssued(): void {
    const [subject] = this.bundle.receivables;
    const others = this.bundle.orders.filter(({ id }) => subject && !subject.orders.includes(id));
    for (const order of others) {
      const { status, reason } = judgeIssuance(this.#orderEvidence(order));
      if (status !== 'VALID') throw new StateRefused(reason.code, reason.message);
    }
  }

  /** The block of an act is not in storage, so a key that came into doubt at any block is named. */
  #notesOfOperators(): IdentityNotes {
    const accounts = this.bundle.members.flatMap(({ operators }) => operators);
    const inDoubt = accounts.filter(
      (account) => this.#chain.readOperator(account, this.proven.slots.MemberRegistry).inDoubtFrom !== 0,
    );
    return { inDoubt, parties: 'unchecked' };
  }
}
