import { Interface, Wallet } from 'ethers';
import type { StoredKeys } from '../../../node/src/config/index.js';
import { Story } from '../../../node/src/financing/testing/story.js';
import type { MemberClient } from '../../../scripts/demo/client.js';
import { loadArtifacts } from '../../../scripts/deploy/artifacts.js';
import { rpc } from '../../../scripts/embedded/rpc.js';
import { discard, prepare, switchTo } from '../../../scripts/keys/rotation.js';
import type { Random } from '../../chaos/random.js';
import type { TestNodes } from '../../support/nodes.js';
import { type Advance, lienOn } from '../plain.js';
import { PATIENCE, sendAsSaid, type Step } from '../send.js';
import { ACTS, cast, DUTIES, isLively, type Situation } from './acts.js';
import {
  type Chamber,
  type Consortium,
  isOpen,
  isRevoked,
  type Member,
  type Name,
  OTHERS,
  passTenDays,
  type Proposal,
  type Trade,
} from './plain.js';
import { Shown } from './shown.js';

const DAY = 86_400;
const TEN_DAYS = 10 * DAY + 60;
/** Trades that acts are drawn from; older ones rest. */
const RECENT = 2;
/** Share of the commands that are chosen among those which the model lets through. */
const FORWARD = 0.6;
/** How much likelier than others acts are chosen that bring a life on. */
const LIKELY: Readonly<Record<string, number>> = {
  ...{ confirm: 12, request: 10, offer: 14, agree: 16, disburse: 16, notify: 16, acknowledgeNotice: 16, pay: 12 },
  ...{
    acknowledgePayment: 16,
    demandRelease: 20,
    resolve: 8,
    callRecourse: 6,
    post: 0.5,
    settle: 10,
    markOverdue: 2,
    repurchase: 2,
    drop: 2,
  },
  ...{ suspend: 5, reinstate: 8, overrule: 24, vote: 24, execute: 40 },
};
/** What ends a life, or makes others wait: mostly passed over when it would be done. */
const HARMFUL = new Set(
  'dispute markOverdue withdraw decline drop release repurchase post addOperator revokeOperator'.split(' '),
);
const CHAMBERS: Readonly<Record<Name | (typeof OTHERS)[number], Chamber>> = {
  ...{ core: 0, 'supplier-1': 1, 'bank-a': 2, 'bank-b': 2 },
  ...{ 'core-2': 0, 'supplier-2': 1 },
};

/** Members that are suspended, overruled and given other keys, at real nodes beside the plain model of them. */
export class MembersWorld {
  /** How often each act was done and refused. */
  readonly tally = new Map<string, { done: number; refused: number }>();
  /** How often a suspended member finished something and was refused to begin, a revoked operator was refused, a lender overruled, an operator replaced. */
  readonly seen = { finished: 0, notBegun: 0, revoked: 0, overruled: 0, replaced: 0 };
  private readonly consortium: Consortium;
  private readonly story: Story;
  private readonly shown: Shown;
  private numbers = 0;

  /** `keys`: what lies in the members' key files, the next operator's among it. */
  constructor(
    private readonly nodes: TestNodes,
    private readonly random: Random,
    private readonly keys: Map<string, StoredKeys>,
  ) {
    this.story = new Story({ ...nodes, of: (name) => nodes.of(name), patienceMs: PATIENCE });
    const members = nodes.consortium.members.filter(({ name }) => name in CHAMBERS);
    const known = members.map(({ name, keys: own }): [string, Member] => {
      const operator = accountOf(own.operator);
      const signs = { operators: new Map([[operator, 'LIVE' as const]]), operator, next: this.nextOf(name) };
      return [name, { name, chamber: CHAMBERS[name as Name], active: true, votingSince: 0, ...signs }];
    });
    this.consortium = { members: new Map(known), trades: [], proposals: [], time: 0 };
    this.shown = new Shown(nodes, this.consortium);
  }

