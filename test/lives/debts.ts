import type { Random } from '../chaos/random.js';
import { type Given, when } from './commands.js';
import type { Dispute, Payment, Pence } from './plain.js';
import type { Step } from './send.js';

/** What a confirmed claim is in whichever world. */
interface Debt {
  readonly id: string;
  readonly confirmed: Pence;
  readonly payments: Payment[];
  readonly disputes: Dispute[];
  status: string;
  overdue: boolean;
  /** Rises with what can lower cover. */
  version: number;
}

interface Situation {
  readonly claim: Debt;
  readonly random: Random;
}

/** What a world says of its claims. */
interface World<S extends Situation> {
  /** Who sends: mostly who should, now and then somebody else. */
  by(s: S, member: string): string;
  amount(s: S, usual: Pence): Given;
  payeeOf(claim: S['claim']): string;
  owedOn(claim: S['claim']): Pence;
  lienOn(claim: S['claim']): { noticed: boolean; notified: boolean } | undefined;
  /** Whether nothing stands in the way of settling what is paid. */
  settles(s: S): boolean;
}

type DebtAct =
  'acknowledgeNotice' | 'pay' | 'withdrawPayment' | 'acknowledgePayment' | 'dispute' | 'resolve' | 'markOverdue';

const at = ({ claim: { id } }: Situation, act: string): string => `/v1/receivables/${id}/${act}`;
const confirmed = ({ claim }: Situation) => when(claim.status !== 'CONFIRMED', 'RECEIVABLE_NOT_CONFIRMED');
/** None of the claim's own, if there is none. */
const UNKNOWN = { n: 77, amount: 0 };

/** Commands on what is owed: they are the same for a whole claim and for a part of one. */
export function debtActs<S extends Situation>(world: World<S>): Record<DebtAct, (situation: S) => Step> {
  const { by, amount, payeeOf, owedOn, lienOn, settles } = world;
  return {
    acknowledgeNotice(s) {
      const member = by(s, 'core');
      const lien = lienOn(s.claim);
      return {
        member,
        path: at(s, 'notice/acknowledgement'),
        refusals: [
          ...when(member !== 'core', 'RECEIVABLE_UNAUTHORIZED'),
          ...confirmed(s),
          ...when(!lien?.noticed, 'NOTICE_MISSING'),
          ...when(Boolean(lien?.notified), 'ENCUMBRANCE_INVALID_TRANSITION'),
        ],
        done: () => (lien!.notified = true),
      };
    },
    pay(s) {
      const { claim, random } = s;
      const member = by(s, 'core');
      const given = amount(s, random.chance(0.5) ? owedOn(claim) : Math.ceil(claim.confirmed / 3));
      return {
        member,
        path: at(s, 'payments'),
        body: { amount: given.amount, reference: 'PAY' },
        refusals: [...when(member !== 'core', 'RECEIVABLE_UNAUTHORIZED'), ...confirmed(s), ...given.codes],
        done({ n, paidTo }) {
          if (paidTo !== payeeOf(claim)) throw new Error(`paid to ${String(paidTo)}, not ${payeeOf(claim)}`);
          claim.payments.push({ n: Number(n), amount: given.pence, counted: false, withdrawn: false });
        },
      };
    },
    withdrawPayment(s) {
      const { claim, random } = s;
      const unknown = claim.payments.length === 0;
      const payment = unknown ? { ...UNKNOWN, counted: false, withdrawn: false } : random.of(claim.payments);
      const member = by(s, 'core');
      return {
        member,
        path: at(s, `payments/${payment.n}/withdrawal`),
        refusals: [
          ...when(member !== 'core', 'RECEIVABLE_UNAUTHORIZED'),
          ...confirmed(s),
          ...when(unknown, 'PAYMENT_UNKNOWN'),
          ...when(payment.counted || payment.withdrawn, 'PAYMENT_NOT_CLAIMED'),
        ],
        done: () => (payment.withdrawn = true),
      };
    },
    acknowledgePayment(s) {
      const { claim, random } = s;
      const unknown = claim.payments.length === 0;
      const payment = unknown ? { ...UNKNOWN, counted: false, withdrawn: false } : random.of(claim.payments);
      const member = by(s, payeeOf(claim));
      return {
        member,
        path: at(s, `payments/${payment.n}/acknowledgement`),
        refusals: [
          ...when(member !== payeeOf(claim), 'PAYMENT_NOT_PAYEE'),
          ...confirmed(s),
          ...when(unknown, 'PAYMENT_UNKNOWN'),
          ...when(payment.counted || payment.withdrawn, 'PAYMENT_NOT_CLAIMED'),
        ],
        done() {
          payment.counted = true;
          claim.version++;
          if (owedOn(claim) === 0 && settles(s)) claim.status = 'SETTLED';
        },
      };
    },
    dispute(s) {
      const { claim } = s;
      const member = by(s, 'core');
      const given = amount(s, 500);
      return {
        member,
        path: at(s, 'disputes'),
        body: { amount: given.amount, reason: 'bent' },
        refusals: [...when(member !== 'core', 'RECEIVABLE_UNAUTHORIZED'), ...confirmed(s), ...given.codes],
        done({ n }) {
          claim.disputes.push({ n: Number(n), amount: given.pence, open: true });
          claim.version++;
        },
      };
    },
    resolve(s) {
      const { claim, random } = s;
      const unknown = claim.disputes.length === 0;
      const dispute = unknown ? { ...UNKNOWN, open: false } : random.of(claim.disputes);
      const member = by(s, 'core');
      return {
        member,
        path: at(s, `disputes/${dispute.n}/resolution`),
        refusals: [
          ...when(member !== 'core', 'RECEIVABLE_UNAUTHORIZED'),
          ...when(!['CONFIRMED', 'SETTLED'].includes(claim.status), 'RECEIVABLE_NOT_CONFIRMED'),
          ...when(unknown, 'DISPUTE_UNKNOWN'),
          ...when(!unknown && !dispute.open, 'DISPUTE_NOT_OPEN'),
        ],
        done: () => (dispute.open = false),
      };
    },
    markOverdue(s) {
      const { claim } = s;
      const member = by(s, payeeOf(claim));
      return {
        member,
        path: at(s, 'overdue'),
        refusals: [
          ...when(member !== payeeOf(claim), 'PAYMENT_NOT_PAYEE'),
          ...confirmed(s),
          ...when(claim.overdue, 'RECEIVABLE_ALREADY_MARKED'),
        ],
        done() {
          claim.overdue = true;
          claim.version++;
        },
      };
    },
  };
}
