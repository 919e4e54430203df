import { Rational } from '../../kernel/rational.js';
import type { Encumbrance } from '../../receivables/index.js';
import { balanceOf } from '../domain/balance.js';
import { toView } from './financing-view.js';
import type { Position } from './positions.js';
import type { FinancingWords } from './words.js';

const disbursed = { at: 1_795_000_000 };

/** What is shown of a lender's words that it gave to the chain, when the chain says so much of the claim. */
function shown(encumbrance?: Ended) {
  const { disbursementReference, releaseReason } = viewOf(encumbrance);
  return [disbursementReference, releaseReason];
}

interface Ended {
  readonly disbursed: object | null;
  readonly ending: Encumbrance['ending'];
}

/** Of an advance of 80.00 EUR at 5.00 EUR in all, of which 30.00 came back. */
function viewOf(encumbrance?: Ended) {
  const financing = {
    ...{ id: '0x01', object: '0x02', requested: { amount: '1.00', currency: 'EUR' }, offer: null },
    ...{ disbursementReference: 'PAY-1', releaseReason: 'all came in', requestedAt: 0, changedAt: 0 },
  };
  const [advance, discount, fees, repaid] = ['80', '4', '1', '30'].map((text) => Rational.parse(text));
  const balance = balanceOf(advance!, { discount: discount!, fees: fees! }, null, repaid!);
  const position = { financing, repayments: [], encumbrance, balance } as unknown as Position;
  return toView(position, {} as FinancingWords, null, String);
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

it('says what is owed as long as anybody owes it, and then what became of it', () => {
  const eur = (amount: string) => ({ amount, currency: 'EUR' });
  const of = (ending: Encumbrance['ending']) => {
    const { owed, carriedOver, lost } = viewOf({ disbursed, ending });
    return { owed, carriedOver, lost };
  };
  expect(of(null)).toEqual({ owed: eur('55.00'), carriedOver: null, lost: null });
  expect(of('ROLLED_OVER')).toEqual({ owed: eur('0.00'), carriedOver: eur('55.00'), lost: null });
  expect(of('WRITTEN_OFF')).toEqual({ owed: eur('0.00'), carriedOver: null, lost: eur('55.00') });
});
