import type { OnModuleDestroy } from '@nestjs/common';
import { LookLog, UnreportedLooks } from '../../audit/index.js';
import { UnitOfWork } from '../../database/index.js';
import { Exchange } from '../../exchange/index.js';
import { defineJob, JobHandler, type JobProcessor, JobQueue } from '../../jobs/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { Subjects } from '../queries/subjects.js';
import { GrantStore } from '../storage/grant.store.js';
import { lettersOf } from './look-letters.js';

const reportLooks = defineJob({ name: 'grants.report-looks' });

/** Looks that are told of in one unit of work at most: so many, or of this many bytes of paths. */
const AT_ONCE = { looks: 1000, bytes: 4 * 1024 * 1024 };

/** Looks are gathered for so long: those of a moment under one grant go in one letter to each owner. */
const GATHERED_MS = 1000;

/** Tells the owners of each look that this member's users had at what it was granted. */
@JobHandler(reportLooks, { everyMs: 30_000 })
export class ReportLooks implements JobProcessor<object>, OnModuleDestroy {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly unreported: UnreportedLooks,
    private readonly grants: GrantStore,
    private readonly subjects: Subjects,
    private readonly members: Members,
    private readonly exchange: Exchange,
    log: LookLog,
    jobs: JobQueue,
  ) {
    const report = () => {
      this.timer = undefined;
      jobs.add(reportLooks, {}, { dedupe: 'looks' });
    };
    log.onAdded(() => (this.timer ??= setTimeout(report, GATHERED_MS)));
  }

  /** What is gathered is in the database, and told when a node runs again. */
  onModuleDestroy(): void {
    clearTimeout(this.timer);
  }

  async handle(): Promise<void> {
    while ((await this.unitOfWork.run(() => this.reportSome())) > 0);
  }

  private async reportSome(): Promise<number> {
    const looks = await this.unreported.take(AT_ONCE);
    const byGrant = Map.groupBy(looks, ({ grant }) => grant);
    for (const [grant, told] of byGrant) {
      const letters = lettersOf(told.map(({ grant: _, ...look }) => look));
      for (const to of await this.ownersOf(grant)) {
        for (const body of letters) await this.exchange.send({ to, type: 'grant.looks', object: grant, body });
      }
    }
    return looks.length;
  }

  private async ownersOf(id: Hex): Promise<number[]> {
    const known = await this.grants.find(id);
    if (known?.grant.side !== 'GRANTEE') return [];
    const [self, owners] = await Promise.all([this.members.self(), this.subjects.owners(known.grant)]);
    return [...new Set([known.grant.maker, ...owners])].filter((member) => member !== self.id);
  }
}
