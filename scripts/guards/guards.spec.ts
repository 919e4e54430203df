import { guardsOf, nameOf } from './guards.js';
import { instrument } from './shadow.js';

const SOURCE = `contract C {
    /// @dev Reverts; or revert Nothing()
    function f(uint256 x) internal pure returns (uint256) {
        if (x == (1 + g(2))) revert Errors.One(x);
        bool fine = x != 3; // revert Two()
        if (!fine)
            revert Three();
        else if (x > 4) revert Four();
        else revert Five();
    }
}`;

describe('guards of a contract', () => {
  const places = guardsOf('C.sol', SOURCE);

  it('are its reverts, with the conditions before them, comments aside', () => {
    expect(places.map(({ line, condition, error }) => [line, condition, error])).toEqual([
      [4, 'x == (1 + g(2))', 'One'],
      [7, '!fine', 'Three'],
      [8, 'x > 4', 'Four'],
      [9, 'true', 'Five'],
    ]);
    expect(nameOf(places[0]!, 'negated')).toBe('negated: C.sol: if (x == (1 + g(2))) revert One');
  });

  it('each ask whether they are the mutant', () => {
    const text = instrument(SOURCE, places, 10);
    expect(text).toContain('if (Mutants.refuses(10, x == (1 + g(2)))) revert Errors.One(x);');
    expect(text).toContain('if (Mutants.refuses(11, !fine))\n            revert Three();');
    expect(text).toContain('else if (Mutants.refuses(12, x > 4)) revert Four();');
    expect(text).toContain('else if (Mutants.refuses(13, true)) revert Five();');
    expect(text).toContain('internal view returns');
  });

  it('of TypeScript are what it throws', () => {
    const code = "if (a(1) > 2) {\n  throw PROBLEMS.Late('x');\n}\nif (ok) return;\nthrow new RangeError('y');";
    expect(guardsOf('c.ts', code).map((place) => nameOf(place, 'deleted'))).toEqual([
      'deleted: c.ts: if (a(1) > 2) throw Late',
      'deleted: c.ts: if (true) throw RangeError',
    ]);
  });
});
