import { randomBytes } from 'node:crypto';
import { LookChain } from '../../audit/index.js';
import { Config } from '../../config/index.js';
import { UnitOfWork } from '../../database/index.js';
import { IndexHead } from '../../indexer/index.js';
import { defineJob, JobHandler, type JobProcessor } from '../../jobs/index.js';
import { type Hex, toHex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { Submissions } from '../../submissions/index.js';
import { logRoot } from '../domain/log-root.js';
import { LogAnchors } from '../storage/log-anchors.js';
import { Anchoring } from './anchoring.js';

const anchorAccessLog = defineJob({ name: 'evidence.anchor-access-log' });

/** Any number, the same in each process. */
const LOCK = 6_349_077_401_231;
const PENDING = ['QUEUED', 'SENT'];

/**
 * Anchors the head of the access log: from then on no look before it can be taken out, changed or added unseen. As often
 * whether or not it moved, or the chain would tell when this member looks. One at a time; one that the chain refused,
 * since another batch was first, is made anew.
 */
@JobHandler(anchorAccessLog, { everyMs: 60_000 })
export class AnchorAccessLog implements JobProcessor<object> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly chain: LookChain,
    private readonly members: Members,
    private readonly anchors: LogAnchors,
    private readonly submissions: Submissions,
    private readonly anchoring: Anchoring,
    private readonly head: IndexHead,
    private readonly config: Config,
  ) {}

  async handle(): Promise<void> {
    if (this.config.accessLogAnchorMinutes === 0) return;
    const { position, hash } = await this.chain.seal();
    await this.unitOfWork.run(() => this.anchorIfDue(position, `0x${hash}`));
  }

  private async anchorIfDue(position: number, hash: Hex): Promise<void> {
    await this.unitOfWork.manager.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const now = this.head.current().timestamp;
    if (!(await this.due(now, position))) return;
    const { active } = await this.members.self();
    if (!active) return;
    const head = { position, hash, salt: toHex(randomBytes(32)) };
    const root = logRoot(head);
    const submission = await this.anchoring.submit({ root, leaves: 1, act: 'anchorAccessLog', subject: 'access-log' });
    await this.anchors.add({ ...head, root, submission, sentAt: now });
  }

  /** By block time, counted from the last that was sent, or from when the registries began. */
  private async due(now: number, position: number): Promise<boolean> {
    const last = await this.anchors.last();
    // Another process sealed more while this one waited: a head over fewer rows than one before it says that rows were taken out.
    if (last && position < last.position) return false;
    const status = last && (await this.submissions.get(last.submission)).status;
    if (status && PENDING.includes(status)) return false;
    if (status && status !== 'INCLUDED') return true;
    const since = last?.sentAt ?? (await this.anchors.chainBegan());
    return since !== undefined && now >= since + this.config.accessLogAnchorMinutes * 60;
  }
}
