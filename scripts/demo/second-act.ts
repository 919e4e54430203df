import { fromMinorUnits, toMinorUnits } from '../../node/src/kernel/money.js';
import type { Json, MemberClient } from './client.js';
import { Ledger } from './ledger.js';
import type { Narrator } from './narrator.js';
import { brief, Stage } from './stage.js';

export interface SecondCast {
  readonly core: MemberClient;
  readonly supplier: MemberClient;
  readonly supplier2: MemberClient;
  readonly bankA: MemberClient;
  readonly bankB: MemberClient;
}

const CURRENCY = 'EUR';
const BUYER = { id: '9521000000018', scheme: '0088', name: 'Kestrel Turbines SE' };
const SELLER = { id: '9521000000025', scheme: '0088', name: 'Halden Castings AS' };
const LINE = { id: '1', item: 'RING', unit: 'C62' };

/** Ordered and invoiced 100, received 90: 1,194.43 of 1,327.15 is covered. */
const INVOICED = { amount: '1327.15', taxAmount: '92.59', lines: [{ ...LINE, quantity: 100, amount: '1234.56' }] };
const CONFIRMED = '1194.43';
const PARTS = { supplier2: '612.34', supplier: '582.09' };
const ADVANCES = { supplier2: '550.00', supplier: '520.00' };
const DISPUTED = '82.09';
const REST = '500.00';

/** One part: who held it, who financed it, and whom the debtor paid in the end. */
interface Entry {
  readonly part: string;
  readonly financing: string;
  readonly holder: MemberClient;
  readonly bank: MemberClient;
  readonly payee: MemberClient;
}

const money = (amount: string) => ({ amount, currency: CURRENCY });
const units = (amount: unknown): bigint => toMinorUnits(String((amount as Json)['amount']), CURRENCY);
const text = (amount: bigint): string => fromMinorUnits(amount, CURRENCY);
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/**
 * What trade is like: delivered in part, invoiced in full, confirmed for less, split to an upstream supplier, each part financed by
 * another bank, one paid, one disputed and bought back. Stops at the first step not as told, and where money is not conserved.
 */
export class SecondAct {
  private readonly ledger = new Ledger(CURRENCY);
  private readonly stage: Stage;

  constructor(
    private readonly cast: SecondCast,
    private readonly narrator: Narrator,
    private readonly run: string,
    /** Whether the upstream supplier accepts its part itself: its node has no standing rule. */
    private readonly partsByHand = false,
  ) {
    this.stage = new Stage(narrator);
  }

  async tell(): Promise<void> {
    const { supplier, supplier2, bankA, bankB } = this.cast;
    const whole = await this.confirmedForLess();
    const [upstream, own] = await this.split(whole);
    this.narrator.heading('Two parts, two banks');
    const paid = await this.financed(supplier2, bankB, upstream, ADVANCES.supplier2, false);
    const bought = await this.financed(supplier, bankA, own, ADVANCES.supplier, true);
    await this.paidInFull(upstream, paid);
    await this.boughtBack(own, bought);
    await this.closeTheBooks([
      { part: upstream, financing: paid, holder: supplier2, bank: bankB, payee: bankB },
      { part: own, financing: bought, holder: supplier, bank: bankA, payee: supplier },
    ]);
  }

