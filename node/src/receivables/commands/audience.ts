import { Injectable } from '@nestjs/common';
import { Exchange } from '../../exchange/index.js';
import { Members } from '../../members/index.js';
import type { Receivable } from '../domain/receivable.js';
import { LineageSources } from '../queries/lineage-sources.js';
import { Receivables } from '../queries/receivables.js';
import { Notices } from '../storage/notices.js';
import { PartHolders } from '../storage/part-holders.js';

/** What is said of a receivable after its confirmation. */
export interface Saying {
  readonly type: string;
  readonly body: unknown;
  /** Submission without whose inclusion it means nothing. */
  readonly after?: string;
  /** No lender hears it: it is shown what of it its grant lets it see (docs/adr/0022). */
  readonly betweenParties?: boolean;
  /** What the holder of a part hears in its place, where it sold nothing of what is said. */
  readonly toPartHolder?: Pick<Saying, 'type' | 'body'>;
}

/**
 * Who hears what is said of a receivable: obligor, supplier, and, unless it is between these, lenders as far as this member knows of them.
 * Of a part of a split obligor and holder hear it, and not the supplier, who has nothing to do with its amount.
 */
@Injectable()
export class Audience {
  constructor(
    private readonly members: Members,
    private readonly receivables: Receivables,
    private readonly notices: Notices,
    private readonly holders: PartHolders,
    private readonly sources: LineageSources,
    private readonly exchange: Exchange,
  ) {}

  /** Sends to all but this member itself, within the current unit of work. */
  async tell(receivable: Receivable, saying: Saying): Promise<void> {
    const lenders = saying.betweenParties ? [] : await this.lenders(receivable);
    await this.send(receivable, [...(await this.parties(receivable)), ...lenders], saying);
  }

  /**
   * Passes on what another said to those whom it may not know of: who holds the receivable to its lenders, and the obligor to
   * the holder of a part, whom the supplier does not know, and to the lender that gave it notice, be that holder down or silent.
   */
  async passOn(receivable: Receivable, from: number, saying: Saying): Promise<void> {
    const { id: self } = await this.members.self();
    const { id, orders, obligor, supplier, parent } = receivable;
    const holder = parent === null ? supplier : await this.holders.of(receivable);
    if (self === holder && !saying.betweenParties) {
      const lenders = await this.sources.lendersOf([id, ...orders]);
      await this.send(
        receivable,
        lenders.filter((lender) => lender !== from),
        saying,
      );
    }
    if (self === obligor && parent !== null) {
      const noticed = saying.betweenParties ? undefined : await this.noticed(receivable);
      const entitled = [holder, noticed].filter((member) => member !== undefined);
      await this.send(
        receivable,
        entitled.filter((member) => member !== from),
        saying,
      );
    }
  }

  private async parties(receivable: Receivable): Promise<number[]> {
    const { obligor, supplier, parent } = receivable;
    if (parent === null) return [obligor, supplier];
    const holder = await this.holders.of(receivable);
    return holder === undefined ? [obligor] : [obligor, holder];
  }

  private async lenders(receivable: Receivable): Promise<number[]> {
    const noticed = await this.noticed(receivable);
    const known = await this.sources.lendersOf([receivable.id, ...receivable.orders]);
    return noticed === undefined ? known : [...known, noticed];
  }

  /** The lender of the claim that runs, if it gave this member notice. */
  private async noticed({ id }: Receivable): Promise<number | undefined> {
    const encumbrance = await this.receivables.encumbranceOn(id);
    return encumbrance && this.notices.lenderBehind(id, encumbrance.lender);
  }

  private async send(receivable: Receivable, to: readonly number[], saying: Saying): Promise<void> {
    const { id: self } = await this.members.self();
    const { id: object, parent, obligor, supplier } = receivable;
    const { toPartHolder, after } = saying;
    for (const member of new Set(to)) {
      const heard = parent !== null && member !== obligor && member !== supplier ? (toPartHolder ?? saying) : saying;
      if (member !== self) await this.exchange.send({ type: heard.type, body: heard.body, after, to: member, object });
    }
  }
}
