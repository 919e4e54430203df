import type { Found, Refusal, Unfit } from './item.js';
import type { NodeDoor } from './node-door.js';

/** What became of some orders. */
export interface Delivered {
  readonly posted: number;
  readonly refused: readonly Unfit[];
}

/**
 * Sends orders, which the node takes in all or none. Refused, they are sent again without the one that it names, or in
 * halves until what is refused stands alone; in the same parts each time, so that nothing of it is posted twice.
 */
export async function deliver(orders: readonly Found[], door: Pick<NodeDoor, 'post'>): Promise<Delivered> {
  if (orders.length === 0) return { posted: 0, refused: [] };
  const answer = await door.post(orders);
  if ('orders' in answer) return { posted: answer.orders, refused: [] };
  const { refusal } = answer;
  if (orders.length === 1) return { posted: 0, refused: [{ place: orders[0]!.place, refusal: ofOne(refusal) }] };
  const named = refusal.facts?.['item'];
  const known = Number.isInteger(named) && orders[named as number] !== undefined;
  const [at, next] = known ? [named as number, (named as number) + 1] : [orders.length >> 1, orders.length >> 1];
  const before = await deliver(orders.slice(0, at), door);
  const itself = orders.slice(at, next).map(({ place }) => ({ place, refusal: ofOne(refusal) }));
  const after = await deliver(orders.slice(next), door);
  return { posted: before.posted + after.posted, refused: [...before.refused, ...itself, ...after.refused] };
}

/** The place within a request says nothing of the place in the source. */
function ofOne({ facts, ...refusal }: Refusal): Refusal {
  const { item: _, ...others } = facts ?? {};
  return Object.keys(others).length > 0 ? { ...refusal, facts: others } : refusal;
}
