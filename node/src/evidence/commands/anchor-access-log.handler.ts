import { randomBytes } from 'node:crypto';
import { LookChain } from '../../audit/index.js';
import { Keyring } from '../../chain/index.js';
import { Config } from '../../config/index.js';
import { UnitOfWork } from '../../database/index.js';
import { defineJob, JobHandler, type JobProcessor } from '../../jobs/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { fieldLeaf } from '../../kernel/merkle.js';
import { Members } from '../../members/index.js';
import { Submissions } from '../../submissions/index.js';
import { LogAnchors } from '../storage/log-anchors.js';

const anchorAccessLog = defineJob({ name: 'evidence.anchor-access-log' });

/** Any number, the same in each process. */
const LOCK = 6_349_077_401_231;
const PENDING = ['QUEUED', 'SENT'];

/**
 * Anchors the head of the access log when it has moved: from then on no look before it can be taken out or added unseen. One
 * at a time; one that the chain refused, since another batch was first, is made anew.
 */
@JobHandler(anchorAccessLog, { everyMs: 60_000 })
export class AnchorAccessLog implements JobProcessor<object> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly chain: LookChain,
    private readonly members: Members,
    private readonly anchors: LogAnchors,
    private readonly submissions: Submissions,
    private readonly keyring: Keyring,
    private readonly config: Config,
  ) {}

  async handle(): Promise<void> {
    const { position, hash } = await this.chain.seal();
    if (position > 0) await this.unitOfWork.run(() => this.anchor(position, `0x${hash}`));
  }

  private async anchor(position: number, hash: Hex): Promise<void> {
    await this.unitOfWork.manager.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const { id: member } = await this.members.self();
    const [last] = await this.anchors.latest(member, 1);
    if (last && (await this.waits(last, position))) return;
    const salt = toHex(randomBytes(32));
    const root = logRoot(salt, position, hash);
    const { id: submission } = await this.submissions.submit({
      act: 'anchorAccessLog',
      call: { contract: 'EvidenceAnchor', fn: 'anchor', args: [root, 1, await this.anchors.nextBatch(member)] },
      account: this.keyring.operator.address,
      subject: { type: 'access-log', id: root },
    });
    await this.anchors.add({ position, hash, salt, root, submission });
  }

  private async waits(last: Awaited<ReturnType<LogAnchors['latest']>>[number], position: number): Promise<boolean> {
    const { status } = await this.submissions.get(last.submission);
    if (PENDING.includes(status)) return true;
    if (status !== 'INCLUDED') return false;
    return last.position >= position || last.age < this.config.accessLogAnchorMinutes * 60;
  }
}

/** What stands on chain for a head of the log: it is salted, so it tells nobody anything. */
export function logRoot(salt: Hex, position: number, hash: Hex): Hex {
  return toHex(fieldLeaf(toBytes(salt), `/access-log/${position}`, hash));
}
