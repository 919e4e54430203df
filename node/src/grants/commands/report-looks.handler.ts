import type { OnModuleDestroy } from '@nestjs/common';
import { LookLog, UnreportedLooks } from '../../audit/index.js';
import { together, UnitOfWork } from '../../database/index.js';
import { Rewinds } from '../../events/index.js';
import { Exchange } from '../../exchange/index.js';
import { defineJob, JobHandler, type JobProcessor, JobQueue } from '../../jobs/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Problem } from '../../kernel/problem.js';
import { Members } from '../../members/index.js';
import { Subjects } from '../queries/subjects.js';
import type { GrantOpening } from '../domain/grant.js';
import { GrantStore } from '../storage/grant.store.js';
import { lettersOf, objectOf } from './look-letters.js';

const reportLooks = defineJob({ name: 'grants.report-looks' });

/** Looks that are told of in one unit of work at most: so many, or of this many bytes of paths. */
const AT_ONCE = { looks: 1000, bytes: 4 * 1024 * 1024 };

/** Looks are gathered for so long: those of a moment go in one letter to each owner, whatever grants they are under. */
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
    private readonly rewinds: Rewinds,
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

  /** What is noted from now on is gathered too, and told of by a job of its own. */
  async handle(): Promise<void> {
    const last = await this.unreported.last();
    if (last !== undefined) while ((await this.unitOfWork.run(() => this.reportSome(last))) > 0);
  }

  private async reportSome(last: string): Promise<number> {
    const looks = await this.unreported.take(AT_ONCE, last);
    const owners = await this.ownersOf([...new Set(looks.map(({ grant }) => grant))]);
    const told = looks.flatMap((look) => (owners.get(look.grant) ?? []).map((to) => ({ to, look })));
    for (const [to, its] of Map.groupBy(told, ({ to }) => to))
      for (const body of lettersOf(its.map(({ look }) => look)))
        await this.exchange.send({ to, type: 'grant.looks', object: objectOf(body), body });
    return looks.length;
  }

  /** Whom to tell of looks under each of these grants. */
  private async ownersOf(ids: readonly Hex[]): Promise<ReadonlyMap<Hex, readonly number[]>> {
    const { id: self } = await this.members.self();
    const given = (await this.grants.findMany(ids)).filter(({ grant }) => grant.side === 'GRANTEE');
    const owners = await together(given, async ({ grant }) => {
      const all = new Set([grant.maker, ...(await this.ownersNow(grant))]);
      return [grant.id, [...all].filter((member) => member !== self)] as const;
    });
    return new Map(owners);
  }

  /**
   * None of what a reorg took from the chain for good: its looks are told to who made the grant, and keep no other's back. While it
   * may come again they all wait.
   */
  private async ownersNow(grant: GrantOpening): Promise<readonly number[]> {
    try {
      return await this.subjects.owners(grant);
    } catch (error) {
      const isUnknown = error instanceof Problem && error.status === 404;
      if (!isUnknown || (await this.rewinds.recent())) throw error;
      return [];
    }
  }
}
