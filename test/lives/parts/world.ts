import type { Json, MemberClient } from '../../../scripts/demo/client.js';
import { arrives, Story } from '../../../node/src/financing/testing/story.js';
import type { Random } from '../../chaos/random.js';
import type { TestNodes } from '../../support/nodes.js';
import { text } from '../plain.js';
import { PATIENCE, sendAsSaid, type Step } from '../send.js';
import { ACTS } from './acts.js';
import type { Situation } from './situation.js';
import {
  type Advance,
  type Claim,
  encumbranceOf,
  newClaim,
  openDisputes,
  openProposal,
  owedOn,
  statusOf,
  type Tree,
} from './plain.js';

export const MEMBERS = ['core', 'supplier-1', 'supplier-2', 'bank-a', 'bank-b'] as const;

/** Confirmed of each whole claim, for which all goods came. */
const WHOLE = 9_675;
/** Orders whose claims acts are drawn from; older ones rest. */
const RECENT = 3;
/** Share of the commands that are chosen among those which the model lets through. */
const FORWARD = 0.55;
/** How much likelier than others acts are chosen that bring a life on. */
const LIKELY: Readonly<Record<string, number>> = {
  ...{
    split: 9,
    acceptPart: 24,
    rejectPart: 12,
    withdrawSplit: 6,
    request: 6,
    requestOnOrder: 1,
    offer: 10,
    agree: 10,
    disburse: 6,
    notify: 8,
  },
  ...{ acknowledgeNotice: 6, pay: 3, acknowledgePayment: 8, resolve: 12, release: 2, credit: 2 },
};
/** What keeps a life from what comes later, or ends it: mostly passed over when it would be done. */
const HARMFUL = new Set(['pay', 'request', 'requestOnOrder', 'dispute', 'markOverdue', 'credit']);

/** Claims that are split and go to members further up the chain, at real nodes beside the plain model of them. */
export class PartsWorld {
  /** How often each act was done and refused. */
  readonly tally = new Map<string, { done: number; refused: number }>();
  private readonly trees: Tree[] = [];
  private readonly story: Story;
  private numbers = 0;
  private turns = 0;

  constructor(
    private readonly nodes: TestNodes,
    private readonly random: Random,
  ) {
    this.story = new Story({ ...nodes, of: (name) => nodes.of(name), patienceMs: PATIENCE });
  }

  /** One command of somebody. Throws, telling all of it, when the nodes do otherwise than the model. */
  async step(): Promise<void> {
    const live = this.trees.filter(({ claims }) => claims.some(({ status }) => status === 'CONFIRMED')).slice(-RECENT);
    // A claim that runs, or that is overdue, is split no more: others begin meanwhile.
    if (live.length < 2 || this.random.chance(0.04)) return this.newTree();
    const situation = this.situation(this.random.of(live));
    const { random } = this;
    const [name, step] = (random.chance(FORWARD) && this.possible(situation)) || this.next(situation);
    if (!step || (step.refusals.length === 0 && HARMFUL.has(name) && random.chance(0.8))) return this.step();
    const answer = await sendAsSaid(this.client(step.member), step);
    const done = answer.status === 201;
    const { done: d, refused: r } = this.tally.get(name) ?? { done: 0, refused: 0 };
    this.tally.set(name, { done: d + Number(done), refused: r + Number(!done) });
    if (!done) return;
    step.done(answer.body);
    // What is said of a claim there does not show what was done on its order.
    await Promise.all(MEMBERS.map((member) => this.client(member).get('/v1/members', answer.block)));
    const { claim } = situation;
    await this.shows(claim, name === 'request' || name === 'requestOnOrder' ? undefined : situation.advance);
  }

  /** Looks at everything that ever was, once more. */
  async checkAll(): Promise<void> {
    for (const tree of this.trees) {
      for (const claim of tree.claims) await this.shows(claim);
      for (const advance of [...tree.advances, ...tree.claims.flatMap(({ advances }) => advances)])
        await this.advanceShows(advance);
    }
  }

  private situation(tree: Tree): Situation {
    const { random } = this;
    const lively = tree.claims.filter(({ status }) => status === 'CONFIRMED');
    // A split that awaits an answer is seldom, and soon passed by.
    const asked = lively.filter((each) => openProposal(each));
    const usual = asked.length > 0 && random.chance(0.5) ? asked : lively;
    const claim = random.of(random.chance(0.85) ? usual : tree.claims);
    const advances = [...claim.advances.slice(-2), ...tree.advances.slice(-1)];
    const advance = advances.length > 0 ? random.of(advances) : undefined;
    const expiresAt = new Date(Date.now() + 2 * 86_400_000).toISOString();
    return { tree, claim, advance, random, number: `CN-LIFE-${++this.numbers}`, expiresAt };
  }

  private client(member: string): MemberClient {
    return this.nodes.of(member).client;
  }

  /** The acts in turn, each as it is refused if it can be: what is done comes by the other way. */
  private next(situation: Situation): [string, Step | undefined] {
    const names = Object.keys(ACTS);
    const name = names[this.turns % names.length]!;
    const steps = Array.from({ length: 20 }, () => ACTS[name]!(situation));
    const step = steps.find((each) => each && each.refusals.length > 0) ?? steps[0];
    if (step) this.turns++;
    return [name, step];
  }

