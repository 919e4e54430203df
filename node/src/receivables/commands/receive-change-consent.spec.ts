import type { Hex } from '../../kernel/hex.js';
import { ReceiveChangeConsent } from './receive-change-consent.js';

const id = (byte: string): Hex => `0x${byte.repeat(32)}`;
const [ORDER, CLAIM, ROOT, SIGNER] = [id('0a'), id('0c'), id('0e'), '0x01'];
const [BUYER, SUPPLIER, HOLDER, LENDER] = [1, 2, 3, 4];

/** To whom a member passes on the consent to a change, of the lender of a claim on the whole or on a part that `HOLDER` holds. */
async function passedOn({ self, from, ofPart }: { self: number; from: number; ofPart: boolean }): Promise<number[]> {
  const told: number[] = [];
  const claim = { id: CLAIM, parent: ofPart ? id('0d') : null };
  const lendersHere = self === (ofPart ? HOLDER : SUPPLIER) ? [LENDER] : [];
  const receiving = new ReceiveChangeConsent(
    { self: () => Promise.resolve({ id: self }) } as never,
    {
      get: () => Promise.resolve({ id: ORDER, buyer: BUYER, supplier: SUPPLIER }),
      change: () => Promise.resolve({ status: 'PROPOSED', commitment: ROOT }),
    } as never,
    { restingOn: () => Promise.resolve([{ object: CLAIM, lender: SIGNER }]) } as never,
    { require: () => undefined } as never,
    { keep: () => Promise.resolve() } as never,
    { lendersOf: () => Promise.resolve(lendersHere) } as never,
    { find: () => Promise.resolve(claim) } as never,
    { of: () => Promise.resolve(self === BUYER ? HOLDER : undefined) } as never,
    { send: ({ to }: { to: number }) => Promise.resolve(void told.push(to)) } as never,
  );
  const body = { version: 2, root: ROOT, lender: { object: CLAIM, consent: { signer: SIGNER } } };
  await receiving.handle({ from: { id: from }, object: ORDER, body } as never);
  return told;
}

it.each([
  ['the supplier, of its lender', { self: SUPPLIER, from: LENDER, ofPart: false }, [BUYER]],
  ['the buyer, of the supplier', { self: BUYER, from: SUPPLIER, ofPart: false }, []],
  // The supplier is not to learn who holds a part, or that it is financed by its holder.
  ['the holder of a part, of its lender', { self: HOLDER, from: LENDER, ofPart: true }, [BUYER]],
  ['the buyer, of the holder of a part', { self: BUYER, from: HOLDER, ofPart: true }, [SUPPLIER]],
  ['the buyer, of a stranger to the part', { self: BUYER, from: LENDER, ofPart: true }, []],
  ['the supplier, of the buyer', { self: SUPPLIER, from: BUYER, ofPart: true }, []],
])('a consent to a change is passed on by %s', async (_, at, told) => {
  expect(await passedOn(at)).toEqual(told);
});
