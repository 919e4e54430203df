import type { Hex } from '../../kernel/hex.js';
import { Agree } from './agree.js';
import { EncumbranceGuard } from './encumbrance-guard.js';

const [FINANCING, RECEIVABLE, ORDER] = [1, 2, 3].map((n): Hex => `0x${String(n).repeat(64)}`) as [Hex, Hex, Hex];
const [OWN, OTHER] = [1, 2].map((n): Hex => `0x${String(n).repeat(40)}`) as [Hex, Hex];
const OFFERED_AT = 4;

const answering = (value: unknown) => () => Promise.resolve(value);
const make = <T>(made: new (...parts: never[]) => T, parts: readonly unknown[]) => new made(...(parts as never[]));

/** The code of what its holder is told that agrees to an offer, now that `lender` has a claim on the order; the offer brings its own lender's consent. */
function agree(lender: Hex): Promise<string> {
  const firstLenders = [{ object: ORDER, consent: { signer: OWN } }];
  const offer = { consent: { coverVersion: OFFERED_AT }, firstLenders };
  const financing = { id: FINANCING, side: 'HOLDER', object: RECEIVABLE, onOrder: false, lender: 7, offer };
  const receivables = {
    get: answering({ orders: [ORDER] }),
    coverVersion: answering(OFFERED_AT + 1),
    encumbrancesOn: answering([{ object: ORDER, lender, state: 'PLEDGED', onOrder: true }]),
  };
  const parts: unknown[] = Array.from({ length: 13 }, () => ({}));
  parts[0] = { lock: answering({ financing, status: 'OFFERED' }) };
  parts[1] = { self: answering({}), byId: answering({}), requireMayBegin: () => undefined };
  parts[3] = receivables;
  parts[4] = make(EncumbranceGuard, [receivables]);
  parts[8] = { lock: answering(undefined) };
  return make(Agree, parts)
    .run(FINANCING)
    .then(
      () => 'AGREED',
      ({ code }: { code: string }) => code,
    );
}

it.each([
  ['its own lender has since', OWN, 'CONSENT_STALE'],
  // The consent to yield is of another claim than the one that runs.
  ['another lender has since', OTHER, 'ORDER_ALREADY_ENCUMBERED'],
])('an offer is refused by the claim that %s', async (_, lender, code) => {
  expect(await agree(lender)).toBe(code);
});
