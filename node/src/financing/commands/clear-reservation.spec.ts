import type { Hex } from '../../kernel/hex.js';
import { ClearReservation } from './clear-reservation.js';

const OBJECT: Hex = `0x${'0b'.repeat(32)}`;
const sent: object[] = [];
/** Account of which the same word is on its way. */
let saidBy: string | undefined;
const clear = new ClearReservation(
  { submit: (act: object) => Promise.resolve(void sent.push(act)) } as never,
  {
    underWay: (act: string, objects: Hex[], account: string) =>
      Promise.resolve(act === 'clearLapsed' && account === saidBy ? objects : []),
  } as never,
  { operator: { address: '0x0e' }, oneTime: (object: Hex) => ({ address: `of ${object}` }) } as never,
);
const run = async (onOrder: boolean, encumbrance?: { state: string; ended: object | null }) => {
  sent.length = 0;
  await clear.run({ financing: { object: OBJECT, onOrder }, encumbrance } as never);
  return sent;
};
const lapse = { act: 'clearLapsed', object: OBJECT, fn: 'lapse', args: [OBJECT] };

it('says of a reservation that lapsed that it did, by the account that agreed to it', async () => {
  const lapsed = { state: 'NONE', ended: null };
  expect(await run(true, lapsed)).toEqual([{ ...lapse, account: '0x0e', subject: 'order' }]);
  expect(await run(false, lapsed)).toEqual([{ ...lapse, account: `of ${OBJECT}`, subject: 'receivable' }]);
});

it.each([
  ['runs', { state: 'ASSIGNED', ended: null }],
  ['has ended by a word on chain', { state: 'NONE', ended: { block: 1 } }],
  ['never was', undefined],
])('says nothing of one that %s', async (_, encumbrance) => expect(await run(false, encumbrance)).toEqual([]));

it('says so once, while the word is on its way', async () => {
  const lapsed = { state: 'NONE', ended: null };
  saidBy = '0x0e';
  expect(await run(true, lapsed)).toEqual([]);
  expect(await run(false, lapsed)).toHaveLength(1);
  saidBy = `of ${OBJECT}`;
  expect(await run(false, lapsed)).toEqual([]);
});
