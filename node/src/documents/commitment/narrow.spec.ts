import fc from 'fast-check';
import { verifyDisclosure } from '../../kernel/disclosure.js';
import { commit, newSeed } from './commitment.js';
import { narrow } from './narrow.js';

const fieldsOf = (count: number) =>
  ['/kind', '/schema', '/version', ...Array.from({ length: count }, (_, i) => `/f${i}`)].map((path, i) => ({
    path,
    value: `value ${i}`,
  }));

describe('narrow', () => {
  it('makes of a disclosure what the maker would have made, for any document and choice', () => {
    const choice = fc.integer({ min: 1, max: 40 }).chain((count) =>
      fc.record({
        count: fc.constant(count),
        shown: fc.uniqueArray(fc.nat(count - 1), { minLength: 1, maxLength: count }),
        kept: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    );
    fc.assert(
      fc.property(choice, ({ count, shown, kept }) => {
        const commitment = commit(fieldsOf(count), newSeed());
        const pointers = (which: readonly number[]) => which.map((i) => `/f${i}`);
        const fewer = pointers(shown.slice(0, Math.max(1, Math.round(kept * shown.length))));
        const narrowed = narrow(commitment.disclose(pointers(shown)), fewer);
        expect(narrowed).toEqual(commitment.disclose(fewer));
        expect(verifyDisclosure(narrowed, commitment.root).valid).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('shows nothing on that was not shown', () => {
    const disclosure = commit(fieldsOf(5), newSeed()).disclose(['/f1', '/f2']);
    expect(() => narrow(disclosure, ['/f3'])).toThrow('DISCLOSURE_FIELD_MISSING');
    expect(() => narrow(disclosure, ['/f1', '/f9'])).toThrow('/f9');
  });

  it('brings the length of an array that is selected as a whole, if that was shown', () => {
    const fields = [{ path: '/lines/-', value: '2' }, ...[0, 1].map((i) => ({ path: `/lines/${i}/q`, value: '1' }))];
    const disclosure = commit([...fieldsOf(0), ...fields], newSeed()).disclose(['/lines']);
    expect(narrow(disclosure, ['/lines/*/q']).fields.map(({ path }) => path)).toContain('/lines/-');
  });
});
