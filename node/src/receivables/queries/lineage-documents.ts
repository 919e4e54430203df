import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { kindNumber, MILESTONE_KINDS, MILESTONE_RULES } from '../../fulfilment/domain/milestone-kinds.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { Orders } from '../../orders/index.js';
import type { Receivable } from '../domain/receivable.js';
import { isOpen } from '../storage/chain-payments.js';
import { ReceivableStore } from '../storage/receivable.store.js';
import { ReceivableLogStore } from '../storage/receivable-log.store.js';

/** A commitment on chain that decides what a claim is worth, and the order or receivable that it is about. */
export interface LineageCommitment {
  readonly root: Hex;
  readonly object: Hex;
}

const TELLING = MILESTONE_KINDS.filter((kind) => MILESTONE_RULES[kind].touchesCover).map(kindNumber);

/** Which documents decide what may be advanced: whoever is to check a cover must be shown all of them. */
@Injectable()
export class LineageDocuments {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ReceivableStore,
    private readonly log: ReceivableLogStore,
    private readonly orders: Orders,
  ) {}

  /**
   * Of a receivable: its own, those of its orders and of every receivable born from them that was confirmed. Parts of splits
   * stand within their whole. Of a part its own alone, since it stands on those, and what others sold for is not its holder's
   * to show. Of itself also the payments that nobody acknowledged: its lender may come to be who does.
   */
  async ofReceivable(receivable: Receivable): Promise<LineageCommitment[]> {
    const registrations = await this.registrationsOf(receivable);
    if (receivable.parent !== null)
      return [...claimsOf([receivable]), ...(await this.saidOf([receivable.id], receivable)), ...registrations];
    const all = await this.store.reckonedWith([receivable]);
    return [...(await this.ofClaims(all, [], receivable)), ...registrations];
  }

  /** Of an order before delivery: its own, and all that decide the cover of every receivable confirmed on it, as of a receivable. */
  async ofOrder(id: Hex): Promise<LineageCommitment[]> {
    return this.ofClaims(await this.store.reckonedWith(await this.store.confirmedOn([id])), [id]);
  }

  /**
   * Versions of orders that await an answer. Nothing follows from them for a cover, but a lender whose claim rests on the orders is
   * asked to consent to them.
   */
  async proposedOn(orders: readonly Hex[]): Promise<LineageCommitment[]> {
    const found = await this.orders.findMany(orders);
    const changes = await Promise.all(found.map((order) => this.orders.pendingChange(order)));
    return changes.flatMap((change) => (change ? [{ object: change.order_id, root: change.commitment }] : []));
  }

  private async ofClaims(
    all: readonly Receivable[],
    more: readonly Hex[],
    own?: Receivable,
  ): Promise<LineageCommitment[]> {
    const ids = all.map(({ id }) => id);
    const [orders, said] = await Promise.all([
      this.ofOrders([...new Set([...more, ...all.flatMap((each) => each.orders)])]),
      this.saidOf(ids, own),
    ]);
    return [...claimsOf(all), ...orders, ...said];
  }

  /** The holder's own: what another lender registered is not its to show. */
  private async registrationsOf({ id, holder }: Receivable): Promise<LineageCommitment[]> {
    const own = (await this.log.statements([id])).filter(({ kind, by }) => kind === 'REGISTRATION' && by === holder);
    return own.map(({ commitment: root }) => ({ object: id, root }));
  }

  private async saidOf(ids: readonly Hex[], own?: Receivable): Promise<LineageCommitment[]> {
    const [payments, creditNotes, disputes] = await Promise.all([
      this.log.payments(ids),
      this.log.creditNotes(ids),
      this.log.disputes(ids),
    ]);
    const said = [
      ...payments.filter(
        (payment) => payment.acknowledged !== null || (payment.receivable === own?.id && isOpen(payment)),
      ),
      ...creditNotes,
      ...disputes.filter(({ resolved }) => resolved === null),
    ];
    return said.map(({ receivable: object, commitment: root }) => ({ object, root }));
  }

  /** Of orders: the versions in force, and each entry of their logs that can change cover. */
  private async ofOrders(ids: readonly Hex[]): Promise<LineageCommitment[]> {
    const orders = await this.orders.findMany(ids);
    const milestones = await this.unitOfWork.manager.query<{ order_id: Buffer; commitment: Buffer }[]>(
      `SELECT order_id, commitment FROM chain_milestones WHERE order_id = ANY($1) AND kind = ANY($2)
       ORDER BY order_id, position`,
      [ids.map(toBytes), TELLING],
    );
    return [
      ...orders.map(({ id: object, commitment: root }) => ({ object, root })),
      ...milestones.map(({ order_id, commitment }) => ({ object: toHex(order_id), root: toHex(commitment) })),
    ];
  }
}

function claimsOf(receivables: readonly Receivable[]): LineageCommitment[] {
  return receivables.flatMap(({ id: object, commitment, confirmation }) =>
    [...new Set([commitment, confirmation])].flatMap((root) => (root === null ? [] : [{ object, root }])),
  );
}
