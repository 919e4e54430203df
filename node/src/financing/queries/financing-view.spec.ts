import type { Encumbrance } from '../../receivables/index.js';
import { toView } from './financing-view.js';
import type { Position } from './positions.js';
import type { FinancingWords } from './words.js';

const disbursed = { at: 1_795_000_000 };

/** What is shown of a lender's words that it gave to the chain, when the chain says so much of the claim. */
function shown(encumbrance?: { disbursed: object | null; ending: Encumbrance['ending'] }) {
  const financing = {
    ...{ id: '0x01', object: '0x02', requested: { amount: '1.00', currency: 'EUR' }, offer: null },
    ...{ disbursementReference: 'PAY-1', releaseReason: 'all came in', requestedAt: 0, changedAt: 0 },
  };
  const position = { financing, repayments: [], encumbrance } as unknown as Position;
  const { disbursementReference, releaseReason } = toView(position, {} as FinancingWords, null, String);
  return [disbursementReference, releaseReason];
}

it('tells of a disbursement once the chain has it, whatever the lender asked for', () => {
  expect(shown()).toEqual([null, null]);
  expect(shown({ disbursed: null, ending: null })).toEqual([null, null]);
  expect(shown({ disbursed: null, ending: 'LAPSED' })).toEqual([null, null]);
  expect(shown({ disbursed, ending: null })).toEqual(['PAY-1', null]);
});

it('tells why the claim was released only where its release is how it ended', () => {
  expect(shown({ disbursed, ending: 'RELEASED' })).toEqual(['PAY-1', 'all came in']);
  for (const ending of ['ROLLED_OVER', 'OVERRULED', 'REPURCHASED', 'WRITTEN_OFF'] as const)
    expect(shown({ disbursed, ending })).toEqual(['PAY-1', null]);
});
