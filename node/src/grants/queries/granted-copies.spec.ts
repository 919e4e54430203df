import { jest } from '@jest/globals';
import type { Hex } from '../../kernel/hex.js';
import type { GrantedCopy } from '../storage/copies.store.js';
import { GrantedCopies } from './granted-copies.js';

const [A, B, C]: Hex[] = [`0x${'0a'.repeat(32)}`, `0x${'0b'.repeat(32)}`, `0x${'0c'.repeat(32)}`];
const place = (root: Hex) => ({ root, object: root });
const copy = (root: Hex) => ({ ...place(root), grant: A, disclosure: { fields: [] } }) as unknown as GrantedCopy;

const behind = jest.fn((roots: readonly Hex[], _now: number) => Promise.resolve(roots.map(copy)));
const unit = { active: false };
const clock = { fresh: true, now: () => 7 };
const copies = new GrantedCopies(unit as never, { behind } as never, {} as never, {} as never, clock as never);

beforeEach(() => {
  behind.mockClear();
  unit.active = false;
});

it('asks once for all that requests look for at the same time, and gives each its own', async () => {
  const found = await Promise.all([copies.at([place(A!)]), copies.at([place(B!), { root: C!, object: A! }])]);
  expect(found.map((each) => each.map(({ root }) => root))).toEqual([[A], [B]]);
  expect(behind.mock.calls).toEqual([[[A, B, C], 7]]);
});

it('shares nothing within a unit of work', async () => {
  unit.active = true;
  await Promise.all([copies.at([place(A!)]), copies.at([place(B!)])]);
  expect(behind).toHaveBeenCalledTimes(2);
});
