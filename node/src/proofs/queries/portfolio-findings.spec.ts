import type { Hex } from '../../kernel/hex.js';
import { type Claim, type ClaimStanding, findingsOf } from './portfolio-findings.js';
import { PortfolioTally } from './portfolio-tally.js';

const hex = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`;
const ROOT = hex(7);

const order = (more: object = {}): ClaimStanding =>
  ({
    ...{ kind: 'ORDER', id: hex(1), status: 'ACCEPTED', commitment: ROOT, coverVersion: 3, bearing: 'NONE' },
    ...{ encumberedDescendants: 0, materialised: true },
    ...more,
  }) as ClaimStanding;
const receivable = (more: object = {}): ClaimStanding =>
  ({
    ...{ kind: 'RECEIVABLE', id: hex(2), status: 'CONFIRMED', commitment: ROOT, coverVersion: 3, ownCoverVersion: 1 },
    ...{ openDisputes: 0, marks: [], orders: [hex(1)], orderStatuses: ['COMPLETED'], bearing: 'NONE' },
    ...more,
  }) as ClaimStanding;
const codes = (standing: ClaimStanding | undefined, claim: Partial<Claim> = {}) =>
  findingsOf({ id: hex(1), ...claim }, standing).map(({ code }) => code);

describe('findings of a claim', () => {
  it.each([
    ['an accepted order', order(), []],
    ['a completed order', order({ status: 'COMPLETED' }), []],
    ['a confirmed receivable', receivable(), []],
    ['one of this member’s own', receivable({ bearing: 'OWN' }), []],
    ['an order whose receivable is its own', order({ bearing: 'OWN', encumberedDescendants: 1 }), []],
    ['nothing', undefined, ['CLAIM_UNKNOWN']],
    ['an order only posted', order({ status: 'POSTED' }), ['ORDER_NOT_IN_FORCE']],
    ['a framework contract', order({ type: 'FRAMEWORK' }), ['ORDER_IS_FRAMEWORK']],
    ['an order cancelled', order({ status: 'CANCELLED' }), ['ORDER_NOT_IN_FORCE']],
    ['an encumbered order', order({ bearing: 'OTHER' }), ['ENCUMBERED_TO_ANOTHER']],
    ['an order with claims below', order({ encumberedDescendants: 2 }), ['ORDER_DESCENDANTS_ENCUMBERED']],
    ['an issued receivable', receivable({ status: 'ISSUED' }), ['RECEIVABLE_NOT_CONFIRMED']],
    ['a settled receivable', receivable({ status: 'SETTLED' }), ['RECEIVABLE_NOT_CONFIRMED']],
    [
      'a receivable of which an order was cancelled',
      receivable({ orders: [hex(1), hex(3)], orderStatuses: ['ACCEPTED', 'CANCELLED'] }),
      ['ORDER_NOT_IN_FORCE'],
    ],
    [
      'a bad receivable',
      receivable({ openDisputes: 1, marks: ['OVERDUE'], bearing: 'OTHER' }),
      ['RECEIVABLE_DISPUTED', 'RECEIVABLE_MARKED', 'ENCUMBERED_TO_ANOTHER'],
    ],
  ])('%s', (_, standing, found) => {
    expect(codes(standing)).toEqual(found);
  });

  it('compares with what its holder has', () => {
    for (const standing of [order(), receivable()]) {
      expect(codes(standing, { commitment: ROOT, coverVersion: 3 })).toEqual([]);
      expect(codes(standing, { commitment: hex(8) })).toEqual(['COMMITMENT_DIFFERS']);
      for (const coverVersion of [2, 4]) expect(codes(standing, { coverVersion })).toEqual(['COVER_VERSION_MOVED']);
    }
  });
});

describe('a tally', () => {
  const nothing = (count: number) => ({ statuses: {}, others: Array.from({ length: count }, (_, i) => i) });

  it('counts over parts, and draws each claim that is there as often as another', () => {
    const drawn = new Map<number, number>();
    for (let run = 0; run < 2000; run++) {
      const tally = new PortfolioTally();
      for (const part of [[1, 2, 3], [4, 5], [6]]) {
        const standings = new Map(part.map((n) => [hex(n), order({ id: hex(n), materialised: n !== 6 })]));
        tally.add(
          [...part, 99].map((n) => ({ id: hex(n) })),
          nothing(part.length + 1),
          standings,
        );
      }
      tally.add([{ id: hex(98) }, { id: hex(7) }], { statuses: { COMPLETED: 1 }, others: [0] }, new Map());
      expect(tally.report()).toMatchObject({
        checked: 11,
        statuses: { ORDER: { ACCEPTED: 6, COMPLETED: 1 }, RECEIVABLE: {} },
      });
      expect(tally.report().findings.map(({ place }) => place)).toEqual([3, 6, 8, 9]);
      const places = tally.draw(2);
      expect(new Set(places).size).toBe(2);
      for (const place of places) drawn.set(place, (drawn.get(place) ?? 0) + 1);
    }
    // Whichever kind they are, plain or judged, of a batch alone or not.
    expect([...drawn.keys()].sort((a, b) => a - b)).toEqual([0, 1, 2, 4, 5, 7, 10]);
    // 571 each are expected; 440 are six standard deviations away.
    for (const count of drawn.values()) expect(count).toBeGreaterThan(440);
  });

  it('draws all claims that are there where they are few', () => {
    const tally = new PortfolioTally();
    expect(tally.draw(16)).toEqual([]);
    tally.add([{ id: hex(1) }, { id: hex(1) }, { id: hex(99) }], nothing(3), new Map([[hex(1), order()]]));
    expect(tally.draw(16).sort()).toEqual([0, 1]);
  });
});
