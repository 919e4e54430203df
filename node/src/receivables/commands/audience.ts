import { Injectable } from '@nestjs/common';
import { Exchange } from '../../exchange/index.js';
import { Members } from '../../members/index.js';
import type { Receivable } from '../domain/receivable.js';
import { LineageSources } from '../queries/lineage-sources.js';
import { Receivables } from '../queries/receivables.js';
import { Notices } from '../storage/notices.js';

/** What is said of a receivable after its confirmation. */
export interface Saying {
  readonly type: string;
  readonly body: unknown;
  /** Submission without whose inclusion it means nothing. */
  readonly after?: string;
}

/** Who hears what is said of a receivable: obligor, supplier, and lenders as far as this member knows of them. */
@Injectable()
export class Audience {
  constructor(
    private readonly members: Members,
    private readonly receivables: Receivables,
    private readonly notices: Notices,
    private readonly sources: LineageSources,
    private readonly exchange: Exchange,
  ) {}

  /** Sends to all but this member itself, within the current unit of work. */
  async tell(receivable: Receivable, saying: Saying): Promise<void> {
    const parties = [receivable.obligor, receivable.supplier];
    await this.send(receivable, [...parties, ...(await this.lenders(receivable))], saying);
  }

  /** Passes on to lenders what another party said; that party may not know of them. */
  async passOn(receivable: Receivable, saying: Saying): Promise<void> {
    await this.send(receivable, await this.sources.lendersOf([receivable.id, ...receivable.orders]), saying);
  }

  private async lenders(receivable: Receivable): Promise<number[]> {
    const encumbrance = await this.receivables.encumbranceOn(receivable.id);
    const notice = encumbrance && (await this.notices.of(receivable.id, encumbrance.lender));
    const known = await this.sources.lendersOf([receivable.id, ...receivable.orders]);
    return notice ? [...known, notice.lender] : known;
  }

  private async send(receivable: Receivable, to: readonly number[], saying: Saying): Promise<void> {
    const { id: self } = await this.members.self();
    for (const member of new Set(to)) {
      if (member !== self) await this.exchange.send({ ...saying, to: member, object: receivable.id });
    }
  }
}
