import type { Answer, Json, MemberClient } from '../../../../scripts/demo/client.js';
import { rpc } from '../../../../scripts/embedded/rpc.js';
import { eventually } from '../../../../test/support/eventually.js';

const BUYER = { id: '9521000000018', scheme: '0088', name: 'Kestrel Turbines SE' };
const SELLER = { id: '9521000000025', scheme: '0088', name: 'Halden Castings AS' };
const LINE = { id: '1', item: 'RING', unit: 'C62' };

/** When invoices are due, unless a test says otherwise: months ahead, whatever day it is. */
export const DUE = new Date(Date.now() + 76 * 86_400_000).toISOString().slice(0, 10);

/** Figures of one trade; by default ordered and invoiced 100, received 90, payable 107.50. */
export interface Trade {
  readonly number: string;
  readonly received?: number;
  readonly invoice?: Json;
}

/** Members' nodes on one chain, wherever they run. */
export interface Desks {
  of(name: string): { readonly client: MemberClient };
  readonly anvil: { readonly url: string };
  /** How long (ms) what one node did may take to show at another; a minute by default. */
  readonly patienceMs?: number;
}

/** The members' desks, `supplier` being who holds claims, and the steps that tests repeat. Each step throws unless it is answered as it should be. */
export class Story {
  readonly core: MemberClient;
  readonly supplier: MemberClient;

  constructor(
    private readonly nodes: Desks,
    supplier = 'supplier-1',
  ) {
    this.core = nodes.of('core').client;
    this.supplier = nodes.of(supplier).client;
  }

  bank(name: string): MemberClient {
    return this.nodes.of(name).client;
  }

  /** An order that the supplier has accepted; `repeat` posts its number once more. */
  async acceptedOrder(
    number: string,
    {
      repeat = false,
      lines = [{ ...LINE, quantity: 100, amount: '100.00' }],
    }: { repeat?: boolean; lines?: Json[] } = {},
  ): Promise<string> {
    const document = {
      number,
      issueDate: '2026-11-01',
      currency: 'GBP',
      amount: '107.50',
      buyer: BUYER,
      seller: SELLER,
      lines,
    };
    const posted = made(await this.core.post(`/v1/orders?supplier=supplier-1&repeat=${repeat}`, { document }));
    const id = String(posted['id']);
    await this.arrives(
      () => this.supplier.get(`/v1/orders/${id}`),
      ({ number }) => number !== null,
    );
    made(await this.supplier.post(`/v1/orders/${id}/acceptance`));
    await this.arrives(
      () => this.core.get(`/v1/orders/${id}`),
      ({ status }) => status === 'ACCEPTED',
    );
    return id;
  }

  /** The buyer reports what came, or what it gave back. */
  receive(order: string, quantity: number, kind: 'RECEIVED' | 'RETURNED' = 'RECEIVED'): Promise<string> {
    return this.record(order, [{ ...LINE, quantity, orderLine: '1' }], kind);
  }

  /** The same of several lines. */
  async record(order: string, lines: Json[], kind: 'RECEIVED' | 'RETURNED' = 'RECEIVED'): Promise<string> {
    const document = { issueDate: '2026-11-10', buyer: BUYER, seller: SELLER, lines };
    return String(made(await this.core.post(`/v1/orders/${order}/milestones`, { kind, document }))['id']);
  }

  /** What an invoice on an order says; `more` overrides. */
  invoiceOf(number: string, more: Json = {}): Json {
    const lines = [{ ...LINE, quantity: 100, amount: '100.00', orderLine: '1' }];
    const money = { currency: 'GBP', amount: '107.50', taxAmount: '7.50' };
    const dates = { issueDate: '2026-11-12', dueDate: DUE };
    return {
      number: `INV-${number}`,
      ...dates,
      ...money,
      payer: BUYER,
      payee: SELLER,
      orderNumber: number,
      lines,
      ...more,
    };
  }

  /** Until the supplier has the documents of all that its index has of an order's log: they come after the entries, by letter. */
  async documented(order: string): Promise<void> {
    await this.arrives(
      () => this.supplier.get(`/v1/orders/${order}/milestones`),
      ({ items }) => (items as Json[]).every(({ document }) => document !== null),
    );
  }