  /** One command of somebody. Throws, telling all of it, when the nodes do otherwise than the model. */
  async step(): Promise<void> {
    const { random, consortium } = this;
    const lively = consortium.trades.filter(isLively);
    if (lively.length < 2 && this.mayTrade()) return this.newTrade();
    const silent = lively.some(({ claim, demandedIn }) => claim.status === 'SETTLED' && demandedIn === consortium.time);
    if (silent && random.chance(0.1)) return this.passTime();
    if (await this.switches()) return;
    const trade = random.of(random.chance(0.85) && lively.length > 0 ? lively.slice(-RECENT) : consortium.trades);
    const situation = this.situation(trade);
    const chosen = random.chance(FORWARD) ? this.possible(situation) : this.refused(situation);
    if (!chosen) return this.step();
    const [name, step] = chosen;
    if (step.refusals.length === 0 && this.holdsUp(name, situation) && random.chance(0.8)) return this.step();
    const answer = await sendAsSaid(this.client(step.member), step);
    const done = answer.status === 201;
    const { done: d, refused: r } = this.tally.get(name) ?? { done: 0, refused: 0 };
    this.tally.set(name, { done: d + Number(done), refused: r + Number(!done) });
    this.notes(answer.body['code'], step);
    if (!done) return;
    if (DUTIES.has(name) && !consortium.members.get(step.member)!.active) this.seen.finished++;
    step.done(answer.body);
    await this.shown.indexed(answer.block);
    if (name === 'execute' && situation.proposal!.decision.kind === 'OVERRULE_LENDER') this.seen.overruled++;
    if (step.path.startsWith('/v1/proposals')) return this.decided(step.path === '/v1/proposals', situation.proposal);
    if (step.path.startsWith('/v1/keys')) return this.shown.members();
    if (name === 'post') return this.shown.order(String(answer.body['id']), situation.number);
    await this.shown.trade(trade, name === 'request' ? trade.claim.advances.at(-1) : situation.advance);
  }

  /** Looks at everything that ever was, once more, and at what the nodes could not take in of each other. */
  async checkAll(): Promise<void> {
    await this.shown.members();
    for (const trade of this.consortium.trades) {
      await this.shown.trade(trade);
      for (const advance of trade.claim.advances) await this.shown.advance(advance);
    }
    await this.shown.nothingSetAside();
  }

  private notes(code: unknown, { path }: Step): void {
    if (code === 'MEMBER_NOT_ACTIVE' && !path.startsWith('/v1/proposals')) this.seen.notBegun++;
    if (code === 'MEMBER_KEY_REVOKED' && !path.startsWith('/v1/keys')) this.seen.revoked++;
  }

  private situation(trade: Trade): Situation {
    const { random, consortium } = this;
    const { claim } = trade;
    const lien = lienOn(claim);
    const advances = [...claim.advances.filter((each) => each !== lien).slice(-2), ...(lien ? [lien, lien] : [])];
    const advance = advances.length > 0 ? random.of(advances) : undefined;
    const proposals = [random.chance(0.8) ? this.open() : [], consortium.proposals.slice(-3)].find(
      (each) => each.length > 0,
    );
    const proposal = proposals && random.of(proposals);
    const now = Date.now() + consortium.time * TEN_DAYS * 1000;
    const after = (days: number) => new Date(now + days * DAY * 1000).toISOString();
    const times = { expiresAt: after(2), repayBy: after(60).slice(0, 10) };
    return { consortium, trade, claim, advance, proposal, random, number: `PO-MORE-${++this.numbers}`, ...times };
  }

  private client(member: string): MemberClient {
    return this.nodes.of(member).client;
  }

  private nextOf(name: string): string {
    return accountOf(this.keys.get(name)?.next?.operator ?? Wallet.createRandom().privateKey);
  }

  /** The act that was refused least often so far, as it is refused: what is done comes by the other way. */
  private refused(situation: Situation): [string, Step] | undefined {
    const times = (name: string) => this.tally.get(name)?.refused ?? 0;
    for (const name of Object.keys(ACTS).sort((a, b) => times(a) - times(b))) {
      const steps = Array.from({ length: 20 }, () => ACTS[name]!(situation));
      const step = steps.find((each) => each && each.refusals.length > 0);
      if (step) return [name, step];
    }
    return undefined;
  }

  /** An act that the model lets through now, so that lives go on. */
  private possible(situation: Situation): [string, Step] | undefined {
    const steps = Object.entries(ACTS).map(([name, act]) => [name, act(situation)] as const);
    const open = steps.flatMap(([name, step]): [string, Step][] => (step?.refusals.length === 0 ? [[name, step]] : []));
    let left = this.random.next() * open.reduce((sum, [name]) => sum + (LIKELY[name] ?? 1), 0);
    return open.find(([name]) => (left -= LIKELY[name] ?? 1) <= 0);
  }

  /** What ends a life early, or is of no use now: mostly passed over when it would be done. */
  private holdsUp(name: string, { claim, trade, consortium }: Situation): boolean {
    if (name === 'request') return claim.advances.some(isRunning);
    if (name === 'pay') return !lienOn(claim)?.notified;
    if (name === 'overrule') return this.open().some(({ decision }) => decision.of === trade);
    if (name !== 'suspend' && name !== 'reinstate') return HARMFUL.has(name);
    const suspended = [...consortium.members.values()].filter(({ active }) => !active);
    return this.open().length > 0 || (name === 'suspend' && suspended.length > 1);
  }

