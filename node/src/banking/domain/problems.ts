import { defineProblem } from '../../kernel/problem.js';

export const bankEntryUnclaimed = defineProblem({
  code: 'BANK_ENTRY_UNCLAIMED',
  status: 409,
  title: 'Money came in that the obligor has not said it paid',
  passing: true,
});

export const bankEntryPayeeUnclear = defineProblem({
  code: 'BANK_ENTRY_PAYEE_UNCLEAR',
  status: 409,
  title: 'The movement does not show that the account of the lender’s notice was paid',
});
export const bankEntryConflict = defineProblem({
  code: 'BANK_ENTRY_CONFLICT',
  status: 409,
  title: 'A movement with this reference of the bank’s was taken with another amount',
});

export const paymentPayeeOther = defineProblem({
  code: 'PAYMENT_PAYEE_OTHER',
  status: 409,
  title: 'The invoice says to pay another, and no notice says that its claim is a lender’s',
});
