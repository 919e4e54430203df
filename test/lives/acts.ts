import { DUE } from '../../node/src/financing/testing/story.js';
import type { Json } from '../../scripts/demo/client.js';
import type { Random } from '../chaos/random.js';
import { amount as anAmount, type Given, sideCommand, when } from './commands.js';
import { debtActs } from './debts.js';
import {
  type Advance,
  type Claim,
  coverOf,
  encumbranceOf,
  lienOn,
  openDisputes,
  owedOn,
  payeeOf,
  type Pence,
  pence,
  statusOf,
} from './plain.js';
import type { Step } from './send.js';

export interface Situation {
  readonly claim: Claim;
  readonly advance?: Advance;
  readonly random: Random;
  /** RFC 3339, two days of the chain's time ahead. */
  readonly expiresAt: string;
}

type Act = (situation: Situation) => Step | undefined;

/** Mostly who should; now and then somebody else. */
const by = ({ random }: Situation, member: string): string =>
  random.chance(0.85) ? member : random.of(['core', 'supplier-1', 'bank-a', 'bank-b']);

const claims = ({ claim: { id } }: Situation, act: string): string => `/v1/receivables/${id}/${act}`;
const confirmed = ({ claim }: Situation) => when(claim.status !== 'CONFIRMED', 'RECEIVABLE_NOT_CONFIRMED');

const amount = ({ random }: Situation, usual: Pence): Given => anAmount(random, usual, { bad: 0.12, extreme: 0.01 });

/** A command of a side of an advance. */
function side(
  situation: Situation,
  act: string,
  who: 'holder' | 'lender',
  from: readonly string[],
  more: Parameters<typeof sideCommand>[1],
): Step | undefined {
  const { advance } = situation;
  if (!advance) return undefined;
  const sides = ['supplier-1', advance.bank];
  const right = who === 'holder' ? 'supplier-1' : advance.bank;
  const member = by(situation, right);
  return sideCommand({ id: advance.id, act, member, right, sides, status: statusOf(advance), from }, more);
}

const DEBTS = debtActs<Situation>({
  ...{ by, amount, payeeOf, owedOn, lienOn },
  settles: ({ claim }) => lienOn(claim)?.notified ?? true,
});

const OUT = ['DISBURSED', 'OVERDUE', 'RECOURSE_CALLED'];

