import { AtRest } from './at-rest.js';
import type { Hex } from './hex.js';

const vault = (n: number) => `0x${n.toString(16).repeat(64)}` as Hex;

describe('at rest', () => {
  const store = new AtRest(vault(1), 'test');

  it('gives back what it took, and shows nothing of it', () => {
    const stored = store.encrypt('row-1', 'price 107.50 für alle');
    expect(store.decrypt('row-1', stored)).toBe('price 107.50 für alle');
    expect(stored.toString('latin1')).not.toContain('107.50');
    expect(store.encrypt('row-1', 'same')).not.toEqual(store.encrypt('row-1', 'same'));
  });

  it('refuses a row moved, changed, of another vault or another use', () => {
    const stored = store.encrypt('row-1', 'text');
    expect(() => store.decrypt('row-2', stored)).toThrow();
    expect(() => new AtRest(vault(2), 'test').decrypt('row-1', stored)).toThrow();
    expect(() => new AtRest(vault(1), 'other').decrypt('row-1', stored)).toThrow();
    stored[stored.length - 1]! ^= 1;
    expect(() => store.decrypt('row-1', stored)).toThrow();
  });
});