  private async confirmedForLess(): Promise<string> {
    const { core, supplier } = this.cast;
    this.narrator.heading('Second act: delivered in part, invoiced in full');
    const number = `PO-2026-0043-${this.run}`;
    const order = { number, issueDate: day(0), currency: CURRENCY, buyer: BUYER, seller: SELLER, ...INVOICED };
    const posted = await this.stage.does(
      core,
      '/v1/orders?supplier=supplier-1',
      { document: order },
      'orders 100 rings',
    );
    const id = String(posted.body['id']);
    await this.stage.sees(supplier, `/v1/orders/${id}`, (body) => body['number'] === number);
    await this.stage.does(supplier, `/v1/orders/${id}/acceptance`, {}, 'accepts');
    const lines = [{ ...LINE, quantity: 90, orderLine: '1' }];
    await this.stage.sees(core, `/v1/orders/${id}`, (body) => body['status'] === 'ACCEPTED');
    const receipt = { issueDate: day(0), buyer: BUYER, seller: SELLER, lines };
    await this.stage.does(
      core,
      `/v1/orders/${id}/milestones`,
      { kind: 'RECEIVED', document: receipt },
      'received 90 of them',
    );
    const dates = { issueDate: day(0), dueDate: day(60) };
    const billed = INVOICED.lines.map((line) => ({ ...line, orderLine: '1' }));
    const parties = { payer: BUYER, payee: SELLER, orderNumber: number };
    const invoice = {
      number: `INV-2026-0108-${this.run}`,
      ...dates,
      ...parties,
      currency: CURRENCY,
      ...INVOICED,
      lines: billed,
    };
    const issued = await this.stage.does(
      supplier,
      `/v1/receivables?order=${id}`,
      { document: invoice },
      'invoices 100 all the same',
    );
    const receivable = String(issued.body['id']);
    await this.stage.sees(core, `/v1/receivables/${receivable}`, (body) => 'amount' in body);
    const path = `/v1/receivables/${receivable}/confirmation`;
    const facts = { exceedsBy: '132.72' };
    const seen = 'its node refuses: 132.72 more than was received';
    await this.stage.isRefused(core, path, {}, 'CONFIRMATION_EXCEEDS_COVER', facts, seen);
    await this.stage.does(core, path, { amount: CONFIRMED }, `confirms ${CONFIRMED}`);
    return receivable;
  }

  private async split(whole: string): Promise<[string, string]> {
    const { core, supplier, supplier2 } = this.cast;
    this.narrator.heading('A part of it pays the supplier’s supplier');
    await this.stage.sees(supplier, `/v1/receivables/${whole}`, (body) => 'confirmed' in body);
    const path = `/v1/receivables/${whole}/splits`;
    const more = await supplier.post(path, { parts: [{ holder: 'supplier-2', amount: '1194.44' }] });
    const by = ((more.body['facts'] ?? {}) as Json)['exceedsBy'];
    this.narrator.step(
      'supplier-1',
      `POST ${brief(path)}`,
      more,
      by === '0.01',
      'cannot split off 0.01 more than is owed',
    );
    await this.stage.does(
      supplier,
      path,
      { parts: [{ holder: 'supplier-2', amount: PARTS.supplier2 }] },
      `offers ${PARTS.supplier2} to supplier-2, keeps the rest`,
    );
    if (this.partsByHand) {
      const offered = `/v1/receivables/${whole}/acceptance`;
      await this.stage.retried(supplier2, offered, {}, 'takes the part that it is offered');
    }
    const seen = await this.stage.sees(supplier, `/v1/receivables/${whole}`, (body) => body['status'] === 'SPLIT');
    const parts = (seen.body['parts'] ?? []) as { id: string; amount: unknown }[];
    const sum = parts.reduce((total, { amount }) => total + units(amount), 0n);
    const exact = parts.length === 2 && text(sum) === CONFIRMED;
    this.narrator.step(
      'supplier-1',
      'GET /v1/receivables/{id}',
      seen,
      exact,
      `SPLIT: accepted, signed by the debtor, ${parts.map(({ amount }) => text(units(amount))).join(' + ')} = ${text(sum)}`,
    );
    const [upstream, own] = parts.map(({ id }) => id) as [string, string];
    await this.stage.sees(supplier2, `/v1/receivables/${upstream}`, (body) => 'confirmed' in body);
    const hidden = await supplier2.get(`/v1/receivables/${own}`);
    this.narrator.step(
      'supplier-2',
      'GET /v1/receivables/{id} (the other part)',
      hidden,
      hidden.status === 403,
      'sees its own part, and nothing of the other',
    );
    const debt = await core.get(`/v1/receivables/${upstream}`);
    this.narrator.step(
      'core',
      'GET /v1/receivables/{id}',
      debt,
      debt.body['holder'] === 'supplier-2',
      'knows whom it owes now',
    );
    return [upstream, own];
  }

