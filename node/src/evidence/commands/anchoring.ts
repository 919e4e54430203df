import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import { UnitOfWork } from '../../database/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { Submissions } from '../../submissions/index.js';
import { AnchorNumbers } from '../storage/anchor-numbers.js';

/** Any number, the same in each process. */
const LOCK = 6_349_077_401_232;
const FAILED = ['REFUSED', 'REVERTED'];

/** A root to be anchored. */
export interface Anchorable {
  readonly root: Hex;
  readonly leaves: number;
  readonly act: string;
  /** What it is about, for histories. */
  readonly subject: string;
}

/** Sends roots to EvidenceAnchor, each under the number that the chain will expect by then. */
@Injectable()
export class Anchoring {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly members: Members,
    private readonly numbers: AnchorNumbers,
    private readonly submissions: Submissions,
    private readonly keyring: Keyring,
  ) {}

  /**
   * Queues the anchoring of a root within the current unit of work; returns its submission. It comes behind what is under way.
   * When one of those fails, it is refused too (EVIDENCE_OUT_OF_SEQUENCE), and who asked for it sends it again.
   */
  async submit({ root, leaves, act, subject }: Anchorable): Promise<string> {
    await this.unitOfWork.manager.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const batch = await this.nextNumber();
    const { id: submission } = await this.submissions.submit({
      act,
      call: { contract: 'EvidenceAnchor', fn: 'anchor', args: [root, leaves, batch] },
      account: this.keyring.operator.address,
      subject: { type: subject, id: root },
    });
    await this.numbers.add({ batch, submission });
    return submission;
  }

  /** The first that neither the chain has nor one under way asks for. */
  private async nextNumber(): Promise<number> {
    const top = await this.numbers.top((await this.members.self()).id);
    const taken = new Set<number>();
    for (const { batch, submission } of await this.numbers.above(top)) {
      const { status } = await this.submissions.get(submission);
      if (!FAILED.includes(status)) taken.add(batch);
    }
    let next = top + 1;
    while (taken.has(next)) next++;
    return next;
  }
}
