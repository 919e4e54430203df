import type { Hex } from '../../../kernel/hex.js';
import { ReceiveSplitOffer } from './receive-split-offer.js';

const ID = `0x${'ab'.repeat(32)}` as Hex;

it('keeps an offer whatever lies on the receivable: a refusal would be for good, and nobody told', async () => {
  const kept: object[] = [];
  const receiving = new ReceiveSplitOffer(
    { self: () => ({ id: 3, active: true, roles: ['SUPPLIER'] }) } as never,
    { get: () => ({ id: ID, obligor: 1, confirmation: ID, openDisputes: 1, marks: ['OVERDUE'] }) } as never,
    { rebuild: () => ({ terms: { parent: ID, parentConfirmation: ID }, paper: {} }) } as never,
    { lock: () => ({ status: 'PROPOSED' }) } as never,
    { add: (row: object) => kept.push(row) } as never,
    {} as never,
    { acceptPartsFrom: [] } as never,
  );
  const body = { split: ID, coverVersion: 1, expiresAt: 2, parts: [{ index: 0, content: {}, seed: ID }] };
  await receiving.handle({ from: { id: 2, name: 'supplier-1' }, object: ID, body } as never);
  expect(kept).toMatchObject([{ id: ID, side: 'NEW_HOLDER', status: 'PROPOSED' }]);
});
