import { EnvelopeHandler, type EnvelopeProcessor, Exchange, type ReceivedEnvelope } from '../../../exchange/index.js';
import type { Hex } from '../../../kernel/hex.js';
import { Problem, type ProblemRecord } from '../../../kernel/problem.js';
import type { Receivable } from '../../domain/receivable.js';
import { splitAlreadyKnown } from '../../domain/split/problems.js';
import type { SplitPart } from '../../domain/split/split.js';
import { Receivables } from '../../queries/receivables.js';
import { SplitStore } from '../../storage/split.store.js';
import { requestedIn, type SplitRefusalBody, type SplitRequestBody, splitRequestBody } from './envelopes.js';
import { PartsDesk } from './parts-desk.js';
import { SignSplit } from './sign-split.js';

/** The obligor's answer to a split of what it owes: it signs, or says by how much the parts are wrong. */
@EnvelopeHandler('split.request', { body: splitRequestBody })
export class ReceiveSplitRequest implements EnvelopeProcessor<SplitRequestBody> {
  constructor(
    private readonly receivables: Receivables,
    private readonly signing: SignSplit,
    private readonly store: SplitStore,
    private readonly exchange: Exchange,
    private readonly desk: PartsDesk,
  ) {}

  /** Parts are found by their own ids when they are erased. */
  carried(object: Hex, body: unknown): Hex[] {
    return requestedIn(body).map((index) => this.desk.idOf(object, index));
  }

  async handle({ from, object, body }: ReceivedEnvelope<SplitRequestBody>): Promise<void> {
    const receivable = await this.receivables.get(object);
    await this.store.lockReceivable(object);
    const parts = await this.signing.check(receivable, body).catch((error: unknown) => {
      if (error instanceof Problem && error.status < 500) return error;
      throw error;
    });
    if (parts instanceof Problem) return this.refuse(receivable, from.id, body, parts);
    await this.add(receivable, from.id, body, parts, null);
    await this.store.change(body.split, await this.signing.sign(receivable, parts, body.consent));
  }

  private async refuse(receivable: Receivable, to: number, body: SplitRequestBody, problem: Problem): Promise<void> {
    const { code, detail, facts } = problem;
    await this.add(receivable, to, body, [], { code, detail, facts });
    const refusal = { split: body.split, code, detail, facts } satisfies SplitRefusalBody;
    await this.exchange.send({ to, type: 'split.refusal', object: receivable.id, body: refusal });
  }

  private async add(
    { id: receivable }: Receivable,
    proposer: number,
    { split: id, consent }: SplitRequestBody,
    parts: readonly SplitPart[],
    refusal: ProblemRecord | null,
  ): Promise<void> {
    const { coverVersion, deadline: expiresAt } = consent;
    const row = { id, receivable, proposer, parts, coverVersion, expiresAt, consent, refusal };
    const added = await this.store.add({ ...row, side: 'OBLIGOR', status: refusal ? 'REFUSED' : 'SIGNED' });
    if (!added) throw splitAlreadyKnown('another split has this id', { split: id });
  }
}
