import type { Hex } from '../../kernel/hex.js';
import { FinancingLetters } from './financing-letters.js';

const FINANCING: Hex = `0x${'0a'.repeat(32)}`;

/** Whether letters of this type leave; its grant stands unless told otherwise. */
function leaves(type: string, { status = 'REQUESTED', stands = true, held = false }) {
  const conditions = new Map<string, (id: Hex) => Promise<boolean>>();
  new FinancingLetters(
    { get: () => Promise.resolve({ status }) } as never,
    { ofFinancing: () => Promise.resolve({}) } as never,
    { stands: () => stands } as never,
    {
      leavesIf: (type: string, condition: (id: Hex) => Promise<boolean>) => conditions.set(type, condition),
      isSetAside: (type: string, id: Hex) => Promise.resolve(held && type === 'financing.request' && id === FINANCING),
    } as never,
  );
  return conditions.get(type)!(FINANCING);
}

describe.each(['financing.request', 'financing.evidence'])('%s', (type) => {
  it('leaves while the financing runs and its grant stands', async () => {
    expect(await leaves(type, {})).toBe(true);
    expect(await leaves(type, { status: 'WITHDRAWN' })).toBe(false);
    expect(await leaves(type, { stands: false })).toBe(false);
  });
});

it('lets evidence wait for a request that was set aside, unless the financing is over', async () => {
  await expect(leaves('financing.evidence', { held: true })).rejects.toMatchObject({ code: 'FINANCING_REQUEST_HELD' });
  expect(await leaves('financing.evidence', { held: true, status: 'DECLINED' })).toBe(false);
  expect(await leaves('financing.request', { held: true })).toBe(true);
});
