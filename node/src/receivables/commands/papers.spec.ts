import { type DocumentVault, makeStatement } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Papers } from './papers.js';

const [ORDER, RECEIVABLE, OTHER, SEED]: [Hex, Hex, Hex, Hex] = ['0x0a', '0x0b', '0x0c', `0x${'11'.repeat(32)}`];

/** Takes in what comes to a root that the chain has, or has not. */
function take(isOnChain: boolean): Promise<boolean> {
  const papers = new Papers({ store: () => Promise.resolve(true) } as unknown as DocumentVault);
  const subject = { orders: [ORDER], receivable: RECEIVABLE };
  const paper = papers.rebuild(subject, makeStatement('OVERDUE', { dueDate: '2027-01-12' }), SEED);
  return papers.take(subject, paper, [null, isOnChain ? paper.root : OTHER]);
}

it('takes in a document that comes to what the chain has, and says of any other why that may be', async () => {
  expect(await take(true)).toBe(true);
  await expect(take(false)).rejects.toMatchObject({
    code: 'RECEIVABLE_COMMITMENT_MISMATCH',
    detail: expect.stringContaining('or a release of another canonical form committed to it') as string,
    facts: { expected: [OTHER] },
  });
});