  /** Proposals that may still come to something. */
  private open(): Proposal[] {
    return this.consortium.proposals.slice(-6).filter((proposal) => isOpen(this.consortium, proposal));
  }

  /** Whether buyer and supplier can begin something together. */
  private mayTrade(): boolean {
    return ['core', 'supplier-1'].every((name) => {
      const member = this.consortium.members.get(name)!;
      return member.active && !isRevoked(member);
    });
  }

  private async newTrade(): Promise<void> {
    const { trades, members } = this.consortium;
    const number = `PO-MEMBERS-${trades.length + 1}`;
    const order = await this.story.acceptedOrder(number);
    await this.story.receive(order, 90);
    const id = await this.story.issued(order, this.story.invoiceOf(number));
    const flags = { overdue: false, defaulted: false, repurchased: false, consented: null };
    const money = { covered: 9_675, payable: 10_750, confirmed: 0 };
    const lists = { payments: [], disputes: [], advances: [] };
    const claim = { id, number, status: 'ISSUED' as const, version: 0, ...flags, ...money, ...lists };
    trades.push({ claim, taggedBy: members.get('core')!.operator, tagged: false, demandedIn: null });
  }

  /** The lenders that were asked to release have been silent by then. */
  private async passTime(): Promise<void> {
    await this.nodes.passTime(TEN_DAYS);
    passTenDays(this.consortium);
    await this.shown.indexed(await this.head());
    for (const trade of this.consortium.trades.slice(-RECENT))
      await this.shown.trade(trade, trade.claim.advances.at(-1));
  }

  /**
   * A member whose next operator is listed now and then goes on with it, or lays another beside where that one is revoked already:
   * its node stops, and starts with the other keys.
   */
  private async switches(): Promise<boolean> {
    const ready = [...this.consortium.members.values()].find(({ operators, next }) => operators.has(next));
    if (!ready || !this.random.chance(isRevoked(ready) ? 0.3 : 0.1)) return false;
    const [own, live] = [this.keys.get(ready.name)!, ready.operators.get(ready.next) === 'LIVE'];
    const keys = prepare(live ? switchTo(own, 'operator') : discard(own, 'operator'), 'operator');
    this.keys.set(ready.name, keys);
    await this.nodes.restart(ready.name, keys);
    this.seen.replaced += Number(live);
    if (live) ready.operator = ready.next;
    ready.next = this.nextOf(ready.name);
    await this.shown.indexed(await this.head());
    return true;
  }

  /** A proposal that was just made has the approval of members without a node here at once. */
  private async decided(made: boolean, voted: Proposal | undefined): Promise<void> {
    const proposal = made ? this.consortium.proposals.at(-1)! : voted!;
    if (made) await this.approveElsewhere(proposal);
    await this.shown.proposal(proposal);
    if (proposal.status !== 'EXECUTED') return;
    await this.shown.members();
    const { kind, of } = proposal.decision;
    if (kind !== 'OVERRULE_LENDER') return;
    await this.shown.trade(
      of,
      of.claim.advances.findLast((each) => each.status === 'CLOSED'),
    );
  }

  private async approveElsewhere(proposal: Proposal): Promise<void> {
    const { anvil, consortium } = this.nodes;
    const { address: to } = consortium.deployment.contracts.MemberRegistry;
    const data = new Interface(loadArtifacts().MemberRegistry.abi).encodeFunctionData('vote', [proposal.id, true]);
    for (const name of OTHERS) {
      const wallet = new Wallet(consortium.members.find((each) => each.name === name)!.keys.operator);
      const nonce = Number(await rpc<string>(anvil.url, 'eth_getTransactionCount', [wallet.address, 'pending']));
      const transaction = { type: 0, chainId: anvil.chainId, nonce, gasLimit: 1_000_000n, gasPrice: 0n, to, data };
      await rpc(anvil.url, 'eth_sendRawTransaction', [await wallet.signTransaction(transaction)]);
      cast(this.consortium, proposal, name, true);
    }
    await this.shown.indexed(await this.head());
  }

  private async head(): Promise<number> {
    return Number(await rpc<string>(this.nodes.anvil.url, 'eth_blockNumber', []));
  }
}

const isRunning = ({ status }: Advance): boolean => ['REQUESTED', 'OFFERED', 'AGREED', 'DISBURSED'].includes(status);
const accountOf = (key: string): string => new Wallet(key).address.toLowerCase();
