import { Config } from '../../config/index.js';
import { UnitOfWork } from '../../database/index.js';
import { IndexHead } from '../../indexer/index.js';
import { RoundHandler, type RoundProcessor } from '../../jobs/index.js';
import { toBytes } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { Submissions } from '../../submissions/index.js';
import { rootOf, treeOver } from '../domain/hash-tree.js';
import { EvidenceBatches, type SentBatch } from '../storage/evidence-batches.js';
import { EvidenceParcels, type WaitingParcel } from '../storage/evidence-parcels.js';
import { Anchoring } from './anchoring.js';

/** Any number, the same in each process. */
const LOCK = 6_349_077_401_233;
/** Most parcels of a batch: a million items when all are full. */
const MOST_PARCELS = 4096;
/** As many items go without waiting for more. */
const FULL = 65_536;
/** Blocks beyond which the index is not rewound but made anew. */
const FINAL = 512;
/** Before what the chain refuses for another reason than its number is tried again. */
const RETRY_MS = 60_000;

/**
 * Anchors the evidence that waits: one root for all of it, as soon as there is much or the oldest has waited long enough. One
 * batch is on its way at a time, so that the busier it is the more a transaction carries. What the chain refused, or lost in
 * a reorg and refused then, is sent again under the number that comes next.
 */
@RoundHandler({ name: 'evidence.anchor', everyMs: 2000 })
export class AnchorEvidence implements RoundProcessor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly members: Members,
    private readonly parcels: EvidenceParcels,
    private readonly batches: EvidenceBatches,
    private readonly anchoring: Anchoring,
    private readonly submissions: Submissions,
    private readonly head: IndexHead,
    private readonly config: Config,
  ) {}

  async handle(): Promise<void> {
    if (!(await this.batches.anyToDo())) return;
    const { id: member } = await this.members.self();
    await this.unitOfWork.run(async () => {
      await this.unitOfWork.manager.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
      await this.batches.settle(member, this.head.current().number - FINAL);
      const missing = (await this.batches.open(member)).filter(({ onChain }) => !onChain);
      for (const batch of missing) await this.sendAgainIfFailed(batch);
      if (missing.length === 0) await this.anchorIfDue();
    });
  }

  private async anchorIfDue(): Promise<void> {
    const waiting = await this.parcels.waiting(MOST_PARCELS);
    if (!this.due(waiting)) return;
    const nodes = treeOver(waiting.map(({ root }) => toBytes(root)));
    const leaves = waiting.reduce((sum, parcel) => sum + parcel.leaves, 0);
    const submission = await this.anchoring.submit({ root: rootOf(nodes), leaves, ...ANCHORING });
    const batch = await this.batches.add(nodes, leaves, submission);
    await this.parcels.putInto(
      batch,
      waiting.map(({ place }) => place),
    );
  }

  private due([oldest, ...others]: readonly WaitingParcel[]): boolean {
    if (!oldest) return false;
    const items = others.reduce((sum, parcel) => sum + parcel.items, oldest.items);
    return items >= FULL || oldest.age >= this.config.evidenceAnchorSeconds;
  }

  private async sendAgainIfFailed({ id, root, leaves, submission }: SentBatch): Promise<void> {
    const { status, problem, updatedAt } = await this.submissions.get(submission);
    if (status !== 'REFUSED' && status !== 'REVERTED') return;
    const late = Date.now() - Date.parse(updatedAt) >= RETRY_MS;
    if (problem?.code !== 'EVIDENCE_OUT_OF_SEQUENCE' && !late) return;
    await this.batches.sentAgain(id, await this.anchoring.submit({ root, leaves, ...ANCHORING }));
  }
}

const ANCHORING = { act: 'anchorEvidence', subject: 'evidence' } as const;
