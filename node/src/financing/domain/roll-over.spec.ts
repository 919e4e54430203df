import { Rational } from '../../kernel/rational.js';
import { requirePaysOff } from './roll-over.js';

describe('an advance that takes over an order’s financing (rule 8)', () => {
  const owed = Rational.parse('100.5');

  it('pays off all that is owed, or more', () => {
    for (const amount of ['100.50', '100.51'])
      expect(() => requirePaysOff({ amount, currency: 'GBP' }, owed)).not.toThrow();
  });

  it('is refused by how much it falls short', () => {
    const facts = { advance: '100.49', owed: '100.50', fallsShortBy: '0.01', currency: 'GBP' };
    expect(() => requirePaysOff({ amount: '100.49', currency: 'GBP' }, owed)).toThrow(
      expect.objectContaining({ code: 'ROLL_OVER_TOO_SMALL', facts }),
    );
  });
});
