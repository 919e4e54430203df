import type { KeyObject } from 'node:crypto';
import { commitmentFields, type Field, newSeed, type OrderModel, type TradeDocument } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { OrderId, Root, Seed } from '../../kernel/ids.js';
import { normaliseNumber, postingTag } from '../../members/domain/tags.js';
import { framingBinding } from '../domain/framework.js';
import type { Framing } from '../domain/order-type.js';

/** An order that has all that committing to it takes. */
export interface SeededOrder {
  readonly document: TradeDocument<OrderModel>;
  readonly framing: Framing;
  readonly numberKey: string;
  readonly tag: Hex;
  readonly seed: Seed;
  /** All that is committed to. */
  readonly fields: readonly Field[];
}

/** An order that has all that posting it takes. */
export interface PreparedOrder extends SeededOrder {
  readonly id: OrderId;
  readonly root: Root;
}

export interface TagContext {
  /** OrderRegistry's domain separator. */
  readonly registry: Hex;
  /** The buyer's secret behind its tags. */
  readonly tagSecret: KeyObject;
}

/** Gives an order its tag and a new seed: the same document comes to another root and id each time. */
export function seedOrder(
  document: TradeDocument<OrderModel>,
  framing: Framing,
  { registry, tagSecret }: TagContext,
): SeededOrder {
  const { number } = document.model;
  const tag = postingTag(tagSecret, registry, number);
  const fields = commitmentFields(document, { version: 1, tag, ...framingBinding(framing) });
  return { document, framing, numberKey: normaliseNumber(number), tag, seed: newSeed(), fields };
}
