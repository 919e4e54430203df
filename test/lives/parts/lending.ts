import { DUE } from '../../../node/src/financing/testing/story.js';
import { sideCommand, when } from '../commands.js';
import type { Step } from '../send.js';
import { coverOf, lienOn, openDisputes, statusOf, type Supplier } from './plain.js';
import { type Act, amount, by, confirmed, isSupplier, type Situation } from './situation.js';

/** Why no lender may have a claim where the advance would be (rule 1). */
function taken({ tree, claim, advance }: Situation, yields: boolean): string[] {
  const above = lienOn(tree);
  if (!advance?.claim)
    return [
      ...when(above !== undefined, 'ORDER_ALREADY_ENCUMBERED'),
      ...when(
        tree.claims.some((each) => lienOn(each)),
        'ORDER_DESCENDANTS_ENCUMBERED',
      ),
    ];
  return [
    ...when(lienOn(claim) !== undefined, 'RECEIVABLE_ALREADY_ENCUMBERED'),
    ...when(above !== undefined && !yields, 'ORDER_ALREADY_ENCUMBERED'),
  ];
}

/** A command of a side of an advance. */
function side(
  s: Situation,
  act: string,
  who: 'holder' | 'lender',
  from: readonly string[],
  more: Parameters<typeof sideCommand>[1],
): Step | undefined {
  const { advance } = s;
  if (!advance) return undefined;
  const sides = [advance.holder, advance.bank];
  const right = who === 'holder' ? advance.holder : advance.bank;
  const member = by(s, right);
  return sideCommand({ id: advance.id, act, member, right, sides, status: statusOf(advance), from }, more);
}

/** What is asked of a lender, on a claim or on the order behind it. */
function request(onOrder: boolean): Act {
  return (s) => {
    const { tree, claim, random } = s;
    const holder: Supplier = onOrder ? 'supplier-1' : claim.holder;
    const member = by(s, holder);
    const bank = random.of(['bank-a', 'bank-b']);
    const on = onOrder ? { order: tree.order } : { receivable: claim.id };
    return {
      member,
      path: '/v1/financings',
      body: { ...on, lender: bank, requested: { amount: '1.00', currency: 'GBP' } },
      refusals: [
        ...when(!isSupplier(member), 'MEMBER_MISSING_ROLE'),
        ...when(member !== holder, 'FINANCING_NOT_HOLDER'),
        ...when(!onOrder && claim.status !== 'CONFIRMED', 'RECEIVABLE_NOT_CONFIRMED'),
      ],
      done({ id }) {
        const flags = { status: 'REQUESTED', offeredAt: -1, yielding: false, noticed: false, notified: false } as const;
        const advance = { id: String(id), bank, holder, ...flags };
        if (onOrder) tree.advances.push(advance);
        else claim.advances.push({ ...advance, claim });
      },
    };
  };
}

const OUT = ['DISBURSED', 'OVERDUE'];

/** Advances on a claim, and on the order behind it. */
export const LENDING: Record<string, Act> = {
  request: request(false),
  requestOnOrder: request(true),
  offer(s) {
    const { advance, claim, tree, random } = s;
    if (!advance) return undefined;
    const above = lienOn(tree);
    const own = advance.claim !== undefined && above?.bank === advance.bank;
    // What is out on the order counts against the claim's cover too: there it is asked for little.
    const usual = advance.claim && !above ? random.of([coverOf(claim), coverOf(claim) + 1, 1]) : 1;
    const given = amount(s, usual);
    const onClaim = advance.claim
      ? [
          ...confirmed(s),
          ...when(openDisputes(claim).length > 0, 'RECEIVABLE_DISPUTED'),
          ...when(given.pence > coverOf(claim), 'ADVANCE_EXCEEDS_COVER'),
        ]
      : [];
    return side(s, 'offer', 'lender', ['REQUESTED'], {
      body: {
        advance: given.amount,
        ...{ discountBps: 450, feeBps: 100, recourse: true, kind: 'ASSIGNMENT', repayBy: DUE },
        expiresAt: s.expiresAt,
      },
      refusals: [...given.codes, ...onClaim, ...taken(s, own)],
      done() {
        advance.status = 'OFFERED';
        advance.offeredAt = (advance.claim ?? tree).version;
        advance.yielding = own;
      },
    });
  },
  agree(s) {
    const { advance, claim, tree } = s;
    if (!advance) return undefined;
    const onClaim = advance.claim
      ? [...confirmed(s), ...when(openDisputes(claim).length > 0, 'RECEIVABLE_DISPUTED')]
      : [];
    const stale = advance.offeredAt !== (advance.claim ?? tree).version;
    // The consent by which its bank yields is of that bank's claim alone, and too much once that one ended.
    const yields = advance.yielding && lienOn(tree)?.bank === advance.bank;
    return side(s, 'agreement', 'holder', ['OFFERED'], {
      refusals: [...taken(s, yields), ...when(stale, 'CONSENT_STALE'), ...onClaim],
      done() {
        advance.status = 'AGREED';
        if (advance.claim) return;
        for (const raised of [tree, ...tree.claims]) raised.version++;
      },
    });
  },
  drop: (s) => side(s, 'drop', 'lender', ['AGREED'], { done: () => (s.advance!.status = 'EXPIRED') }),
  disburse(s) {
    return side(s, 'disbursement', 'lender', ['AGREED'], {
      body: { reference: 'OUT' },
      done: () => (s.advance!.status = 'DISBURSED'),
    });
  },
  release: (s) => side(s, 'release', 'lender', OUT, { done: () => (s.advance!.status = 'CLOSED') }),
  notify(s) {
    if (!s.advance?.claim) return undefined;
    return side(s, 'notice', 'lender', OUT, {
      refusals: [...when(s.advance.noticed, 'NOTICE_ALREADY_GIVEN'), ...confirmed(s)],
      done: () => (s.advance!.noticed = true),
    });
  },
};
