import { jest } from '@jest/globals';
import type { Hex } from '../../kernel/hex.js';
import type { GrantedCopy } from '../storage/copies.store.js';
import { GrantedCopies } from './granted-copies.js';

const [A, B, C]: Hex[] = [`0x${'0a'.repeat(32)}`, `0x${'0b'.repeat(32)}`, `0x${'0c'.repeat(32)}`];
const place = (root: Hex) => ({ root, object: root });
const copy = (root: Hex) => ({ ...place(root), grant: A, disclosure: { fields: [] } }) as unknown as GrantedCopy;
/** One that does not decrypt. */
let damaged: Hex | undefined;
const opened = (root: Hex) => {
  if (root === damaged) throw new Error('it does not decrypt');
  return copy(root);
};
const sealed = (root: Hex) => ({ ...place(root), open: () => opened(root) });

const sealedBehind = jest.fn((roots: readonly Hex[], _now: number) => Promise.resolve(roots.map(sealed)));
const unit = { active: false };
const clock = { fresh: true, now: () => 7 };
const copies = new GrantedCopies(unit as never, { sealedBehind } as never, {} as never, {} as never, clock as never);

beforeEach(() => {
  sealedBehind.mockClear();
  unit.active = false;
  damaged = undefined;
});

it('asks once for all that requests look for at the same time, and gives each its own', async () => {
  const found = await Promise.all([copies.at([place(A!)]), copies.at([place(B!), { root: C!, object: A! }])]);
  expect(found.map((each) => each.map(({ root }) => root))).toEqual([[A], [B]]);
  expect(sealedBehind.mock.calls).toEqual([[[A, B, C], 7]]);
});

it('of what is asked for at the same time one that does not decrypt fails for who asks for it alone', async () => {
  damaged = B;
  const [sound, spoilt] = await Promise.allSettled([copies.at([place(A!)]), copies.at([place(B!)])]);
  expect([sound.status, spoilt.status]).toEqual(['fulfilled', 'rejected']);
  expect(sealedBehind).toHaveBeenCalledTimes(1);
});

it('shares nothing within a unit of work', async () => {
  unit.active = true;
  await Promise.all([copies.at([place(A!)]), copies.at([place(B!)])]);
  expect(sealedBehind).toHaveBeenCalledTimes(2);
});
