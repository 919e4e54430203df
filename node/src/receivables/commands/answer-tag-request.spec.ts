import type { Hex } from '../../kernel/hex.js';
import { AnswerTagRequest } from './answer-tag-request.js';

const ORDER: Hex = `0x${'0a'.repeat(32)}`;
const [BUYER, SUPPLIER, HOLDER] = [1, 2, 3];
const word = { order: ORDER, account: '0x0b', signature: '0x0c' };

/** The tags that a member gets that asks the buyer for them. */
async function answered(from: number): Promise<unknown> {
  const sent: { to: number; body: { tags: unknown } }[] = [];
  const answer = new AnswerTagRequest(
    { self: () => Promise.resolve({ id: BUYER }) } as never,
    { get: () => Promise.resolve({ id: ORDER, buyer: BUYER, supplier: SUPPLIER }) } as never,
    { orderTags: () => Promise.resolve({ ...word, tags: [{ tag: '0x01', signature: '0x02' }] }) } as never,
    { holdsOf: (_: Hex, member: number) => Promise.resolve(member === HOLDER) } as never,
    { send: (letter: (typeof sent)[number]) => Promise.resolve(void sent.push(letter)) } as never,
  );
  await answer.handle({ from: { id: from }, object: ORDER, body: {} } as never);
  expect(sent.map(({ to }) => to)).toEqual([from]);
  return sent[0]!.body.tags;
}

it('shows a supplier what opens the tags of its order, and who holds a part of the claim the tags alone', async () => {
  expect(await answered(SUPPLIER)).toEqual([{ tag: '0x01', signature: '0x02' }]);
  expect(await answered(HOLDER)).toEqual([{ tag: '0x01' }]);
});
