import { Injectable } from '@nestjs/common';
import { Exchange } from '../../../exchange/index.js';
import type { Hex } from '../../../kernel/hex.js';
import { splitUnknown } from '../../domain/split/problems.js';
import { requireSplitAct } from '../../domain/split/states.js';
import { Receivables } from '../../queries/receivables.js';
import { Splits } from '../../queries/splits.js';
import { SplitStore } from '../../storage/split.store.js';
import { EndSplit } from './end-split.js';
import type { SplitEndingBody } from './envelopes.js';

/** The holder gives a split up before it is on chain. */
@Injectable()
export class WithdrawSplit {
  constructor(
    private readonly splits: Splits,
    private readonly store: SplitStore,
    private readonly receivables: Receivables,
    private readonly ending: EndSplit,
    private readonly exchange: Exchange,
  ) {}

  /**
   * Where the obligor has the holder's consent already, a transaction makes that unusable: answers its submission. The
   * obligor's may be included before it, and the receivable is split then. Refuses with SPLIT_UNKNOWN, SPLIT_INVALID_TRANSITION.
   */
  async run(receivable: Hex, id: Hex, reason: string | null): Promise<{ id: Hex; submission?: string }> {
    const { split, status } = await this.splits.lock(id);
    const { side, receivable: object, consent } = split;
    if (side !== 'HOLDER' || object !== receivable)
      throw splitUnknown('this member has proposed no such split', { id });
    requireSplitAct('withdraw', status, id);
    await this.store.change(id, { status: 'WITHDRAWN' });
    await this.ending.tell(split, reason);
    if (!consent) return { id };
    const { obligor } = await this.receivables.get(object);
    const body = { split: id, reason } satisfies SplitEndingBody;
    await this.exchange.send({ to: obligor, type: 'split.withdrawal', object, body });
    return { id, submission: await this.ending.revokeHolders(split) };
  }
}