  /** An act that the model lets through now, so that lives go on. */
  private possible(situation: Situation): [string, Step] | undefined {
    const steps = Object.entries(ACTS).map(([name, act]) => [name, act(situation)] as const);
    const open = steps.flatMap(([name, step]): [string, Step][] => (step?.refusals.length === 0 ? [[name, step]] : []));
    let left = this.random.next() * open.reduce((sum, [name]) => sum + (LIKELY[name] ?? 1), 0);
    return open.find(([name]) => (left -= LIKELY[name] ?? 1) <= 0);
  }

  private async newTree(): Promise<void> {
    const number = `PO-PARTS-${this.trees.length + 1}`;
    const order = await this.story.acceptedOrder(number);
    await this.story.receive(order, 90);
    const id = await this.story.issued(order, this.story.invoiceOf(number));
    await this.story.confirm(id, { amount: text(WHOLE), dueDate: '2026-11-01' });
    const claims = [newClaim({ id, holder: 'supplier-1', confirmed: WHOLE })];
    this.trees.push({ order, claims, advances: [], version: 0 });
  }

  /** Until each node says of the claim, and of what it was split into, what the model says. */
  private async shows(claim: Claim, advance?: Advance): Promise<void> {
    for (const each of [claim, ...claim.parts]) {
      const marks = each.overdue ? ['OVERDUE'] : [];
      const said = [each.status, encumbranceOf(each), openDisputes(each).length, marks, each.parent?.id ?? null];
      await Promise.all(
        MEMBERS.map((member) => this.comesTo(member, `/v1/registry/receivables/${each.id}`, publicOf, said)),
      );
      const owed = each.status === 'SPLIT' ? null : text(owedOn(each));
      // Nobody splits what the obligor says it paid on, once that is seen.
      const own = [each.holder, text(each.confirmed), owed, each.payments.length];
      for (const member of new Set(['core', each.holder]))
        await this.comesTo(member, `/v1/receivables/${each.id}`, ownOf, own);
      await this.hidden(each);
    }
    await this.splitShows(claim);
    if (advance) await this.advanceShows(advance);
  }

  /** Who has no part in it sees none of its figures. */
  private async hidden({ id, holder }: Claim): Promise<void> {
    if (holder === 'supplier-2') return;
    const { body } = await this.client('supplier-2').get(`/v1/receivables/${id}`);
    if (body['code'] !== 'RECEIVABLE_NOT_DISCLOSED') throw new Error(`supplier-2 sees ${id}: ${JSON.stringify(body)}`);
  }

  /** The parts are what the whole was, to the last minor unit, and those who proposed and owe say the same of it (rule 4). */
  private async splitShows(claim: Claim): Promise<void> {
    const [last] = claim.proposals;
    if (!last || (last.status === 'PROPOSED' && last.version !== claim.version)) return;
    await this.comesTo(
      last.proposer,
      `/v1/receivables/${claim.id}/splits`,
      ({ items }) => (items as Json[]).find(({ id }) => id === last.id)?.['status'],
      last.status,
    );
    if (claim.status !== 'SPLIT') return;
    const parts = claim.parts.map((part) => [part.id, part.holder, text(part.confirmed)]);
    await this.comesTo('core', `/v1/receivables/${claim.id}`, partsOf, parts);
    const { body } = await this.client('core').get(`/v1/receivables/${claim.id}`);
    const sum = partsOf(body).reduce((all, [, , amount]) => all + BigInt(String(amount).replace('.', '')), 0n);
    if (sum !== BigInt(owedOn(claim))) throw new Error(`${claim.id} owed ${owedOn(claim)} and became ${sum}`);
  }

  private async advanceShows(advance: Advance): Promise<void> {
    for (const member of [advance.holder, advance.bank])
      await this.comesTo(member, `/v1/financings/${advance.id}`, ({ status }) => status, statusOf(advance));
  }

  private async comesTo(member: string, path: string, of: (body: Json) => unknown, said: unknown): Promise<void> {
    const wanted = JSON.stringify(said);
    const so = (body: Json) => JSON.stringify(of(body)) === wanted;
    await arrives(() => this.client(member).get(path), so, PATIENCE).catch((error: Error) => {
      throw new Error(`${member} ${path} ${error.message}, but the model says ${wanted}`, { cause: error });
    });
  }
}

const publicOf = (body: Json): unknown => [
  body['status'],
  (body['encumbrance'] as Json)['state'],
  body['openDisputes'],
  (body['marks'] as string[]).filter((mark) => mark === 'OVERDUE'),
  body['parent'],
];
const amountOf = (money: unknown): unknown => (money as Json | undefined)?.['amount'];
const ownOf = ({ holder, confirmed, outstanding, payments }: Json): unknown => [
  holder,
  amountOf(confirmed),
  amountOf(outstanding),
  (payments as Json[]).length,
];
const partsOf = ({ parts }: Json): unknown[][] =>
  (parts as Json[]).map(({ id, holder, amount }) => [id, holder, amountOf(amount)]);