export const ACTS: Record<string, Act> = {
  confirm(s) {
    const { claim, random } = s;
    const member = by(s, 'core');
    const given = amount(s, random.chance(0.2) ? claim.payable + 1 : claim.covered);
    return {
      member,
      path: claims(s, 'confirmation'),
      body: { amount: given.amount, dueDate: '2026-11-01' },
      refusals: [
        ...when(member !== 'core', 'RECEIVABLE_UNAUTHORIZED'),
        ...when(claim.status !== 'ISSUED', 'RECEIVABLE_INVALID_TRANSITION'),
        ...given.codes,
        ...when(given.pence > claim.payable, 'CONFIRMATION_EXCEEDS_INVOICE'),
        ...when(given.pence > claim.covered, 'CONFIRMATION_EXCEEDS_COVER'),
      ],
      done() {
        claim.status = 'CONFIRMED';
        claim.confirmed = given.pence;
        claim.version++;
      },
    };
  },
  offer(s) {
    const { advance, claim, random } = s;
    if (!advance) return undefined;
    const given = amount(s, random.chance(0.2) ? coverOf(claim) + 1 : advance.amount);
    return side(s, 'offer', 'lender', ['REQUESTED'], {
      body: {
        advance: given.amount,
        ...{ discountBps: 450, feeBps: 100, recourse: advance.recourse, kind: advance.kind, repayBy: DUE },
        expiresAt: s.expiresAt,
      },
      refusals: [
        ...given.codes,
        ...confirmed(s),
        ...when(openDisputes(claim).length > 0, 'RECEIVABLE_DISPUTED'),
        ...when(lienOn(claim) !== undefined, 'RECEIVABLE_ALREADY_ENCUMBERED'),
        ...when(given.pence > coverOf(claim), 'ADVANCE_EXCEEDS_COVER'),
      ],
      done() {
        advance.status = 'OFFERED';
        advance.offeredAt = claim.version;
      },
    });
  },
  decline: (s) =>
    side(s, 'decline', 'lender', ['REQUESTED'], {
      body: { reason: 'limit' },
      done: () => (s.advance!.status = 'DECLINED'),
    }),
  withdraw: (s) =>
    side(s, 'withdrawal', 'holder', ['REQUESTED', 'OFFERED'], { done: () => (s.advance!.status = 'WITHDRAWN') }),
  agree(s) {
    const { advance, claim } = s;
    if (!advance) return undefined;
    return side(s, 'agreement', 'holder', ['OFFERED'], {
      refusals: [
        ...when(lienOn(claim) !== undefined, 'RECEIVABLE_ALREADY_ENCUMBERED'),
        ...when(advance.offeredAt !== claim.version, 'CONSENT_STALE'),
        ...confirmed(s),
        ...when(openDisputes(claim).length > 0, 'RECEIVABLE_DISPUTED'),
      ],
      done() {
        advance.status = 'AGREED';
        claim.consented = null;
      },
    });
  },
  drop: (s) => side(s, 'drop', 'lender', ['AGREED'], { done: () => (s.advance!.status = 'EXPIRED') }),
  disburse(s) {
    return side(s, 'disbursement', 'lender', ['AGREED'], {
      body: { reference: 'OUT' },
      refusals: s.advance?.status === 'AGREED' ? confirmed(s) : [],
      done({ due }) {
        s.advance!.status = 'DISBURSED';
        const { principal, discount, fees } = due as Record<string, Json>;
        s.advance!.due = [principal, discount, fees].reduce((total, each) => total + pence(each!['amount']), 0);
      },
    });
  },
  contest(s) {
    return side(s, 'contest', 'holder', [...OUT, 'REPAID'], {
      body: { reason: 'no money' },
      refusals: when(Boolean(s.advance?.contested), 'DISBURSEMENT_ALREADY_CONTESTED'),
      done: () => (s.advance!.contested = true),
    });
  },
  notify(s) {
    return side(s, 'notice', 'lender', OUT, {
      refusals: [...when(Boolean(s.advance?.noticed), 'NOTICE_ALREADY_GIVEN'), ...confirmed(s)],
      done: () => (s.advance!.noticed = true),
    });
  },
  acknowledgeNotice: DEBTS.acknowledgeNotice,
  pay: DEBTS.pay,
  withdrawPayment: DEBTS.withdrawPayment,
  acknowledgePayment: DEBTS.acknowledgePayment,
  settle(s) {
    const { claim } = s;
    const member = by(s, payeeOf(claim));
    const lien = lienOn(claim);
    return {
      member,
      path: claims(s, 'settlement'),
      refusals: [
        ...when(member !== payeeOf(claim), 'PAYMENT_NOT_PAYEE'),
        ...when(claim.status !== 'CONFIRMED', 'RECEIVABLE_INVALID_TRANSITION'),
        ...when(owedOn(claim) > 0, 'DEBT_OUTSTANDING'),
        ...when(lien !== undefined && !lien.notified, 'RECEIVABLE_ALREADY_ENCUMBERED'),
      ],
      done() {
        claim.status = 'SETTLED';
        claim.version++;
      },
    };
  },
  dispute: DEBTS.dispute,
  resolve: DEBTS.resolve,
  markOverdue: DEBTS.markOverdue,
  markDefaulted(s) {
    const { claim } = s;
    const member = by(s, payeeOf(claim));
    return {
      member,
      path: claims(s, 'default'),
      refusals: [
        ...when(member !== payeeOf(claim), 'PAYMENT_NOT_PAYEE'),
        ...confirmed(s),
        ...when(!claim.overdue, 'RECEIVABLE_NOT_OVERDUE'),
        ...when(claim.defaulted, 'RECEIVABLE_ALREADY_MARKED'),
      ],
      done() {
        claim.defaulted = true;
        claim.version++;
      },
    };
  },
  callRecourse(s) {
    return side(s, 'recourse', 'lender', ['OVERDUE'], {
      refusals: when(s.advance !== undefined && !s.advance.recourse, 'RECOURSE_NOT_AGREED'),
      done: () => (s.advance!.called = true),
    });
  },
  repurchase(s) {
    const { advance, claim } = s;
    const refusals = advance && OUT.includes(statusOf(advance)) ? confirmed(s) : [];
    return side(s, 'repurchase', 'lender', OUT, {
      body: { reference: 'BACK' },
      refusals,
      done() {
        advance!.status = 'REPURCHASED';
        advance!.repaid = advance!.due;
        claim.repurchased = true;
      },
    });
  },
  writeOff(s) {
    const { advance, claim } = s;
    const refusals = advance && OUT.includes(statusOf(advance)) ? confirmed(s) : [];
    return side(s, 'write-off', 'lender', ['OVERDUE', 'RECOURSE_CALLED'], {
      body: { reason: 'lost' },
      refusals: [...refusals, ...when(advance?.kind === 'PLEDGE', 'ENCUMBRANCE_INVALID_TRANSITION')],
      done() {
        advance!.status = 'WRITTEN_OFF';
        claim.status = 'WRITTEN_OFF';
      },
    });
  },
  repay(s) {
    const { advance, random } = s;
    const given = amount(s, random.chance(0.5) ? 1000 : (advance?.due ?? 0) + 7);
    return side(s, 'repayments', 'lender', [...OUT, 'REPAID'], {
      body: { amount: given.amount, reference: 'IN' },
      refusals: given.codes,
      done: () => void (advance!.repaid += given.pence),
    });
  },
  release: (s) => side(s, 'release', 'lender', [...OUT, 'REPAID'], { done: () => (s.advance!.status = 'CLOSED') }),
  demandRelease(s) {
    return side(s, 'release-demand', 'holder', [...OUT, 'REPAID'], {
      body: { reason: 'paid' },
      refusals: [
        ...when(s.claim.status !== 'SETTLED', 'RECEIVABLE_NOT_SETTLED'),
        ...when(Boolean(s.advance?.demanded), 'RELEASE_ALREADY_DEMANDED'),
      ],
      done: () => (s.advance!.demanded = true),
    });
  },
  consentToVoid(s) {
    const { claim } = s;
    const member = by(s, 'supplier-1');
    return {
      member,
      path: claims(s, 'void-consent'),
      refusals: [
        ...when(!['ISSUED', 'CONFIRMED'].includes(claim.status), 'RECEIVABLE_INVALID_TRANSITION'),
        ...when(member !== 'supplier-1', 'CONSENT_WRONG_SIGNER'),
        ...when(encumbranceOf(claim) !== 'NONE', 'RECEIVABLE_ALREADY_ENCUMBERED'),
      ].concat(member !== 'supplier-1' && member !== 'core' ? ['RECEIVABLE_NOT_DISCLOSED'] : []),
      done: () => (claim.consented = claim.version),
    };
  },
  voidClaim(s) {
    const { claim } = s;
    const member = by(s, 'core');
    return {
      member,
      path: claims(s, 'voiding'),
      refusals: [
        ...when(member !== 'core', 'RECEIVABLE_UNAUTHORIZED'),
        ...when(!['ISSUED', 'CONFIRMED'].includes(claim.status), 'RECEIVABLE_INVALID_TRANSITION'),
        ...when(encumbranceOf(claim) !== 'NONE', 'RECEIVABLE_ALREADY_ENCUMBERED'),
        ...when(claim.consented === null, 'VOID_CONSENT_MISSING'),
        ...when(claim.consented !== null && claim.consented !== claim.version, 'CONSENT_STALE'),
      ],
      done: () => (claim.status = 'VOID'),
    };
  },
};
