import { Injectable } from '@nestjs/common';
import { News } from '../../events/index.js';
import { minorUnits } from '../../kernel/money.js';
import { Rational } from '../../kernel/rational.js';
import { coverRestored, coverShort } from '../domain/news.js';
import type { Cause, Watch } from '../domain/watch.js';
import { Backing, isNotShown } from '../queries/backing.js';
import type { Position } from '../queries/positions.js';
import { WatchStore } from '../storage/watch.store.js';

/** Causes that are kept and told. */
const MOST_CAUSES = 20;

/** Weighs an advance against its cover, and tells when the cover falls short of it, or suffices again (rule 5). */
@Injectable()
export class WeighCover {
  constructor(
    private readonly backing: Backing,
    private readonly store: WatchStore,
    private readonly news: News,
  ) {}

  /** What to keep of it, within the current unit of work. */
  async run(position: Position, before: Watch | undefined): Promise<Watch> {
    const { financing, encumbrance } = position;
    const since = before?.covered ?? encumbrance?.reserved ?? null;
    let short: Rational | null;
    try {
      short = await this.backing.shortfallOf(position);
    } catch (error) {
      if (!isNotShown(error)) throw error;
      return { covered: since, shortfall: null, causes: [], ...before, waiting: true };
    }
    if (!short) return this.covered(position, before);
    const causes = since ? await this.store.loweringAfter(financing.object, since, MOST_CAUSES) : [];
    const grew = short.compare(Rational.parse(before?.shortfall ?? '0')) > 0;
    if (grew) await this.tell(position, coverShort, causes);
    const shortfall = short.toFixed(minorUnits(financing.offer!.terms.advance.currency));
    return { waiting: true, covered: since, shortfall, causes };
  }

  private async covered(position: Position, before: Watch | undefined): Promise<Watch> {
    if (before?.shortfall) await this.tell(position, coverRestored, []);
    const last = await this.store.lastEvent(position.financing.object);
    return { waiting: false, covered: last, shortfall: null, causes: [] };
  }

  private async tell({ financing }: Position, news: typeof coverShort, causes: readonly Cause[]): Promise<void> {
    const { id, object } = financing;
    await this.news.add(news({ object, data: { financing: id, causes } }));
  }
}
