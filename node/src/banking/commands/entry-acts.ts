import type { ItemCommand } from '../../http/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { Problem } from '../../kernel/problem.js';
import type { BankEntry } from '../domain/camt-054.js';

/** Asks for each act that a movement stands for as if it came alone. */
export interface ActGate {
  /** Throws to hold it back: FORBIDDEN to another desk, APPROVAL_REQUIRED. */
  admit(act: ItemCommand): Promise<void>;
  /** Keeps what was held back for who approves; to call once its rows are undone. */
  keep(act: ItemCommand, problem: Problem): Promise<void>;
}

/** The acts that a movement stands for, as their own routes have them. */
export const actsOf = ({ amount, bankReference }: BankEntry) => {
  const json = { amount: { ...amount }, reference: bankReference };
  return {
    claim: (object: Hex): ItemCommand => ({ action: 'POST /v1/receivables/:id/payments', object, json }),
    repay: (object: Hex): ItemCommand => ({ action: 'POST /v1/financings/:id/repayments', object, json }),
    acknowledge: (object: Hex, n: number): ItemCommand => ({
      action: 'POST /v1/receivables/:id/payments/:n/acknowledgement',
      object,
      url: `/v1/receivables/${object}/payments/${n}/acknowledgement`,
      amounts: [amount],
    }),
  };
};
