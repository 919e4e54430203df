import { tryAgain } from '../../errors/index.js';
import '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { restoreProblem } from '../../kernel/problem.js';
import { milestoneAlreadyRecorded } from '../domain/problems.js';
import type { NewMilestone, RecordMilestone } from './record-milestone.js';
import { RecordMilestones } from './record-milestones.js';

const [ONE, TWO] = ['11', '22'].map((byte) => `0x${byte.repeat(32)}` as Hex) as [Hex, Hex];
const milestone = { kind: 'SHIPPED', document: { source: { sha256: '0x00' } } } as unknown as NewMilestone;

/** Records of both orders, where the second is refused with `problem`. */
const record = (problem: Error) => {
  const recording = {
    lock: () => Promise.resolve(),
    prepare: (order: Hex) =>
      order === TWO ? Promise.reject(problem) : { order: { id: order }, entry: { root: '0x01' } },
    record: () => Promise.resolve('submission'),
  };
  const items = [ONE, TWO].map((order) => ({ order, milestone }));
  return new RecordMilestones(recording as unknown as RecordMilestone).run(items, () => Promise.resolve());
};

it('is answered with what one of many is refused for', async () => {
  const outcomes = await record(milestoneAlreadyRecorded('known'));
  expect(outcomes.map(({ submission, refusal }) => submission ?? refusal?.code)).toEqual([
    'submission',
    'MILESTONE_ALREADY_RECORDED',
  ]);
});

it('is no answer to keep while one waits for what passes by itself', async () => {
  await expect(record(tryAgain('a key is not there yet'))).rejects.toMatchObject({ status: 503 });
});

it('is answered for the others where a key is missing for good', async () => {
  const outcomes = await record(restoreProblem({ code: 'VAULT_KEY_MISSING', detail: 'of one' }));
  expect(outcomes.map(({ submission, refusal }) => submission ?? refusal?.code)).toEqual([
    'submission',
    'VAULT_KEY_MISSING',
  ]);
});