  private async financed(
    holder: MemberClient,
    bank: MemberClient,
    receivable: string,
    advance: string,
    recourse: boolean,
  ): Promise<string> {
    const asked = { receivable, lender: bank.name, requested: money(advance) };
    const { body } = await this.stage.does(holder, '/v1/financings', asked, `asks ${bank.name} for ${advance}`);
    const path = `/v1/financings/${String(body['id'])}`;
    await this.stage.sees(bank, path, () => true);
    const verdict = await bank.get(`/v1/receivables/${receivable}/verification`);
    this.narrator.step(
      bank.name,
      'GET /v1/receivables/{id}/verification',
      verdict,
      verdict.body['valid'] === true,
      'VALID: the part’s lineage to what the debtor confirmed is proven',
    );
    const leaks = [CONFIRMED, INVOICED.amount].filter((amount) => JSON.stringify(verdict.body).includes(amount));
    this.narrator.step(
      bank.name,
      '(what it was shown)',
      verdict,
      leaks.length === 0,
      'without a price of the tier above',
    );
    const terms = {
      advance: money(advance),
      discountBps: 450,
      feeBps: 25,
      recourse,
      kind: 'ASSIGNMENT',
      expiresAt: inDays(2),
    };
    await this.stage.does(bank, `${path}/offer`, terms, `offers ${advance}${recourse ? ', with recourse' : ''}`);
    await this.stage.sees(holder, path, ({ status }) => status === 'OFFERED');
    await this.stage.does(holder, `${path}/agreement`, {}, 'agrees');
    await this.stage.sees(bank, path, ({ status }) => status === 'AGREED');
    await this.stage.does(bank, `${path}/disbursement`, { reference: `E2E-${bank.name}` }, `pays out ${advance}`);
    return path;
  }

  private async paidInFull(part: string, financing: string): Promise<void> {
    const { core, bankB } = this.cast;
    this.narrator.heading('One is paid in full');
    await this.stage.does(bankB, `${financing}/notice`, {}, 'gives the debtor notice');
    await this.stage.retried(
      core,
      `/v1/receivables/${part}/notice/acknowledgement`,
      {},
      'acknowledges it: pays the bank from now on',
    );
    const claimed = await this.stage.does(
      core,
      `/v1/receivables/${part}/payments`,
      { amount: PARTS.supplier2, reference: 'P-43-1', paidTo: 'bank-b' },
      `pays ${PARTS.supplier2} to bank-b`,
    );
    await this.stage.retried(
      bankB,
      `/v1/receivables/${part}/payments/${String(claimed.body['n'])}/acknowledgement`,
      {},
      'has it: the part is SETTLED',
    );
    const repaid = await this.stage.does(
      bankB,
      `${financing}/repayments`,
      { amount: PARTS.supplier2, reference: 'P-43-1' },
      'uses it: principal, discount, fees, reserve',
    );
    const applied = repaid.body['applied'] as Record<string, Json>;
    const sum = Object.values(applied).reduce((total, amount) => total + units(amount), 0n);
    const told = Object.entries(applied).map(([bucket, amount]) => `${bucket} ${text(units(amount))}`);
    this.narrator.step(
      'bank-b',
      '(waterfall)',
      repaid,
      text(sum) === PARTS.supplier2,
      `${told.join(' + ')} = ${text(sum)}`,
    );
    const held = units(applied['reserve']) + units(applied['unapplied']);
    await this.stage.does(
      bankB,
      `${financing}/release`,
      { reason: 'paid' },
      `releases it and pays the reserve out: ${text(held)}`,
    );
  }

  private async boughtBack(part: string, financing: string): Promise<void> {
    const { core, bankA } = this.cast;
    this.narrator.heading('The other is disputed and bought back');
    const dispute = { amount: DISPUTED, reason: 'eight rings out of tolerance' };
    const opened = await this.stage.does(core, `/v1/receivables/${part}/disputes`, dispute, `disputes ${DISPUTED}`);
    // Until the bank is shown by how much, all of the part counts as disputed.
    const short = await this.stage.sees(
      bankA,
      financing,
      ({ shortfall }) => shortfall !== null && units(shortfall) === 2000n,
    );
    const by = short.body['shortfall'] === null ? '' : text(units(short.body['shortfall']));
    this.narrator.step(
      'bank-a',
      'GET /v1/financings/{id}',
      short,
      by === '20.00',
      `is told: its advance exceeds the cover by ${by}`,
    );
    const price = units(short.body['owed']);
    const bought = await this.stage.does(
      bankA,
      `${financing}/repurchase`,
      { reference: 'BB-43' },
      `supplier-1 bought it back for ${text(price)}`,
    );
    this.narrator.step(
      'bank-a',
      '(encumbrance)',
      bought,
      (bought.body['encumbrance'] as Json)['state'] === 'NONE',
      'its claim has ended; the part lives on with its holder',
    );
    await this.creditedAndPaid(part, String(opened.body['n']));
  }

