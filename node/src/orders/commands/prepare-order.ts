import type { KeyObject } from 'node:crypto';
import {
  commit,
  commitmentFields,
  type Field,
  newSeed,
  type OrderModel,
  type TradeDocument,
} from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { OrderId, Root, Seed } from '../../kernel/ids.js';
import { normaliseNumber, postingTag } from '../../members/domain/tags.js';
import { framingBinding } from '../domain/framework.js';
import type { Framing } from '../domain/order-type.js';
import { orderIdOf } from '../domain/order-id.js';
import type { Parties } from '../domain/party.js';

/** An order that has all that posting it takes. */
export interface PreparedOrder {
  readonly id: OrderId;
  readonly document: TradeDocument<OrderModel>;
  readonly numberKey: string;
  readonly tag: Hex;
  readonly seed: Seed;
  readonly root: Root;
  /** All that the root commits to. */
  readonly fields: readonly Field[];
}

/** What the id of a new order depends on besides its document. */
export interface PostingContext extends Parties {
  /** OrderRegistry's domain separator. */
  readonly registry: Hex;
  /** The buyer's secret behind its tags. */
  readonly tagSecret: KeyObject;
  readonly framing: Framing;
}

/** Commits to an order under a new seed and computes its id: the same document gives another id each time. */
export function prepareOrder(document: TradeDocument<OrderModel>, context: PostingContext): PreparedOrder {
  const { registry, tagSecret, buyer, supplier, framing } = context;
  const { number } = document.model;
  const tag = postingTag(tagSecret, registry, number);
  const seed = newSeed();
  const fields = commitmentFields(document, { version: 1, tag, ...framingBinding(framing) });
  const { root } = commit(fields, seed);
  const id = orderIdOf({ registry, buyer, supplier, commitment: root, tag });
  return { id, document, numberKey: normaliseNumber(number), tag, seed, root, fields };
}
