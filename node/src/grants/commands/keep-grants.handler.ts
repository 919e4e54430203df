import { Config } from '../../config/index.js';
import { UnitOfWork } from '../../database/index.js';
import { Rewinds } from '../../events/index.js';
import { IdempotencyStore } from '../../http/index.js';
import { eachInTurn, RoundHandler, type RoundProcessor } from '../../jobs/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { SignedTags } from '../../receivables/index.js';
import { GrantClock } from '../queries/grant-clock.js';
import { GrantsWithNews } from '../queries/grants-with-news.js';
import { CopiesStore } from '../storage/copies.store.js';
import { GrantStore } from '../storage/grant.store.js';
import { HandOut } from './hand-out.js';

const DAY = 86_400;

/**
 * What time asks of grants: when they begin their documents go to their grantees, and later those that came into being since; copies
 * under grants that are over leave the working store, and answers that showed them are given no more; credit files go when their time is
 * up, with the signatures by which they were checked.
 */
@RoundHandler({ name: 'grants.keep', everyMs: 3000 })
export class KeepGrants implements RoundProcessor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly grants: GrantStore,
    private readonly withNews: GrantsWithNews,
    private readonly copies: CopiesStore,
    private readonly clock: GrantClock,
    private readonly answers: IdempotencyStore,
    private readonly signedTags: SignedTags,
    private readonly handOut: HandOut,
    private readonly members: Members,
    private readonly config: Config,
    private readonly rewinds: Rewinds,
  ) {}

  async handle(): Promise<void> {
    if (await this.rewinds.rebuilding()) return;
    const now = this.clock.now();
    const retained = now + this.config.creditFileRetentionDays * DAY;
    await this.unitOfWork.run(async () => this.answers.forget(await this.copies.sealEnded(now, retained)));
    await this.unitOfWork.run(async () => this.signedTags.forget(await this.copies.forget(now)));
    const active = new Set((await this.members.all()).filter((member) => member.active).map(({ id }) => id));
    // Who is suspended shows and is shown nothing new; it follows when that is over.
    const shown = (await this.withNews.at(now)).filter(
      ({ maker, grantee }) => active.has(maker) && active.has(grantee),
    );
    await eachInTurn(shown, ({ id }) => this.unitOfWork.run(() => this.showNews(id)));
  }

  private async showNews(id: Hex): Promise<void> {
    const known = await this.grants.lock(id);
    if (known) await this.handOut.run(known);
  }
}
