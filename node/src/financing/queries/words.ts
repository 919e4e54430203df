import { z } from 'zod';
import { timeOf } from '../../kernel/block-time.js';
import type { Hex } from '../../kernel/hex.js';
import type { DocumentFields } from '../../receivables/domain/documents/fields.js';
import { amountIn } from '../../receivables/domain/documents/figures.js';
import type { EventRef } from '../../receivables/domain/event-ref.js';
import { moneyView } from '../../receivables/index.js';
import type { Position } from './positions.js';

const time = z.iso.datetime().describe('Block time.');
const word = z.object({ at: time, reason: z.string().nullable().describe('Null while the statement is not here.') });

/** What both sides said of a financing on chain. */
export const financingWords = z.object({
  contested: word.nullable().describe('The holder says that the money did not come.'),
  recourseCalled: word.nullable(),
  releaseDemanded: word
    .extend({ overrulableFrom: time })
    .nullable()
    .describe('After it its peers can overrule the lender.'),
  repurchased: z
    .object({ at: time, amount: moneyView.nullable(), reference: z.string().nullable() })
    .nullable()
    .describe('What the holder paid for the claim; it is among what was repaid.'),
  writtenOff: word.nullable(),
  reservePaid: z
    .object({ at: time, amount: moneyView.nullable(), reference: z.string().nullable() })
    .nullable()
    .describe('What the lender says, on release, to have paid out of what came in beyond what was owed.'),
});
export type FinancingWords = z.output<typeof financingWords>;

const NOTHING: FinancingWords = {
  contested: null,
  recourseCalled: null,
  releaseDemanded: null,
  repurchased: null,
  writtenOff: null,
  reservePaid: null,
};

/** Statements behind the commitments on chain, as far as they are known here. */
export function wordsOf({ financing, encumbrance, said: known }: Position): FinancingWords {
  if (!encumbrance) return NOTHING;
  const { contest, recourse, releaseDemand, releaseReason, ending, ended, overrulableFrom } = encumbrance;
  const said = (root: Hex | null, event: EventRef | null) =>
    root && event && { at: timeOf(event.at), fields: known.get(root) };
  const { currency } = financing.offer!.terms.advance;
  const demanded = said(releaseDemand, encumbrance.releaseDemanded);
  const released = said(ending === 'RELEASED' ? releaseReason : null, ended);
  const bought = said(ending === 'REPURCHASED' ? releaseReason : null, ended);
  return {
    contested: wordOf(said(contest, encumbrance.contested)),
    recourseCalled: wordOf(said(recourse, encumbrance.recourseCalled)),
    releaseDemanded: demanded && { ...wordOf(demanded)!, overrulableFrom: timeOf(overrulableFrom!) },
    repurchased: bought && { at: bought.at, ...priceOf(bought.fields, currency) },
    reservePaid: released?.fields?.has('/reference')
      ? { at: released.at, ...priceOf(released.fields, currency) }
      : null,
    writtenOff: wordOf(said(ending === 'WRITTEN_OFF' ? releaseReason : null, ended)),
  };
}

function wordOf(said: { at: string; fields: DocumentFields | undefined } | null) {
  return said && { at: said.at, reason: said.fields?.get('/reason') ?? null };
}

function priceOf(fields: DocumentFields | undefined, currency: string) {
  const amount = amountIn(fields, currency);
  return {
    amount: amount === undefined ? null : { amount, currency },
    reference: fields?.get('/reference') ?? null,
  };
}
