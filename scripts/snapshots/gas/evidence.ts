import { random32 } from '../../../test/contracts/support/votes.js';
import type { Consortium } from '../../../test/contracts/support/consortium.js';
import type { Meter } from './meter.js';

/** Batches of evidence and grants of access. */
export async function measureEvidence(meter: Meter, consortium: Consortium): Promise<void> {
  const anchor = consortium.registry('EvidenceAnchor');
  const { operator } = consortium.members[0]!;
  await meter.send('first batch', anchor, operator, 'anchor', random32(), 200, 1);
  for (const [index, size] of [200, 1_000].entries()) {
    await meter.send(`batch of ${size}`, anchor, operator, 'anchor', random32(), size, index + 2);
  }

  const grants = consortium.registry('AccessGrants');
  const maker = consortium.stranger();
  const { events } = await meter.send('', grants, maker, 'grant', random32(), random32());
  await meter.send('', grants, maker, 'revoke', events[0]!.args['grant']);
}
