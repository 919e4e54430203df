import type { Json, MemberClient } from '../../../scripts/demo/client.js';
import { arrives, made } from '../../../node/src/financing/testing/story.js';
import type { Random } from '../../chaos/random.js';
import type { TestNodes } from '../../support/nodes.js';
import { text } from '../plain.js';
import { PATIENCE, sendAsSaid } from '../send.js';
import { ACTS, type Situation } from './acts.js';
import { orderOf } from './documents.js';
import { calledOff, type Contract, remainingOf } from './plain.js';

const SIDES = ['core', 'supplier-1'];

/** Share of the commands that are chosen among those which the model lets through. */
const FORWARD = 0.45;
/** How much likelier than others acts are chosen that bring a life on. */
const LIKELY: Readonly<Record<string, number>> = {
  ...{ acceptContract: 4, callOff: 8, acceptCallOff: 6, rejectCallOff: 3, changeCallOff: 4, acceptCallOffChange: 6 },
};
/** What ends a life: mostly passed over when it would be done. */
const HARMFUL = /^((reject|withdraw|cancel|complete)Contract|withdraw|decline)/;

/** Framework contracts at real nodes beside the plain model of them. */
export class FrameworkWorld {
  /** How often each act was done and refused. */
  readonly tally = new Map<string, { done: number; refused: number }>();
  private readonly contracts: Contract[] = [];
  private numbers = 0;

  constructor(
    private readonly nodes: TestNodes,
    private readonly random: Random,
  ) {}

  /** One command of somebody. Throws, telling all of it, when the nodes do otherwise than the model. */
  async step(): Promise<void> {
    const live = this.contracts.filter(({ status }) => status === 'POSTED' || status === 'ACCEPTED');
    if (live.length < 2) return this.newContract();
    const contract = this.random.of(this.random.chance(0.85) ? live : this.contracts.slice(-4));
    const { random } = this;
    const callOff = contract.callOffs.length > 0 ? random.of(contract.callOffs.slice(-3)) : undefined;
    const situation = { contract, callOff, random, number: this.newNumber('CO') };
    const name = random.chance(FORWARD) ? this.possible(situation) : random.of(Object.keys(ACTS));
    const step = ACTS[name]!(situation);
    if (!step || (step.refusals.length === 0 && HARMFUL.test(name) && random.chance(0.92))) return this.step();
    const answer = await sendAsSaid(this.client(step.member), step);
    const done = answer.status === 201;
    const { done: d, refused: r } = this.tally.get(name) ?? { done: 0, refused: 0 };
    this.tally.set(name, { done: d + Number(done), refused: r + Number(!done) });
    if (!done) return;
    step.done(answer.body);
    for (const member of SIDES) {
      // What is proposed does not show in what is said there.
      await this.client(member).get('/v1/members', answer.block);
      await this.shows(member, contract);
    }
  }

  private client(member: string): MemberClient {
    return this.nodes.of(member).client;
  }

  private newNumber(kind: string): string {
    return `${kind}-LIFE-${++this.numbers}`;
  }

  private possible(situation: Situation): string {
    const open = Object.keys(ACTS).filter((name) => ACTS[name]!(situation)?.refusals.length === 0);
    let left = this.random.next() * open.reduce((sum, name) => sum + (LIKELY[name] ?? 1), 0);
    return open.find((name) => (left -= LIKELY[name] ?? 1) <= 0) ?? this.random.of(Object.keys(ACTS));
  }

  private async newContract(): Promise<void> {
    const [number, amount] = [this.newNumber('FW'), this.random.of([10_000, 10_000, 999_999, 1])];
    const begun = this.random.chance(0.9);
    const term = { validFrom: begun ? '2026-01-01' : '2090-01-01', validUntil: '2100-12-31' };
    const body = { document: orderOf(number, amount, term) };
    const posted = made(await this.client('core').post('/v1/orders?supplier=supplier-1&type=FRAMEWORK', body));
    const nothing = { change: null, ended: { cancel: null, complete: null }, callOffs: [] };
    this.contracts.push({ id: String(posted['id']), number, status: 'POSTED', version: 1, amount, begun, ...nothing });
  }

  /** Until a side's node says of the contract, and of all that calls it off, what the model says. */
  private async shows(member: string, contract: Contract): Promise<void> {
    const said = (status: string, version: number) => (body: Json) =>
      body['status'] === status && body['version'] === version;
    for (const { id, status, version } of [contract, ...contract.callOffs.slice(-3)])
      await arrives(() => this.client(member).get(`/v1/orders/${id}`), said(status, version), PATIENCE);
    const expected = {
      ceiling: text(contract.amount),
      calledOff: text(calledOff(contract)),
      remaining: text(remainingOf(contract)),
    };
    const allowance = () => this.client(member).get(`/v1/orders/${contract.id}/allowance`);
    await arrives(allowance, ({ amount }) => JSON.stringify(amount) === JSON.stringify(expected), PATIENCE);
  }
}
