import { Injectable } from '@nestjs/common';
import type { DocumentPlace } from '../../documents/index.js';
import type { Disclosure } from '../../kernel/disclosure.js';
import type { Hex } from '../../kernel/hex.js';
import { Milestones } from '../../fulfilment/index.js';
import { Members } from '../../members/index.js';
import type { Order } from '../../orders/domain/order.js';
import { BatchedOrders, Orders, type ProvenOrder } from '../../orders/index.js';
import { type Receivable, ReceivableEntries, Receivables, TagStore } from '../../receivables/index.js';
import type { FingerprintBearer } from '../verify/chain-state.js';
import type { BundledMember, BundledOrder, BundledReceivable } from '../verify/bundle/bundle.js';
import { MOST } from '../verify/bundle/schema.js';
import { BundleDocuments } from './bundle-documents.js';
import { proofTooLarge } from './problems.js';

/** What a bundle says, before anything of it is proven. */
export interface BundleContent {
  readonly members: readonly BundledMember[];
  readonly orders: readonly BundledOrder[];
  readonly receivables: readonly BundledReceivable[];
  /** Who owes each receivable, and as which instalment: where its fingerprints lie depends on it. */
  readonly bearers: ReadonlyMap<Hex, FingerprintBearer>;
}

const NONE: Hex = `0x${'00'.repeat(32)}`;

const ascending = (a: string, b: string): number => (a < b ? -1 : 1);

/** Gathers from this node's index and documents what a bundle about an order or a receivable says. */
@Injectable()
export class BundleContents {
  constructor(
    private readonly orders: Orders,
    private readonly batched: BatchedOrders,
    private readonly receivables: Receivables,
    private readonly entries: ReceivableEntries,
    private readonly milestones: Milestones,
    private readonly tags: TagStore,
    private readonly members: Members,
    private readonly documents: BundleDocuments,
  ) {}

  ofOrder(order: Order, pointers?: readonly string[]): Promise<BundleContent> {
    return this.of([order], [], pointers);
  }

  /**
   * With every receivable confirmed on the same orders, since they share the goods that cover it; a part with what it was split
   * off from, of which nothing is shown: what others sold for is no matter of whom the part is shown to. Throws PROOF_TOO_LARGE
   * where that is more than a bundle holds, before anything more is read of it.
   */
  async ofReceivable(receivable: Receivable, pointers?: readonly string[]): Promise<BundleContent> {
    if (receivable.parent !== null) return this.ofPart(receivable, pointers);
    const born = await this.receivables.bornFrom(receivable.orders);
    const others = born
      .filter(
        ({ id, confirmed, status, parent }) =>
          id !== receivable.id && confirmed && status !== 'VOID' && parent === null,
      )
      .sort((a, b) => ascending(a.id, b.id));
    const all = [receivable, ...others];
    const ids = [...new Set(all.flatMap(({ orders }) => orders))];
    requireFits('receivables are confirmed on its orders', all.length);
    requireFits('orders are behind them', ids.length);
    return this.of(await this.orders.findMany(ids), all, pointers);
  }

  private async ofPart(receivable: Receivable, pointers?: readonly string[]): Promise<BundleContent> {
    const lineage = [receivable, ...(await this.receivables.ancestors(receivable))];
    requireFits('splits led to it', lineage.length);
    const log = (await this.entries.of([receivable])).get(receivable.id)!;
    const own = documentsOf(receivable, log);
    return this.of(await this.orders.findMany(receivable.orders), lineage, pointers, own);
  }

  private async of(
    found: readonly Order[],
    receivables: readonly Receivable[],
    pointers?: readonly string[],
    shownAlone?: readonly DocumentPlace[],
  ): Promise<BundleContent> {
    const orders = [...found].sort((a, b) => ascending(a.id, b.id));
    const logs = await this.entries.of(receivables);
    const places = await this.batched.places(orders.filter(({ batch }) => batch !== null).map(({ id }) => id));
    const milestones = new Map<Hex, Awaited<ReturnType<Milestones['of']>>>();
    for (const order of orders) milestones.set(order.id, await this.milestones.asOf(order));
    const committed = shownAlone ?? [
      ...orders.flatMap((order) => documentsOf(order, milestones.get(order.id)!)),
      ...receivables.flatMap((receivable) => documentsOf(receivable, logs.get(receivable.id)!)),
    ];
    const born = new Map(receivables.map(({ id, orders }) => [id, orders]));
    const shown = await this.documents.of(committed, born, pointers);
    const parties = [
      ...orders.flatMap(({ buyer, supplier }) => [buyer, supplier]),
      ...receivables.flatMap(({ obligor, supplier }) => [obligor, supplier]),
    ];
    return {
      members: await Promise.all([...new Set(parties)].sort((a, b) => a - b).map((number) => this.memberOf(number))),
      orders: orders.map((order) => ({
        ...placeOf(places.get(order.id)),
        id: order.id,
        firstCommitment: order.firstCommitment,
        tag: order.tag,
        document: at(shown, order.commitment),
        log: milestones.get(order.id)!.map(({ kind, author, commitment, supersedes, recorded_at: recordedAt }) => {
          return { kind, author, commitment, supersedes, recordedAt, document: at(shown, commitment) };
        }),
      })),
      receivables: await Promise.all(
        receivables.map(async ({ id, orders: born, commitment, parent }) => ({
          id,
          parent: parent ?? NONE,
          orders: born,
          fingerprints: (await this.tags.fingerprintsOf(id)).sort(ascending),
          document: at(shown, commitment),
          log: logs.get(id)!.map((entry) => ({ ...entry, document: at(shown, entry.commitment) })),
        })),
      ),
      bearers: new Map(receivables.map((each) => [each.id, each])),
    };
  }

  private async memberOf(number: number): Promise<BundledMember> {
    const { name } = await this.members.byId(number);
    const accounts = await this.members.accountsOf(number);
    return { number, name, operators: accounts.map(({ account }) => account).sort(ascending) };
  }
}

/** What an order or a receivable commits to itself, and in its log. */
function documentsOf(
  { id: object, commitment }: Committed & { readonly id: Hex },
  log: readonly Committed[],
): DocumentPlace[] {
  const roots = new Set([commitment, ...log.map((entry) => entry.commitment)]);
  return [...roots].map((root) => ({ root, object }));
}

/** A bundle has as many orders at most as receivables. */
function requireFits(what: string, count: number): void {
  const most = MOST.receivables;
  if (count > most) throw proofTooLarge(`${count} ${what}, and a file holds ${most} at most`, { count, most });
}

interface Committed {
  readonly commitment: Hex;
}

/** Of an order that is no chain object of its own. */
function placeOf(order: ProvenOrder | undefined): Pick<BundledOrder, 'batch'> {
  if (!order) return {};
  const { buyer, root, index, expiry, proof, answer } = order;
  return { batch: { bitmap: answer?.bitmap ?? '0x', buyer, expiry, index, proof, root } };
}

const at = (shown: ReadonlyMap<Hex, Disclosure>, root: Hex): Disclosure | null => shown.get(root) ?? null;
