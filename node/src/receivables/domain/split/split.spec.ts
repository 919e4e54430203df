import { Problem } from '../../../kernel/problem.js';
import { Rational } from '../../../kernel/rational.js';
import { partCover } from '../cover/part-cover.js';
import { dividedCover, MOST_PARTS, remainderOf, requireCount, requireWhole } from './divide.js';
import { readPart } from './part-terms.js';
import { type SplitPart, written } from './split.js';
import {
  deriveSplitStatus,
  OPEN_SPLIT,
  requireSplitAct,
  SPLIT_STATUSES,
  SPLIT_TRANSITIONS,
  type SplitAct,
  type SplitTransition,
} from './states.js';

const of = (currency: string, outstanding: string, cover = outstanding) => ({
  currency,
  outstanding: Rational.parse(outstanding),
  cover: Rational.parse(cover),
});
const refusal = (act: () => unknown): Problem => {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('not refused');
};

describe('dividing what is owed (rule 4)', () => {
  it('leaves the remainder to the holder', () => {
    expect(remainderOf(of('GBP', '96.75'), [{ amount: '50' }, { amount: '6.75' }]).toFixed(2)).toBe('40.00');
    expect(remainderOf(of('GBP', '96.75'), [{ amount: '96.75' }]).sign).toBe(0);
  });

  it.each([
    ['GBP', '96.75', ['96.76'], { sum: '96.76', outstanding: '96.75', exceedsBy: '0.01' }],
    ['JPY', '1000', ['1000', '1'], { sum: '1001', outstanding: '1000', exceedsBy: '1' }],
    ['BHD', '0.001', ['0.002'], { sum: '0.002', outstanding: '0.001', exceedsBy: '0.001' }],
    ['GBP', '0', ['0.01'], { sum: '0.01', outstanding: '0.00', exceedsBy: '0.01' }],
  ])('refuses more in %s, naming by how much', (currency, owed, amounts, facts) => {
    const problem = refusal(() =>
      remainderOf(
        of(currency, owed),
        amounts.map((amount) => ({ amount })),
      ),
    );
    expect(problem).toMatchObject({ code: 'SPLIT_SUM_MISMATCH', facts: { ...facts, currency } });
  });

  it('refuses what is no amount of the currency', () => {
    for (const amount of ['0', '-1', '0.001', 'ten'])
      expect(refusal(() => remainderOf(of('GBP', '96.75'), [{ amount }])).code).toBe('AMOUNT_INVALID');
    expect(refusal(() => remainderOf(of('JPY', '9'), [{ amount: '1.5' }])).code).toBe('AMOUNT_INVALID');
    expect(refusal(() => remainderOf(of('GBP', '9'), [{ amount: '1', currency: 'EUR' }])).code).toBe(
      'CURRENCY_MISMATCH',
    );
  });

  it('holds the obligor’s sum to the last minor unit of 10^18', () => {
    const most = '1000000000000000000.00';
    expect(() => requireWhole(of('GBP', most), ['999999999999999999.99', '0.01'])).not.toThrow();
    expect(refusal(() => requireWhole(of('GBP', most), ['999999999999999999.99'])).facts).toMatchObject({
      fallsShortBy: '0.01',
    });
  });

  it('makes 1 to 32 parts', () => {
    expect(() => requireCount(MOST_PARTS)).not.toThrow();
    for (const count of [0, MOST_PARTS + 1])
      expect(refusal(() => requireCount(count)).code).toBe('SPLIT_INVALID_PART_COUNT');
  });

  it('gives each part its share of the cover, together never more than there is', () => {
    const shares = dividedCover(of('GBP', '100.00', '66.67'), ['33.33', '33.33', '33.34']);
    expect(shares.map(({ covered }) => covered)).toEqual(['22.22', '22.22', '22.22']);
    expect(dividedCover(of('GBP', '50.00', '80.00'), ['50.00'])).toEqual([{ amount: '50.00', covered: '50.00' }]);
    expect(dividedCover(of('JPY', '10', '0'), ['10'])).toEqual([{ amount: '10', covered: '0' }]);
  });
});

