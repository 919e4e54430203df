import fc from 'fast-check';
import { verifyDisclosure } from '../../kernel/disclosure.js';
import { addUp } from './add-up.js';
import { commit, newSeed } from './commitment.js';

const pathOf = (i: number): string => `/f${i}`;

it('makes of two disclosures of a document what the maker would have made of all their fields', () => {
  const parts = fc.integer({ min: 1, max: 40 }).chain((count) => {
    const some = fc.uniqueArray(fc.nat(count - 1), { minLength: 1, maxLength: count });
    return fc.tuple(fc.constant(count), some, some);
  });
  fc.assert(
    fc.property(parts, ([count, ...shown]) => {
      const fields = Array.from({ length: count }, (_, i) => ({ path: pathOf(i), value: `value ${i}` }));
      const commitment = commit(fields, newSeed());
      const [one, other] = shown.map((which) => commitment.disclose(which.map(pathOf)));
      const both = addUp(one!, other!);
      expect(both).toEqual(commitment.disclose(shown.flat().map(pathOf)));
      expect(addUp(other!, one!)).toEqual(both);
      expect(verifyDisclosure(both, commitment.root)).toMatchObject({ valid: true });
    }),
    { numRuns: 300 },
  );
});
