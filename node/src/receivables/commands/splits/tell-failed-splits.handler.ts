import { UnitOfWork } from '../../../database/index.js';
import { Exchange } from '../../../exchange/index.js';
import { eachInTurn, RoundHandler, type RoundProcessor } from '../../../jobs/index.js';
import type { Hex } from '../../../kernel/hex.js';
import type { ProblemRecord } from '../../../kernel/problem.js';
import { Submissions } from '../../../submissions/index.js';
import { Splits } from '../../queries/splits.js';
import { SplitStore } from '../../storage/split.store.js';
import { EndSplit } from './end-split.js';
import type { SplitRefusalBody } from './envelopes.js';

/**
 * The obligor tells the holder of a split that it signed and the chain refused, since something else came before it, and takes its
 * signature back.
 */
@RoundHandler({ name: 'splits.tell-failed', everyMs: 5000 })
export class TellFailedSplits implements RoundProcessor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: SplitStore,
    private readonly splits: Splits,
    private readonly submissions: Submissions,
    private readonly exchange: Exchange,
    private readonly ending: EndSplit,
  ) {}

  async handle(): Promise<void> {
    await eachInTurn(await this.store.signed(), async ({ id, submission }) => {
      const { status, problem } = await this.submissions.get(submission!);
      const failed = status === 'REFUSED' || status === 'REVERTED';
      if (failed && problem) await this.unitOfWork.run(() => this.end(id, problem));
    });
  }

  private async end(id: Hex, { code, detail, facts = {} }: ProblemRecord): Promise<void> {
    const { split } = await this.splits.lock(id);
    // Another process may have told of it meanwhile, or the holder given it up.
    if (split.status !== 'SIGNED') return;
    const refusal = { code, detail, facts };
    await this.store.change(id, { status: 'REFUSED', refusal });
    const body = { split: id, ...refusal } satisfies SplitRefusalBody;
    await this.exchange.send({ to: split.proposer, type: 'split.refusal', object: split.receivable, body });
    await this.ending.revokeObligors(split);
  }
}