describe('the terms of a part', () => {
  const fields = {
    '/amount': '40.00',
    '/currency': 'GBP',
    '/dueDate': '2027-02-10',
    '/covered': '36.00',
    '/parent': '0xa1',
    '/parentConfirmation': '0xa2',
  };
  const read = (change: Record<string, string | undefined> = {}) =>
    readPart(new Map(Object.entries({ ...fields, ...change }).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]]))));

  it('are read from what is shown', () => expect(read()).toMatchObject({ amount: '40.00', covered: '36.00' }));

  it.each(Object.keys(fields))('are not known without %s', (path) =>
    expect(read({ [path]: undefined })).toBeUndefined(),
  );

  it.each(['40.01', '-1.00', '36', '36.001', '1e1', ''])('are not known when %j is covered', (covered) =>
    expect(read({ '/covered': covered })).toBeUndefined(),
  );
});

it.each(['x', '2027-02-30'])('the terms of a part are not known when it is due on %j', (dueDate) => {
  const terms = { '/amount': '40.00', '/currency': 'GBP', '/dueDate': dueDate, '/covered': '36.00' };
  const fields = { ...terms, '/parent': '0xa1', '/parentConfirmation': '0xa2' };
  expect(readPart(new Map(Object.entries(fields)))).toBeUndefined();
});

describe('cover of a part (rule 5)', () => {
  const event = { name: 'PartConfirmed', object: '0x01', block: 1, logIndex: 0, tx: '0x02', at: 0 } as const;
  const facts = {
    amount: Rational.parse('40'),
    covered: Rational.parse('36'),
    withoutReceipt: false,
    confirmed: event,
  };
  const deduction = (kind: 'DISPUTE' | 'PAYMENT', amount?: string) => ({
    kind,
    amount: amount === undefined ? undefined : Rational.parse(amount),
    event,
  });

  it('is what goods covered at the split, less what was said of the part', () => {
    const cover = partCover(facts, [deduction('DISPUTE', '10'), deduction('PAYMENT', '5')]);
    expect(cover.amount.toFixed(2)).toBe('21.00');
    expect(cover.terms.map(({ kind, amount }) => [kind, amount.toFixed(2)])).toEqual([
      ['PAYABLE', '40.00'],
      ['NOT_COVERED_BY_GOODS', '-4.00'],
      ['DISPUTE', '-10.00'],
      ['PAYMENT', '-5.00'],
    ]);
  });

  it('is nothing once something of it is disputed that nobody was told of', () =>
    expect(partCover(facts, [deduction('DISPUTE')]).amount.sign).toBe(0));
});

describe('a split’s states', () => {
  it('allow what is listed, and nothing else', () => {
    for (const act of Object.keys(SPLIT_TRANSITIONS) as SplitAct[]) {
      const { from }: SplitTransition = SPLIT_TRANSITIONS[act];
      for (const status of SPLIT_STATUSES) {
        const attempt = () => requireSplitAct(act, status, '0x01');
        if (from.includes(status)) expect(attempt).not.toThrow();
        else expect(refusal(attempt)).toMatchObject({ code: 'SPLIT_INVALID_TRANSITION', facts: { from: status } });
      }
    }
  });

  const open = { receivable: 'CONFIRMED', onChain: false, stale: false, expiresAt: 100 } as const;
  it.each(OPEN_SPLIT as ('PROPOSED' | 'REQUESTED')[])('%s is over in time, or when consents are void', (recorded) => {
    expect(deriveSplitStatus({ ...open, recorded }, 100)).toBe(recorded);
    expect(deriveSplitStatus({ ...open, recorded }, 101)).toBe('EXPIRED');
    expect(deriveSplitStatus({ ...open, recorded, stale: true }, 1)).toBe('EXPIRED');
    expect(deriveSplitStatus({ ...open, recorded, receivable: 'VOID' }, 1)).toBe('EXPIRED');
  });

  it('are the chain’s where it has a word, whatever was said', () => {
    for (const recorded of ['SIGNED', 'WITHDRAWN', 'REFUSED'] as const)
      expect(deriveSplitStatus({ ...open, recorded, receivable: 'SPLIT', onChain: true, stale: true }, 999)).toBe(
        'COMPLETED',
      );
    expect(deriveSplitStatus({ ...open, recorded: 'REFUSED', receivable: 'SPLIT' }, 1)).toBe('REFUSED');
  });
});

describe('parts of a split that goes on', () => {
  it('are given with their terms and seeds, and not at all when either was erased', () => {
    const part = { receivable: '0x01', terms: { amount: '1' }, seed: '0x02' } as unknown as SplitPart;
    expect(written([part])).toEqual([part]);
    for (const erased of [{ terms: null }, { seed: null }])
      expect(() => written([part, { ...part, ...erased }])).toThrow('the terms of part 0x01 were erased');
  });
});
