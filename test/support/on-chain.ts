import { type ContractCall, Keyring } from '../../node/src/chain/index.js';
import { UnitOfWork } from '../../node/src/database/index.js';
import type { Hex } from '../../node/src/kernel/hex.js';
import { Submissions } from '../../node/src/submissions/index.js';
import type { TestNode } from './nodes.js';

/** A minute less than jest gives a test. */
const PATIENCE_MS = 240_000;

/** A call of a member's own to a contract, past what its node would refuse. Throws unless it is included. */
export async function callAs({ app }: TestNode, order: Hex, call: ContractCall): Promise<void> {
  const submissions = app.get(Submissions);
  const account = app.get(Keyring).operator.address;
  const request = { act: call.fn, call, account, subject: { type: 'order', id: order } } as const;
  const { id } = await app.get(UnitOfWork).run(() => submissions.submit(request));
  const { status } = await submissions.waitFor(id, PATIENCE_MS);
  if (status !== 'INCLUDED') throw new Error(`${call.fn} is ${status}`);
}
