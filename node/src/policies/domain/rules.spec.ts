import type { Money } from '../../kernel/money.js';
import type { Problem } from '../../kernel/problem.js';
import { approvalId, digestOf, mayApprove } from './approval.js';
import { type FinancingFacts, requireAllowed } from './financing-rules.js';
import { fourEyesOn } from './four-eyes.js';
import { namedAmounts } from './named-amounts.js';
import { type Clause, rulePack } from './rule-pack.js';

const pack = (...clauses: Clause[]) => [{ scope: 'MEMBER' as const, version: 3, clauses }];
const GBP = (amount: string) => ({ amount, currency: 'GBP' });

describe('rules on financings', () => {
  const facts: FinancingFacts = { currency: 'GBP', milestones: [['RECEIVED']], tenorDays: 90, advance: GBP('80.00') };
  const clauseOf = (clause: Clause, more: Partial<FinancingFacts> = {}): unknown => {
    try {
      requireAllowed(pack(clause), { ...facts, ...more });
      return null;
    } catch (error) {
      return (error as Problem).facts['clause'];
    }
  };

  it.each<[Clause, Partial<FinancingFacts>, boolean]>([
    [{ id: 'c', kind: 'CURRENCIES', allowed: ['GBP'] }, {}, true],
    [{ id: 'c', kind: 'CURRENCIES', allowed: ['EUR'] }, {}, false],
    [{ id: 'c', kind: 'LONGEST_TENOR', days: 90 }, {}, true],
    [{ id: 'c', kind: 'LONGEST_TENOR', days: 89 }, {}, false],
    [{ id: 'c', kind: 'LONGEST_TENOR', days: 1 }, { tenorDays: undefined }, true],
    [{ id: 'c', kind: 'MINIMUM_MILESTONES', milestones: ['RECEIVED'] }, {}, true],
    [{ id: 'c', kind: 'MINIMUM_MILESTONES', milestones: ['RECEIVED'] }, { milestones: [['RECEIVED'], []] }, false],
    [{ id: 'c', kind: 'OBLIGOR_CONCENTRATION', most: GBP('80.00') }, {}, true],
    [{ id: 'c', kind: 'OBLIGOR_CONCENTRATION', most: GBP('80.00') }, { outOnObligor: [GBP('0.01')] }, false],
    [
      { id: 'c', kind: 'OBLIGOR_CONCENTRATION', most: GBP('80.00') },
      { outOnObligor: [{ ...GBP('9'), currency: 'EUR' }] },
      true,
    ],
    [{ id: 'c', kind: 'OBLIGOR_CONCENTRATION', most: GBP('80.00') }, { advance: undefined }, true],
  ])('%j with %j', (clause, more, allowed) => expect(clauseOf(clause, more)).toBe(allowed ? null : 'c'));
});

