import { made, Story } from '../../node/src/financing/testing/story.js';
import type { Ledger } from './ledger.js';
import { type Member, MEMBERS, PROCESSES } from './schedule.js';
import { MORE_EVIDENCE, StubbornClient } from './stubborn-client.js';
import { memberOf, type World } from './world.js';

/** How long (ms) a write may take to show at another node while things go wrong. */
const PATIENCE_MS = 90_000;

/** Trades that go on at once, each to its disbursement and then the next. */
const TRADES = 2;
/** Ms between orders that are posted and accepted beside them. */
const ORDER_EVERY_MS = 400;

/** Members at work: orders at a steady pace, and trades from order to disbursement. */
export class Load {
  readonly #story: Story;
  #writes = 0;
  #stopped = false;
  readonly #orders: Promise<unknown>[] = [];

  constructor(
    world: World,
    ledger: Ledger,
    private readonly name: string,
  ) {
    const key = () => `${name}-${this.#writes++}`;
    const clients = new Map(
      MEMBERS.map((member) => {
        const replicas = PROCESSES.filter((process) => memberOf(process) === member);
        return [
          member,
          new StubbornClient(
            replicas.map((each) => world.clients.get(each)!),
            ledger,
            key,
          ),
        ];
      }),
    );
    const of = (member: string) => ({ client: clients.get(member as Member)! });
    this.#story = new Story({ of, anvil: world.anvil, patienceMs: PATIENCE_MS });
  }

  /** Works until `stop`; resolves when all that was begun is done. Rejects when something could not be done. */
  async run(): Promise<void> {
    const trades = Array.from({ length: TRADES }, (_, desk) => this.#trades(desk));
    await Promise.all([...trades, this.#steadyOrders()]);
  }

  stop(): void {
    this.#stopped = true;
  }

  async #trades(desk: number): Promise<void> {
    for (let n = 0; !this.#stopped; n++) {
      const receivable = await this.#story.confirmed({ number: `${this.name}-T${desk}-${n}` });
      const financing = await this.#story.requested('bank-a', { receivable });
      await this.#offer(financing);
      await this.#story.disbursed('bank-a', financing);
    }
  }

  /** A request made while the chain had lost what decides the cover shows less than the lender needs: it is told more. */
  async #offer(financing: string): Promise<void> {
    for (;;) {
      try {
        return void (await this.#story.offered('bank-a', financing));
      } catch (error) {
        if (!(error as Error).message.includes(MORE_EVIDENCE)) throw error;
      }
      made(await this.#story.supplier.post(`/v1/financings/${financing}/evidence`));
    }
  }

  async #steadyOrders(): Promise<void> {
    for (let n = 0; !this.#stopped; n++) {
      const order = this.#story.acceptedOrder(`${this.name}-O-${n}`);
      order.catch(() => undefined); // seen below
      this.#orders.push(order);
      await new Promise((resolve) => setTimeout(resolve, ORDER_EVERY_MS));
    }
    await Promise.all(this.#orders);
  }
}