  /** The obligor gets the disputed amount credited, closes its dispute, and pays the rest to the holder. */
  private async creditedAndPaid(part: string, dispute: string): Promise<void> {
    const { core, supplier } = this.cast;
    const credit = {
      number: `CN-2026-0008-${this.run}`,
      issueDate: day(0),
      currency: CURRENCY,
      amount: DISPUTED,
      payer: BUYER,
      payee: SELLER,
      lines: [],
    };
    await this.stage.retried(
      supplier,
      `/v1/receivables/${part}/credit-notes`,
      { document: credit },
      `credits ${DISPUTED}`,
    );
    await this.stage.does(core, `/v1/receivables/${part}/disputes/${dispute}/resolution`, {}, 'closes the dispute');
    await this.stage.sees(
      core,
      `/v1/receivables/${part}`,
      (body) => (body['outstanding'] as Json | undefined)?.['amount'] === REST,
    );
    const claimed = await this.stage.does(
      core,
      `/v1/receivables/${part}/payments`,
      { amount: REST, reference: 'P-43-2' },
      `pays the other ${REST} to supplier-1`,
    );
    const settled = await this.stage.retried(
      supplier,
      `/v1/receivables/${part}/payments/${String(claimed.body['n'])}/acknowledgement`,
      {},
      'has it',
    );
    this.narrator.step('supplier-1', '(status)', settled, settled.body['settles'] === true, 'the part is SETTLED');
  }

  /** Rule 8: what the debtor owed was paid or credited, and what one node says was given another says was got. */
  private async closeTheBooks(entries: readonly Entry[]): Promise<void> {
    this.narrator.heading('The books, from what each node says');
    const { core } = this.cast;
    for (const { part, financing, holder, bank, payee } of entries) {
      this.ledger.gave(core.name, await this.paidOn(core, part));
      const told = (await bank.get(financing)).body;
      // What a bank was shown of the claim ended with its financing; what it was repaid is its own.
      this.ledger.got(payee.name, payee === bank ? repaidIn(told) : await this.paidOn(payee, part));
      const seen = await this.stage.sees(holder, financing, ({ applied, status }) => {
        return status === told['status'] && JSON.stringify(applied) === JSON.stringify(told['applied']);
      });
      this.ledger.gave(bank.name, advanceOf(told));
      this.ledger.got(holder.name, advanceOf(seen.body));
      if (payee === holder) {
        this.ledger.got(bank.name, repaidIn(told));
        this.ledger.gave(holder.name, repaidIn(seen.body));
      } else {
        this.ledger.gave(bank.name, backIn(told));
        this.ledger.got(holder.name, backIn(seen.body));
      }
    }
    for (const line of this.ledger.lines()) this.narrator.note(line);
    const paid = -this.ledger.balanceOf(core.name);
    const [owed, credited] = [CONFIRMED, DISPUTED].map((amount) => toMinorUnits(amount, CURRENCY)) as [bigint, bigint];
    const sum = `${text(paid)} paid + ${text(credited)} credited = ${text(owed)} confirmed`;
    this.narrator.check(paid + credited === owed, sum);
    this.narrator.check(this.ledger.total() === 0n, 'what was given is what was got, to the last cent');
  }

  private async paidOn(who: MemberClient, part: string): Promise<string> {
    const { body } = await who.get(`/v1/receivables/${part}/payments`);
    const counted = (body['items'] as Json[]).filter(({ status }) => status === 'ACKNOWLEDGED');
    return text(counted.reduce((sum, { amount }) => sum + units(amount), 0n));
  }
}

const day = (days: number): string => inDays(days).slice(0, 10);
const advanceOf = (financing: Json): string => text(units((financing['offer'] as Json)['advance']));
/** What its buckets took is what was repaid, the price of a buy-back among it. */
const repaidIn = ({ applied }: Json): string =>
  text(Object.values(applied as Json).reduce<bigint>((sum, amount) => sum + units(amount), 0n));
/** What the bank got beyond its own, which is the holder's. */
const backIn = ({ applied }: Json): string => {
  const { reserve, unapplied } = applied as Json;
  return text(units(reserve) + units(unapplied));
};
