import { made, type Story } from '../../../node/src/financing/testing/story.js';
import type { Answer, MemberClient } from '../../../scripts/demo/client.js';
import type { Random } from '../../chaos/random.js';

const PATIENCE_SECONDS = 300;

/** Several lenders' offers for one receivable, all of which the holder takes at the same moment, again and again. */
export class Contest {
  races = 0;
  readonly wins = new Map<string, number>();
  private readonly offers = new Map<string, string>();

  constructor(
    readonly receivable: string,
    private readonly story: Story,
    /** Clients of the holder's processes. */
    private readonly holders: readonly MemberClient[],
    private readonly lenders: readonly string[],
    private readonly random: Random,
  ) {}

  /** One race; throws unless exactly one lender wins and each other is refused for that reason. */
  async race(): Promise<void> {
    await Promise.all(this.lenders.map((lender) => this.offer(lender)));
    const starters = this.random.shuffled(this.lenders);
    const answers = await Promise.all(starters.map((lender, place) => this.agree(lender, place)));
    const ends = answers.map(({ status, body }) => `${status} ${String(body['code'] ?? body['status'])}`);
    const expected = ['201 AGREED', ...Array<string>(starters.length - 1).fill('409 RECEIVABLE_ALREADY_ENCUMBERED')];
    if ([...ends].sort().join() !== expected.join())
      throw new Error(
        `race ${this.races + 1} for ${this.receivable} ended ${starters.map((l, i) => `${l}: ${ends[i]}`).join(', ')}`,
      );
    await this.free(starters[ends.indexOf('201 AGREED')]!);
    this.races++;
  }

  /** An offer of this lender that has reached the holder, unless one stands. */
  private async offer(lender: string): Promise<void> {
    if (this.offers.has(lender)) return;
    const financing = await this.story.requested(lender, { receivable: this.receivable });
    await this.story.offered(lender, financing);
    this.offers.set(lender, financing);
  }

  private agree(lender: string, place: number): Promise<Answer> {
    const holder = this.holders[place % this.holders.length]!;
    const path = `/v1/financings/${this.offers.get(lender)}/agreement`;
    return holder.call('POST', path, { body: {}, wait: PATIENCE_SECONDS });
  }

  /** The winner lets go, and every process of the holder knows. */
  private async free(winner: string): Promise<void> {
    this.wins.set(winner, (this.wins.get(winner) ?? 0) + 1);
    const bank = this.story.bank(winner);
    const financing = this.offers.get(winner)!;
    await this.story.arrives(
      () => bank.get(`/v1/financings/${financing}`),
      ({ status }) => status === 'AGREED',
    );
    const dropped = await bank.call('POST', `/v1/financings/${financing}/drop`, { body: {}, wait: PATIENCE_SECONDS });
    made(dropped);
    this.offers.delete(winner);
    const everywhere = [...this.holders, ...this.lenders.map((lender) => this.story.bank(lender))];
    await Promise.all(everywhere.map((each) => each.get(`/v1/registry/receivables/${this.receivable}`, dropped.block)));
  }
}
