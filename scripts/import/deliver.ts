import { type Found, type Refusal, supplierOf, type Unfit } from './item.js';
import type { NodeDoor } from './node-door.js';

/** What became of some orders. */
export interface Delivered {
  readonly posted: number;
  readonly refused: readonly Unfit[];
}

type Door = Pick<NodeDoor, 'post' | 'postAlone'>;

/** What the node posts by itself only. */
const ALONE = 'FRAMEWORK_POSTED_ALONE';

/**
 * Sends orders, which the node takes in all or none. Refused, they are sent again without those that it means, or in
 * halves until what is refused stands alone; in the same parts each time, so that nothing of it is posted twice. What calls off a framework
 * contract is sent by itself.
 */
export async function deliver(orders: readonly Found[], door: Door): Promise<Delivered> {
  if (orders.length === 0) return { posted: 0, refused: [] };
  const answer = await door.post(orders);
  if ('orders' in answer) return { posted: answer.orders, refused: [] };
  const { refusal } = answer;
  const meant = orders.length === 1 ? orders : meantBy(refusal, orders);
  if (meant.length > 0) {
    const others = await deliver(
      orders.filter((order) => !meant.includes(order)),
      door,
    );
    return inOrder(orders, [others, await ofThemselves(meant, refusal, door)]);
  }
  const named = refusal.facts?.['item'];
  const known = Number.isInteger(named) && orders[named as number] !== undefined;
  const [at, next] = known ? [named as number, (named as number) + 1] : [orders.length >> 1, orders.length >> 1];
  // What comes before the one that is named was read without a fault: sent apart, it is not sent again for each fault after it.
  const before = await deliver(orders.slice(0, at), door);
  const itself = await ofThemselves(orders.slice(at, next), refusal, door);
  return inOrder(orders, [before, itself, await deliver(orders.slice(next), door)]);
}

/** Those of several that a refusal means at once: all that it lists, or all to the supplier that it names. */
function meantBy({ facts }: Refusal, orders: readonly Found[]): Found[] {
  const listed = facts?.['items'];
  if (Array.isArray(listed)) return orders.filter((_, place) => listed.includes(place));
  const member = facts?.['member'];
  return typeof member === 'string' ? orders.filter((order) => supplierOf(order) === member) : [];
}

async function ofThemselves(orders: readonly Found[], refusal: Refusal, door: Door): Promise<Delivered> {
  if (refusal.code !== ALONE)
    return { posted: 0, refused: orders.map(({ place }) => ({ place, refusal: ofOne(refusal) })) };
  const refused: Unfit[] = [];
  for (const order of orders) {
    const answer = await door.postAlone(order);
    if (!('orders' in answer)) refused.push({ place: order.place, refusal: ofOne(answer.refusal) });
  }
  return { posted: orders.length - refused.length, refused };
}

function inOrder(orders: readonly Found[], parts: readonly Delivered[]): Delivered {
  const at = new Map(orders.map(({ place }, index) => [place, index]));
  const refused = parts.flatMap((part) => part.refused).sort((a, b) => at.get(a.place)! - at.get(b.place)!);
  return { posted: parts.reduce((sum, { posted }) => sum + posted, 0), refused };
}

/** The place within a request says nothing of the place in the source. */
function ofOne({ facts, ...refusal }: Refusal): Refusal {
  const { item: _, items: __, ...others } = facts ?? {};
  return Object.keys(others).length > 0 ? { ...refusal, facts: others } : refusal;
}
