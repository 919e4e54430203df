import { id } from 'ethers';
import type { Consortium } from '../../../test/contracts/support/consortium.js';
import { messageKey } from '../../../test/contracts/support/consortium.js';
import { proposalOf } from '../../../test/contracts/support/votes.js';
import type { Meter } from './meter.js';

const ACCEPTANCE = {
  OperatorAcceptance: [
    { name: 'account', type: 'address' },
    { name: 'member', type: 'uint32' },
  ],
};

/** What a member does for itself, and a vote from proposal to execution. */
export async function measureMembers(meter: Meter, consortium: Consortium): Promise<void> {
  const registry = consortium.registry('MemberRegistry');
  const [one] = consortium.members;
  const { admin, id: member } = one!;
  const account = consortium.stranger();
  const message = { account: account.address, member };
  const acceptance = await account.signTypedData(await registry.domain(), ACCEPTANCE, message);
  await meter.send('', registry, admin, 'addOperator', account.address, acceptance);
  await meter.send('', registry, admin, 'revokeOperator', account.address, 1);
  const { events } = await meter.send('', registry, admin, 'addKey', 1, messageKey(4_711));
  await meter.send('', registry, admin, 'revokeKey', events[0]!.args['key'], 1);
  await meter.send('', registry, admin, 'setEndpoint', 'https://node.consortium.test');
  await meter.send('', registry, admin, 'registerEntity', id('entity'));

  const admission = [consortium.stranger().address, 8, 0, 'carrier-2', 'https://carrier-2.test'];
  const made = await meter.send('admission', registry, admin, 'propose', ...proposalOf('ADMIT', admission));
  const proposal = made.events[0]!.args['proposal'];
  const voters = consortium.members.filter(({ chamber }) => chamber !== 0);
  for (const [i, voter] of voters.entries()) {
    if (i === 0) await meter.send('', registry, voter.admin, 'vote', proposal, true);
    else await registry.send(voter.admin, 'vote', proposal, true);
  }
  await meter.send('admission', registry, admin, 'execute', proposal);
}
