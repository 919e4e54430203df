import type { Json } from '../../../scripts/demo/client.js';
import { when } from '../commands.js';
import { debtActs } from '../debts.js';
import { LENDING } from './lending.js';
import { lienOn, owedOn, payeeOf } from './plain.js';
import { type Act, amount, at, by, confirmed, type Situation } from './situation.js';
import { SPLITTING } from './splitting.js';

const { acknowledgeNotice, pay, withdrawPayment, acknowledgePayment, dispute, resolve, markOverdue } =
  debtActs<Situation>({
    ...{ by, amount, payeeOf, owedOn, lienOn },
    settles({ claim, tree }) {
      const lien = lienOn(claim);
      return lien ? lien.notified : !lienOn(tree);
    },
  });

/** Commands on claims, on what they are split into and on the orders behind them, by who should and by others, in every state. */
export const ACTS: Record<string, Act> = {
  ...SPLITTING,
  ...LENDING,
  ...{ acknowledgeNotice, pay, withdrawPayment, acknowledgePayment },
  credit(s) {
    const { claim, number } = s;
    const member = by(s, 'supplier-1');
    // Under a lender's claim it may lower the cover and not the debt: that is not told here.
    const plain = !lienOn(claim) && !lienOn(s.tree) && owedOn(claim) > 50;
    if (!plain && member === 'supplier-1' && claim.status === 'CONFIRMED') return undefined;
    return {
      member,
      path: at(s, 'credit-notes'),
      body: { document: creditNote(number) },
      refusals: [...when(member !== 'supplier-1', 'RECEIVABLE_UNAUTHORIZED'), ...confirmed(s)],
      done() {
        claim.credited += 50;
        claim.version++;
      },
    };
  },
  ...{ dispute, resolve, markOverdue },
};

const PARTY = (id: string, name: string): Json => ({ id, scheme: '0088', name });
const creditNote = (number: string): Json => ({
  ...{ number, issueDate: '2026-11-20', currency: 'GBP', amount: '0.50', lines: [] },
  payer: PARTY('9521000000018', 'Kestrel Turbines SE'),
  payee: PARTY('9521000000025', 'Halden Castings AS'),
});