describe('four eyes', () => {
  const clause: Clause = { id: 'f', kind: 'FOUR_EYES', commands: ['POST /v1/a/:id'], above: GBP('100.00') };
  const asked = (over: Partial<typeof clause>, action: string, ...amounts: { amount: string; currency: string }[]) =>
    fourEyesOn(pack({ ...clause, ...over }), { action, amounts }).length > 0;

  it.each([
    ['above the amount', {}, 'POST /v1/a/:id', [GBP('100.01')], true],
    ['at the amount', {}, 'POST /v1/a/:id', [GBP('100.00')], false],
    ['one of several above', {}, 'POST /v1/a/:id', [GBP('1'), GBP('1000000000000000000')], true],
    ['another currency', {}, 'POST /v1/a/:id', [{ amount: '1', currency: 'JPY' }], true],
    ['an amount that is not known', {}, 'POST /v1/a/:id', [], true],
    ['another command', {}, 'POST /v1/b', [GBP('999')], false],
    ['any command above', { commands: ['*'] }, 'POST /v1/b', [GBP('999')], true],
    ['any command without an amount', { commands: ['*'] }, 'POST /v1/b', [], false],
    ['always', { above: undefined }, 'POST /v1/a/:id', [], true],
  ])('%s', (_, over, action, amounts, expected) => expect(asked(over, action, ...amounts)).toBe(expected));

  it('means by a command on one those on many, and holds them back when one of the many names no amount', () => {
    const posting = { commands: ['POST /v1/orders'] };
    const bulk = (over: object, unknown: boolean, ...amounts: Money[]) =>
      fourEyesOn(pack({ ...clause, ...over }), { action: 'POST /v1/orders/bulk', amounts, unknown }).length > 0;
    expect(bulk(posting, false, GBP('100'), GBP('100.01'))).toBe(true);
    expect(bulk(posting, false, GBP('100'), GBP('99'))).toBe(false);
    expect(bulk(posting, true, GBP('100'))).toBe(true);
    expect(bulk({ commands: ['*'] }, true, GBP('100'))).toBe(false);
    expect(bulk({ commands: ['POST /v1/orders/:id/acceptance'] }, false, GBP('999'))).toBe(false);
    for (const one of ['acceptance', 'changes'])
      expect(asked({ commands: [`POST /v1/orders/:id/${one}`] }, 'POST /v1/orders/:id/acceptance-with-changes')).toBe(
        true,
      );
    const answer = { ...posting, commands: ['POST /v1/orders/:id/acceptance'] };
    expect(asked(answer, 'POST /v1/orders/batches/:root/answer')).toBe(true);
  });

  it('finds amounts wherever a body names them', () => {
    const body = {
      advance: '5',
      parts: [{ amount: { amount: '7.50', currency: 'EUR' } }, { amount: 3 }],
      amount: 'none',
    };
    expect(namedAmounts(body, 'GBP')).toEqual([GBP('5'), { amount: '7.5', currency: 'EUR' }, GBP('3')]);
    expect(namedAmounts({ amount: '5' }, undefined)).toEqual([]);
    for (const spelling of [' +007.50 ', '7.5', 7.5, '7.500']) {
      expect(namedAmounts({ amount: spelling }, 'GBP')).toEqual([GBP('7.5')]);
    }
    expect(namedAmounts({ amount: 1e21 }, 'GBP')).toEqual([GBP(`1${'0'.repeat(21)}`)]);
  });

  it('are those of another who has each clause’s roles', () => {
    const own = { clause: 'f', scope: 'MEMBER' as const, version: 1 };
    expect(mayApprove(['LENDER_DESK'], [own], ['LENDER_DESK', 'ADMIN'])).toBe(true);
    expect(mayApprove(['AUDITOR'], [own], ['LENDER_DESK'])).toBe(false);
    expect(mayApprove(['LENDER_DESK'], [own, { ...own, approvers: ['ADMIN'] }], ['LENDER_DESK'])).toBe(false);
  });

  it('know a command again by caller, route and bytes', () => {
    const command = { credential: 'key:a', action: 'POST /v1/a', url: '/v1/a', body: Buffer.from('{}') };
    const digest = digestOf(command);
    for (const [name, value] of [
      ['credential', 'key:b'],
      ['action', 'POST /v1/'],
      ['url', '/v1/a?x'],
      ['body', Buffer.from('{} ')],
    ] as const)
      expect(digestOf({ ...command, [name]: value }).equals(digest)).toBe(false);
    expect(approvalId(digest, 0)).toBe(approvalId(digestOf({ ...command }), 0));
    expect(approvalId(digest, 0)).not.toBe(approvalId(digest, 1));
    expect(approvalId(digest, 0)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

it('takes amounts at the edges of their currency, and no others', () => {
  const most = (amount: string, currency: string) =>
    rulePack.safeParse({ clauses: [{ id: 'x', kind: 'OBLIGOR_CONCENTRATION', most: { amount, currency } }] }).success;
  for (const good of [
    ['0', 'GBP'],
    ['0.01', 'GBP'],
    ['1000000000000000000', 'GBP'],
    ['1', 'JPY'],
    ['0.001', 'BHD'],
  ] as const)
    expect(most(good[0], good[1])).toBe(true);
  for (const bad of [
    ['0.001', 'GBP'],
    ['0.1', 'JPY'],
    ['0.0001', 'BHD'],
    ['-1', 'GBP'],
    [' -1', 'GBP'],
    ['+1', 'GBP'],
    ['01', 'GBP'],
    [' 1', 'GBP'],
    ['1.', 'GBP'],
    ['.5', 'GBP'],
    ['1e3', 'GBP'],
    ['1', 'XXQ'],
  ] as const)
    expect(most(bad[0], bad[1])).toBe(false);
});
