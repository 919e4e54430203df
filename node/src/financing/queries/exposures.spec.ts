import type { Hex } from '../../kernel/hex.js';
import { toBytes } from '../../kernel/hex.js';
import { Rational } from '../../kernel/rational.js';
import { Exposures } from './exposures.js';
import type { Position } from './positions.js';

const [OUT, ROLLING, OTHER] = ['11', '22', '33'].map((pair) => `0x${pair.repeat(32)}` as Hex) as [Hex, Hex, Hex];

function position(id: Hex, status: Position['status'], amount: string, rollsOver: Hex | null = null): Position {
  const principal = Rational.parse(amount);
  return {
    ...{ status, balance: { due: { principal }, applied: { principal: Rational.ZERO } } },
    financing: { id, rollsOver, offer: { terms: { advance: { amount, currency: 'GBP' } } } },
  } as never;
}

/** What counts of a lender's financings of one obligor, while an offer is made that takes over `replaced`. */
async function counted(financings: readonly Position[], replaced?: Hex): Promise<string[]> {
  const byId = new Map(financings.map((each) => [each.financing.id, each]));
  const rows = [...byId.keys()].map((id) => ({ id: toBytes(id) }));
  const exposures = new Exposures(
    { manager: { query: () => rows } } as never,
    { get: (id: Hex) => byId.get(id) } as never,
  );
  return (await exposures.on(1, replaced)).map(({ amount }) => amount);
}

const out = position(OUT, 'DISBURSED', '800.00');

it('is what is out and what is offered', async () => {
  expect(await counted([out, position(OTHER, 'OFFERED', '100.00')])).toEqual(['800.00', '100.00']);
  expect(await counted([out, position(OTHER, 'EXPIRED', '100.00')])).toEqual(['800.00']);
});

it('is not what the offer that is being made pays off', async () => {
  expect(await counted([out, position(OTHER, 'OFFERED', '100.00')], OUT)).toEqual(['100.00']);
});

it('counts what is rolled over once, as long as the offer that takes it over stands', async () => {
  for (const status of ['OFFERED', 'AGREED'] as const)
    expect(await counted([out, position(ROLLING, status, '850.00', OUT)])).toEqual(['850.00']);
  for (const status of ['EXPIRED', 'WITHDRAWN'] as const)
    expect(await counted([out, position(ROLLING, status, '850.00', OUT)])).toEqual(['800.00']);
});
