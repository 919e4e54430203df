import { Injectable } from '@nestjs/common';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { Orders } from '../../orders/index.js';
import { coverVersionOf, type Encumbrance, type Receivable } from '../domain/receivable.js';
import { EncumbranceStore } from '../storage/encumbrance.store.js';
import { ReceivableStore } from '../storage/receivable.store.js';

/** Receivables and who has a claim on them, as of the indexed head. */
@Injectable()
export class Receivables {
  constructor(
    private readonly store: ReceivableStore,
    private readonly encumbrances: EncumbranceStore,
    private readonly orders: Orders,
  ) {}

  find(id: Hex): Promise<Receivable | undefined> {
    return this.store.find(id);
  }

  /** Throws RECEIVABLE_UNKNOWN. */
  async get(id: Hex): Promise<Receivable> {
    const receivable = await this.store.find(id);
    if (receivable) return receivable;
    throw CONTRACT_PROBLEMS.ReceivableUnknown('no receivable has this id as far as this node has indexed', {
      receivable: id,
    });
  }

  /** All receivables born from any of these orders. */
  bornFrom(orders: readonly Hex[]): Promise<Receivable[]> {
    return this.store.bornFrom(orders);
  }

  /** Parts that it was split into, in the order of the split. */
  partsOf(id: Hex): Promise<Receivable[]> {
    return this.store.partsOf([id]);
  }

  /** What a part was split off from, nearest first; the last is the whole that the obligor confirmed. Empty for a whole. */
  async ancestors({ parent }: Receivable): Promise<Receivable[]> {
    const found: Receivable[] = [];
    for (let next = parent; next !== null; next = found.at(-1)!.parent) found.push(await this.get(next));
    return found;
  }

  /** The claim of a lender that runs now on an order or a receivable itself. */
  async encumbranceOn(object: Hex): Promise<Encumbrance | undefined> {
    const [running] = await this.encumbrances.running([object]);
    return running;
  }

  /** Claims that run now on any of the objects. */
  encumbrancesOn(objects: readonly Hex[]): Promise<Encumbrance[]> {
    return this.encumbrances.running(objects);
  }

  /** Every reservation that an order or a receivable ever had, oldest first. */
  encumbranceHistory(object: Hex): Promise<Encumbrance[]> {
    return this.encumbrances.history(object);
  }

  /** What consents on a receivable name: its own cover version plus those of its orders. */
  async coverVersion(receivable: Receivable): Promise<number> {
    return coverVersionOf(receivable, await this.orders.findMany(receivable.orders));
  }
}