  /** A receivable of which the obligor has the invoice; it may replace another over the same. */
  async issued(order: string, document: Json, replaces?: string): Promise<string> {
    const query = replaces === undefined ? '' : `&replaces=${replaces}`;
    const issued = made(await this.supplier.post(`/v1/receivables?order=${order}${query}`, { document }));
    const id = String(issued['id']);
    await this.arrives(
      () => this.core.get(`/v1/receivables/${id}`),
      ({ amount }) => amount !== undefined,
    );
    return id;
  }

  /** A confirmed receivable of which the supplier has the confirmation, and the receipt. */
  async confirmed({ number, received = 90, invoice = {} }: Trade, terms: Json = { amount: '96.75' }): Promise<string> {
    const order = await this.acceptedOrder(number);
    await this.receive(order, received);
    const id = await this.confirm(await this.issued(order, this.invoiceOf(number, invoice)), terms);
    await this.documented(order);
    return id;
  }

  async confirm(id: string, terms: Json): Promise<string> {
    made(await this.core.post(`/v1/receivables/${id}/confirmation`, terms));
    await this.arrives(
      () => this.supplier.get(`/v1/receivables/${id}`),
      ({ confirmed }) => confirmed !== undefined,
    );
    return id;
  }

  /** A request that has reached its lender. */
  async requested(bank: string, claim: { receivable: string } | { order: string }, amount = '80.00'): Promise<string> {
    const body = { ...claim, lender: bank, requested: { amount, currency: 'GBP' } };
    const id = String(made(await this.supplier.post('/v1/financings', body))['id']);
    await this.arrives(
      () => this.bank(bank).get(`/v1/financings/${id}`),
      () => true,
    );
    return id;
  }

  /** An offer that has reached the holder. */
  async offered(bank: string, financing: string, more: Json = {}): Promise<Json> {
    const offer = made(await this.bank(bank).post(`/v1/financings/${financing}/offer`, await this.terms(more)));
    await this.arrives(
      () => this.supplier.get(`/v1/financings/${financing}`),
      ({ status }) => status === 'OFFERED',
    );
    return offer;
  }

  /** Terms of an offer that stands for two days of the chain's time. */
  async terms(more: Json = {}): Promise<Json> {
    const now = await this.now();
    return {
      advance: { amount: '80.00', currency: 'GBP' },
      ...{ discountBps: 450, feeBps: 100, recourse: false, kind: 'ASSIGNMENT' },
      expiresAt: new Date((now + 2 * 86_400) * 1000).toISOString(),
      ...more,
    };
  }

  /** An assigned claim, seen as such by both sides. */
  async disbursed(bank: string, financing: string): Promise<void> {
    made(await this.supplier.post(`/v1/financings/${financing}/agreement`));
    const atBank = () => this.bank(bank).get(`/v1/financings/${financing}`);
    await this.arrives(atBank, ({ status }) => status === 'AGREED');
    made(await this.bank(bank).post(`/v1/financings/${financing}/disbursement`, { reference: 'E2E-1' }));
    await this.arrives(
      () => this.supplier.get(`/v1/financings/${financing}`),
      ({ status }) => status === 'DISBURSED',
    );
  }

  /** As {@link arrives}, as patient as these desks are. */
  arrives(read: () => Promise<Answer>, wanted: (body: Json) => boolean): Promise<Json> {
    return arrives(read, wanted, this.nodes.patienceMs);
  }

  /** Block time of the chain's head. */
  async now(): Promise<number> {
    const block = await rpc<{ timestamp: string }>(this.nodes.anvil.url, 'eth_getBlockByNumber', ['latest', false]);
    return Number(block.timestamp);
  }
}

/** The resource of a write that was done. Throws, showing the answer, for any other. */
export function made({ status, body }: Answer): Json {
  if (status === 201) return body;
  throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
}

/** What a read comes to show. Throws, showing the last answer, when it does not in time. */
export async function arrives(
  read: () => Promise<Answer>,
  wanted: (body: Json) => boolean,
  ms?: number,
): Promise<Json> {
  return (await eventually(read, ({ status, body }) => status === 200 && wanted(body), ms)).body;
}
