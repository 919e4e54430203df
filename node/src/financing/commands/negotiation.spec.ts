import type { Hex } from '../../kernel/hex.js';
import { Negotiation } from './negotiation.js';

const ID = `0x${'01'.repeat(32)}` as Hex;

/** What became of a withdrawal where these agreements are on their way, and the index shows what follows them. */
async function withdrawn(underWay: readonly string[], status = 'OFFERED', { sent = true, granted = true } = {}) {
  const done: string[] = [];
  const financing = { id: ID, object: ID, onOrder: false, side: 'HOLDER', sent, lender: 3 };
  const position = { financing, status: 'OFFERED' };
  const negotiation = new Negotiation(
    { lock: () => position, get: () => ({ financing, status }) } as never,
    { change: () => done.push('changed') } as never,
    { send: () => done.push('told') } as never,
    { lock: () => undefined } as never,
    { takeBack: () => (done.push('taken back'), 's') } as never,
    { underWay: (act: string) => Promise.resolve(underWay.includes(act) ? [ID] : []) } as never,
    { ofFinancing: () => Promise.resolve(granted ? {} : undefined) } as never,
  );
  const refusal = await negotiation.withdraw(ID, null).then(
    () => undefined,
    (error: { code: string }) => error.code,
  );
  return { refusal, done };
}

it('withdraws what nobody agreed to, and takes a consent back that came to nothing', async () => {
  expect(await withdrawn([])).toEqual({ refusal: undefined, done: ['changed', 'told', 'taken back'] });
});

it.each(['agreeFinancing', 'rollOverFinancing'])('tells nobody of a withdrawal that %s may outrun', async (act) => {
  expect(await withdrawn([act])).toEqual({ refusal: 'TRY_AGAIN', done: [] });
});

it('withdraws nothing that was agreed to while it asked', async () => {
  expect(await withdrawn([], 'AGREED')).toEqual({ refusal: 'FINANCING_INVALID_TRANSITION', done: [] });
});

it('tells a lender that may have the request, though it is to be written anew, and none that it was never written to', async () => {
  const done = async (more: object) => (await withdrawn([], 'OFFERED', { sent: false, ...more })).done;
  expect(await done({})).toEqual(['changed', 'told', 'taken back']);
  expect(await done({ granted: false })).toEqual(['changed', 'taken back']);
});
