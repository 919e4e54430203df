import { type Answer, type Json, type MemberClient } from '../../scripts/demo/client.js';
import { arrives, made, Story } from '../../node/src/financing/testing/story.js';
import type { TestNodes } from '../support/nodes.js';
import type { Random } from '../chaos/random.js';
import { ACTS, type Situation } from './acts.js';
import { PATIENCE, sendAsSaid } from './send.js';
import { type Advance, type Claim, encumbranceOf, owedOn, statusOf, text } from './plain.js';

export const MEMBERS = ['core', 'supplier-1', 'bank-a', 'bank-b'] as const;

/** Claims that acts are drawn from; older ones rest. */
const RECENT = 5;

/** Share of the commands that are chosen among those which the model lets through. */
const FORWARD = 0.12;

/** How much likelier than others acts are chosen that bring a life on. */
const LIKELY: Readonly<Record<string, number>> = {
  ...{
    confirm: 8,
    offer: 10,
    agree: 12,
    disburse: 12,
    notify: 3,
    acknowledgeNotice: 6,
    acknowledgePayment: 4,
    settle: 6,
  },
  ...{ resolve: 6, callRecourse: 6, repurchase: 2, writeOff: 3, demandRelease: 6, release: 0.5, markOverdue: 0.7 },
  ...{ dispute: 0.4, consentToVoid: 0.2, voidClaim: 1, withdraw: 0.2, decline: 0.2, drop: 1 },
};

/** What keeps a life from what comes later, or ends it: mostly passed over when it would be done. */
const HARMFUL = new Set([
  'pay',
  'withdrawPayment',
  'dispute',
  'markOverdue',
  'consentToVoid',
  'voidClaim',
  'withdraw',
  'decline',
  'drop',
  'release',
]);

/** Real nodes beside the plain model of what they should do. */
export class World {
  readonly claims: Claim[] = [];
  /** How often each act was done and refused. */
  readonly tally = new Map<string, { done: number; refused: number }>();
  /** What was done to each claim, to be told when something does not go as the model says. */
  private readonly done = new Map<Claim, string[]>();
  private readonly story: Story;

  constructor(
    private readonly nodes: TestNodes,
    private readonly random: Random,
  ) {
    this.story = new Story({ ...nodes, of: (name) => nodes.of(name), patienceMs: PATIENCE });
  }

  client(member: string): MemberClient {
    return this.nodes.of(member).client;
  }

  /** One command of somebody. Throws, telling all of it, when the nodes do otherwise than the model. */
  async step(): Promise<void> {
    const live = this.claims.filter(({ status }) => status === 'ISSUED' || status === 'CONFIRMED');
    if (live.length < 2 || this.random.chance(0.003)) return this.newClaim();
    const claim = this.random.of(this.random.chance(0.8) ? live.slice(-RECENT) : this.claims.slice(-RECENT));
    const wanted = claim.status === 'CONFIRMED' && !claim.advances.some(isOpen);
    if (this.random.chance(wanted ? 0.1 : 0.01)) return this.newAdvance(claim);
    const advance = claim.advances.length > 0 ? this.random.of(claim.advances.slice(-3)) : undefined;
    const expiresAt = new Date(Date.now() + 2 * 86_400_000).toISOString();
    const situation = { claim, advance, random: this.random, expiresAt };
    const name = this.random.chance(FORWARD) ? this.possible(situation) : this.random.of(Object.keys(ACTS));
    const step = ACTS[name]!(situation);
    if (!step || (step.refusals.length === 0 && HARMFUL.has(name) && this.random.chance(0.8))) return this.step();
    await this.afterAll(claim, async () => {
      const answer = await sendAsSaid(this.client(step.member), step);
      const done = answer.status === 201;
      this.count(name, done);
      if (!done) return;
      this.note(claim, `${name} by ${step.member}${advance ? `, ${advance.id} of ${advance.bank}` : ''}`);
      step.done(answer.body);
      await this.settled(answer, advance);
      await this.check(claim, step.member);
    });
  }

  /** What each claim and advance shows at each node that may see it is what the model says; money is conserved. */
  async checkAll(): Promise<void> {
    for (const claim of this.claims) {
      for (const member of ['core', 'supplier-1']) await this.check(claim, member);
      for (const advance of claim.advances) await this.checkAdvance(advance);
    }
  }

  /** An act that the model would let through now, so that lives go on. */
  private possible(situation: Situation): string {
    const names = Object.keys(ACTS);
    const open = names.filter((name) => ACTS[name]!(situation)?.refusals.length === 0);
    let left = this.random.next() * open.reduce((sum, name) => sum + (LIKELY[name] ?? 1), 0);
    return open.find((name) => (left -= LIKELY[name] ?? 1) <= 0) ?? this.random.of(names);
  }

  private note(claim: Claim, what: string): void {
    this.done.set(claim, [...(this.done.get(claim) ?? []), what]);
  }

