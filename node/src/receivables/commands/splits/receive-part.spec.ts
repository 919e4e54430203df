import { jest } from '@jest/globals';
import type { ReceivedEnvelope } from '../../../exchange/index.js';
import type { Hex } from '../../../kernel/hex.js';
import type { Members } from '../../../members/index.js';
import type { OrderTags } from '../../domain/tags.js';
import type { Receivables } from '../../queries/receivables.js';
import type { SignedTags } from '../../storage/signed-tags.js';
import { TagChecks } from '../tag-checks.js';
import type { PartBody } from './envelopes.js';
import { ReceivePart } from './receive-part.js';

const OBLIGOR = 1;
const [PART, ORDER, OUTDATED]: [Hex, Hex, Hex] = ['0x0a', '0x0b', '0x0c'];
const tagsOf = (order: Hex, count: number) => ({ order, tags: Array<object>(count).fill({}) }) as unknown as OrderTags;

/** A node that knows of as many tag keys of the obligor, and the orders of which it kept the tags. */
function nodeWith(keys: number) {
  const kept: Hex[] = [];
  const members = {
    keysOf: () => Promise.resolve(Array.from({ length: keys }, (_, number) => ({ number }))),
    account: () => Promise.resolve(undefined),
  };
  const others = [{ orderTagHash: () => '0x' }, {}, {}, {}, {}] as unknown as [never, never, never, never, never];
  const checks = new TagChecks(members as unknown as Members, ...others);
  jest.spyOn(checks, 'stands').mockResolvedValue(true);
  const part = { obligor: OBLIGOR, orders: [ORDER, OUTDATED] };
  const receiver = new ReceivePart({ get: () => Promise.resolve(part) } as unknown as Receivables, checks, {
    keepOrderTags: ({ order }: OrderTags) => Promise.resolve(kept.push(order)),
  } as unknown as SignedTags);
  const take = (...orderTags: OrderTags[]) => {
    const letter = { from: { id: OBLIGOR }, object: PART, body: { orderTags } };
    return receiver.handle(letter as unknown as ReceivedEnvelope<PartBody>);
  };
  return { kept, take };
}

it('tags that lack a key which the buyer listed since are passed over, and the others kept', async () => {
  const { kept, take } = nodeWith(2);
  await take(tagsOf(OUTDATED, 1), tagsOf(ORDER, 2));
  expect(kept).toEqual([ORDER]);
});

it('more tags than the buyer has keys are refused', async () => {
  const { take } = nodeWith(2);
  await expect(take(tagsOf(ORDER, 3))).rejects.toMatchObject({ code: 'TAG_COUNT_MISMATCH' });
});
