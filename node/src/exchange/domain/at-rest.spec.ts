import type { Hex } from '../../kernel/hex.js';
import { AtRest } from './at-rest.js';
import { LONGEST_PAUSE_MS, pauseAfter } from './limits.js';

const vault = (n: number) => `0x${n.toString(16).repeat(64)}` as Hex;

describe('at rest', () => {
  const store = new AtRest(vault(1));

  it('gives back what it took, and shows nothing of it', () => {
    const stored = store.encrypt('row-1', 'price 107.50 für alle');
    expect(store.decrypt('row-1', stored)).toBe('price 107.50 für alle');
    expect(stored.toString('latin1')).not.toContain('107.50');
    expect(store.encrypt('row-1', 'same')).not.toEqual(store.encrypt('row-1', 'same'));
  });

  it('refuses a row moved, changed or of another vault', () => {
    const stored = store.encrypt('row-1', 'text');
    expect(() => store.decrypt('row-2', stored)).toThrow();
    expect(() => new AtRest(vault(2)).decrypt('row-1', stored)).toThrow();
    stored[stored.length - 1]! ^= 1;
    expect(() => store.decrypt('row-1', stored)).toThrow();
  });
});

it('pauses longer and longer between attempts, up to a minute', () => {
  expect([1, 2, 3].map((attempts) => pauseAfter(attempts, 0))).toEqual([500, 1000, 2000]);
  expect(pauseAfter(50, 0)).toBe(LONGEST_PAUSE_MS);
  expect(pauseAfter(50, 1)).toBe(LONGEST_PAUSE_MS * 0.8);
});