  private async afterAll(claim: Claim, run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      throw new Error([(error as Error).message, 'after', ...(this.done.get(claim) ?? [])].join('\n'), {
        cause: error,
      });
    }
  }

  private count(name: string, done: boolean): void {
    const { done: d, refused: r } = this.tally.get(name) ?? { done: 0, refused: 0 };
    this.tally.set(name, { done: d + Number(done), refused: r + Number(!done) });
  }

  /** Until each node has indexed what was done, and both sides say the same of the advance that it was about. */
  private async settled({ block }: Answer, advance?: Advance): Promise<void> {
    await Promise.all(MEMBERS.map((member) => this.client(member).get('/v1/registry/receivables?limit=1', block)));
    if (!advance) return;
    for (const member of ['supplier-1', advance.bank]) {
      await arrives(
        () => this.client(member).get(`/v1/financings/${advance.id}`),
        ({ status }) => status === statusOf(advance),
        PATIENCE,
      );
    }
  }

  private async check(claim: Claim, member: string): Promise<void> {
    const { status, body } = await this.client(member).get(`/v1/receivables/${claim.id}`);
    // Whose claim it is sees it, whatever became of it; a bank that it was not shown does not.
    if (status !== 200 && member !== 'core' && member !== 'supplier-1') return;
    same(`claim ${claim.id} at ${member}`, status, 200);
    const marks = [claim.overdue && 'OVERDUE', claim.defaulted && 'DEFAULTED', claim.repurchased && 'REPURCHASED'];
    const expected = {
      status: claim.status,
      encumbrance: encumbranceOf(claim),
      marks: marks.filter(Boolean),
      openDisputes: claim.disputes.filter(({ open }) => open).length,
    };
    const found = {
      status: body['status'],
      encumbrance: (body['encumbrance'] as Json)['state'],
      marks: (body['marks'] as string[]).filter((mark) => !['DISPUTED', 'DILUTED'].includes(mark)),
      openDisputes: body['openDisputes'],
    };
    same(`claim ${claim.id} at ${member}`, found, expected);
    if (member !== 'core' || !['CONFIRMED', 'SETTLED'].includes(claim.status)) return;
    same(`owed on ${claim.id}`, (body['outstanding'] as Json)['amount'], text(owedOn(claim)));
  }

  /** Both sides say the same of it, and each penny that came back is in one of five places (rule 8). */
  private async checkAdvance(advance: Advance): Promise<void> {
    const { status } = advance;
    const views = await Promise.all(
      ['supplier-1', advance.bank].map((member) =>
        arrives(
          () => this.client(member).get(`/v1/financings/${advance.id}`),
          (body) => body['status'] === statusOf(advance) && (status !== 'REPURCHASED' || repurchased(body)),
          PATIENCE,
        ),
      ),
    );
    const [holder, lender] = views;
    if (lender!['applied'] === null) return;
    same(`money of ${advance.id}`, holder!['applied'], lender!['applied']);
    same(`due on ${advance.id}`, holder!['due'], lender!['due']);
    const applied = Object.values(lender!['applied'] as Record<string, Json>).map(({ amount }) => minor(amount));
    const back = (lender!['repayments'] as Json[]).map(({ amount }) => minor((amount as Json)['amount']));
    if (lender!['repurchased']) back.push(minor(((lender!['repurchased'] as Json)['amount'] as Json)['amount']));
    same(`what came back of ${advance.id}`, String(total(applied)), String(total(back)));
  }

  private async newClaim(): Promise<void> {
    const number = `PO-LIFE-${this.claims.length + 1}`;
    const received = this.random.of([40, 90, 100]);
    const order = await this.story.acceptedOrder(number);
    await this.story.receive(order, received);
    const id = await this.story.issued(order, this.story.invoiceOf(number));
    // An invoice backs one receivable (rule 2).
    const again = await this.client('supplier-1').post(`/v1/receivables?order=${order}`, {
      document: this.story.invoiceOf(number),
    });
    same('the same invoice', again.body['code'], 'INVOICE_ALREADY_ISSUED');
    const flags = { overdue: false, defaulted: false, repurchased: false };
    const lists = { payments: [], disputes: [], advances: [] };
    const covered = Math.floor((10_750 * received) / 100);
    const money = { covered, payable: 10_750, confirmed: 0 };
    this.claims.push({ id, number, status: 'ISSUED', version: 0, consented: null, ...money, ...flags, ...lists });
    await this.settled({ block: await this.head() } as Answer);
  }

  private async newAdvance(claim: Claim): Promise<void> {
    const bank = this.random.of(['bank-a', 'bank-b']);
    const requested = { amount: '30.00', currency: 'GBP' };
    const body = { receivable: claim.id, lender: bank, requested };
    const refusals = claim.status === 'CONFIRMED' ? [] : ['RECEIVABLE_NOT_CONFIRMED', 'CONFIRMATION_NOT_SHOWN'];
    const step = { member: 'supplier-1', path: '/v1/financings', body, refusals, done: () => {} };
    const answer = await sendAsSaid(this.client(step.member), step);
    this.count('request', answer.status === 201);
    if (answer.status !== 201) return;
    const terms = { recourse: this.random.chance(0.7), kind: this.random.of(['PLEDGE', 'ASSIGNMENT'] as const) };
    const marks = { noticed: false, notified: false, called: false, contested: false, demanded: false };
    const money = { amount: 3_000, due: 0, repaid: 0, offeredAt: -1 };
    const advance: Advance = {
      id: String(made(answer)['id']),
      bank,
      claim,
      status: 'REQUESTED',
      ...terms,
      ...marks,
      ...money,
    };
    claim.advances.push(advance);
    this.note(claim, `request of ${bank}: ${advance.id}`);
    await this.settled(answer, advance);
  }

  private async head(): Promise<number> {
    return (await this.client('supplier-1').get('/v1/members')).block;
  }
}

const isOpen = ({ status }: Advance): boolean => ['REQUESTED', 'OFFERED', 'AGREED', 'DISBURSED'].includes(status);
const repurchased = (body: Json): boolean => Boolean((body['repurchased'] as Json | null)?.['amount']);
const minor = (amount: unknown): bigint => BigInt(String(amount).replace('.', ''));
const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, each) => sum + each, 0n);

function same(what: string, found: unknown, expected: unknown): void {
  if (JSON.stringify(found) === JSON.stringify(expected)) return;
  throw new Error(`${what}: ${JSON.stringify(found)}, but the model says ${JSON.stringify(expected)}`);
}
