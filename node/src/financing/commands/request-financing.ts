import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import { type Hex, toHex } from '../../kernel/hex.js';
import { type Money, positiveMoney } from '../../kernel/money.js';
import { type Member, Members, OneTimeAccounts } from '../../members/index.js';
import type { OneTimeCertificate } from '../../members/index.js';
import { requireNoFramework } from '../../orders/domain/framework.js';
import { Materialise, OrderContents, Orders } from '../../orders/index.js';
import { Receivables, Undertakings } from '../../receivables/index.js';
import { financingNotHolder } from '../domain/problems.js';
import { RolledOver } from '../queries/rolled-over.js';
import { FinancingStore } from '../storage/financing.store.js';
import { FinancingRules } from './financing-rules.js';
import { RequestDelivery } from './request-delivery.js';

/** What a holder asks for. */
export interface FinancingRequest {
  /** Receivable or order. */
  readonly object: Hex;
  readonly onOrder: boolean;
  /** Short name of the member asked. */
  readonly lender: string;
  readonly requested: Money;
  /** The financing of the receivable's order whose place it is to take. */
  readonly rollsOver?: Hex;
}

/** The holder of a claim asks a lender for money on it, and lets it look. */
@Injectable()
export class RequestFinancing {
  constructor(
    private readonly members: Members,
    private readonly accounts: OneTimeAccounts,
    private readonly receivables: Receivables,
    private readonly undertakings: Undertakings,
    private readonly orders: Orders,
    private readonly materialise: Materialise,
    private readonly contents: OrderContents,
    private readonly keyring: Keyring,
    private readonly store: FinancingStore,
    private readonly delivery: RequestDelivery,
    private readonly rules: FinancingRules,
    private readonly rolled: RolledOver,
  ) {}

  /**
   * Answers the financing's id. Refuses with FINANCING_NOT_HOLDER, RECEIVABLE_NOT_CONFIRMED,
   * ENCUMBRANCE_ORDER_NOT_ACCEPTED, CURRENCY_MISMATCH, AMOUNT_INVALID, MEMBER_MISSING_ROLE, MEMBER_NOT_ACTIVE, POLICY_REFUSES,
   * ROLL_OVER_INVALID, DISCLOSURE_TOO_LARGE.
   */
  async run({ object, onOrder, lender, requested, ...more }: FinancingRequest): Promise<Hex> {
    const [self, bank] = await Promise.all([this.members.self(), this.members.byName(lender)]);
    this.members.requireMayBegin(self, 'SUPPLIER');
    this.members.requireMayBegin(bank, 'LENDER');
    const currency = onOrder ? await this.onOrder(object, self) : await this.onReceivable(object);
    const id = toHex(randomBytes(32));
    const holderCertificate: OneTimeCertificate | null = onOrder ? null : await this.accounts.certify(object);
    const money = positiveMoney(requested, currency);
    const orders = onOrder ? [object] : (await this.receivables.get(object)).orders;
    await this.rules.requireRequest(orders, money.currency);
    const rollsOver = more.rollsOver ?? null;
    const sides = { side: 'HOLDER', holder: self.id, lender: bank.id } as const;
    if (rollsOver !== null) await this.rolled.require(rollsOver, { ...sides, object, onOrder });
    const none = { offer: null, declineReason: null, disbursementReference: null, releaseReason: null };
    const request = {
      object,
      onOrder,
      requested: money,
      rollsOver,
      holderCertificate,
      status: 'REQUESTED',
      sent: false,
      evidenceAwaited: false,
    } as const;
    await this.store.add({ id, ...sides, ...request, ...none });
    await this.delivery.begin((await this.store.find(id))!);
    return id;
  }

  private async onReceivable(id: Hex): Promise<string> {
    const receivable = await this.receivables.get(id);
    if (this.keyring.oneTime(id).address !== receivable.holder) {
      throw financingNotHolder('this member does not hold the receivable', { receivable: id });
    }
    const { status } = receivable;
    if (status === 'CONFIRMED') return (await this.undertakings.require(receivable)).currency;
    throw CONTRACT_PROBLEMS.ReceivableNotConfirmed(`the receivable is ${status}`, { receivable: id, status });
  }

  /** Undefined when the order names no currency. */
  private async onOrder(id: Hex, self: Member): Promise<string | undefined> {
    const order = await this.orders.get(id);
    if (order.supplier !== self.id) {
      throw financingNotHolder('an order is financed for its supplier', { order: id });
    }
    requireNoFramework(order);
    if (order.status !== 'ACCEPTED') {
      const facts = { order: id, status: order.status };
      throw CONTRACT_PROBLEMS.EncumbranceOrderNotAccepted(`the order is ${order.status}`, facts);
    }
    // What is lent on needs a slot of its own, for its cover version and its encumbrance.
    await this.materialise.ensure(id);
    return (await this.contents.require(order)).document.model.currency;
  }
}
