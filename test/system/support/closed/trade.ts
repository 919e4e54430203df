import { arrives, made } from '../../../../node/src/financing/testing/story.js';
import type { Json, MemberClient } from '../../../../scripts/demo/client.js';
import type { RunningConsortium } from '../../../support/running-consortium.js';

/** What is said in this trade and in no other; all of it is closed to whoever was granted nothing. */
export const CLOSED = {
  number: 'ZQ-77-OYSTER',
  invoice: 'ZQ-INV-9931',
  amount: '73219.46',
  quantity: '7351.25',
  item: 'QUILLWORT-9',
  name: 'Quillwort sleeve, forged',
  requested: '61234.51',
  advance: '60007.93',
  reference: 'QX-DISB-5527',
  declined: 'Quota of the quarter is used up, ZQ',
};

const [BUYER, SELLER] = [
  { id: '9521000000018', scheme: '0088', name: 'Kestrel Turbines SE' },
  { id: '9521000000025', scheme: '0088', name: 'Halden Castings AS' },
];
const MONEY = { currency: 'EUR', amount: CLOSED.amount };
const LINE = { id: '1', item: CLOSED.item, name: CLOSED.name, quantity: CLOSED.quantity, unit: 'C62' };
const PRICED = { ...LINE, amount: CLOSED.amount };

/** A trade between core and supplier-1 that bank-a sees and finances. */
export class ClosedTrade {
  readonly core: MemberClient;
  readonly supplier: MemberClient;
  readonly bank: MemberClient;

  constructor(private readonly consortium: RunningConsortium) {
    this.core = consortium.member('core');
    this.supplier = consortium.member('supplier-1');
    this.bank = consortium.member('bank-a');
  }

  /** An order that the supplier has accepted. */
  async order(): Promise<string> {
    const head = { number: CLOSED.number, issueDate: '2026-11-03', buyer: BUYER, seller: SELLER };
    const document = { ...head, ...MONEY, lines: [PRICED] };
    const id = String(made(await this.core.post('/v1/orders?supplier=supplier-1', { document }))['id']);
    await arrives(
      () => this.supplier.get(`/v1/orders/${id}`),
      ({ number }) => number !== null,
    );
    made(await this.supplier.post(`/v1/orders/${id}/acceptance`));
    return id;
  }

  /** Three fields of the order for bank-a, which has received them. */
  async grant(order: string): Promise<string> {
    const fields = ['/amount', '/currency', '/lines/*/quantity'];
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const terms = { grantee: 'bank-a', resource: { order }, fields, purpose: 'CREDIT_DECISION', until };
    const id = String(made(await this.supplier.post('/v1/grants', terms))['id']);
    await this.atBank(`/v1/grants/${id}`);
    return id;
  }

  /** A receivable that the buyer has confirmed. */
  async receivable(order: string): Promise<string> {
    const receipt = { issueDate: '2026-11-10', buyer: BUYER, seller: SELLER, lines: [{ ...LINE, orderLine: '1' }] };
    made(await this.core.post(`/v1/orders/${order}/milestones`, { kind: 'RECEIVED', document: receipt }));
    const document: Json = {
      ...{ number: CLOSED.invoice, issueDate: '2026-11-12', dueDate: '2027-02-10', ...MONEY },
      ...{ payer: BUYER, payee: SELLER, orderNumber: CLOSED.number, lines: [{ ...PRICED, orderLine: '1' }] },
    };
    const id = String(made(await this.supplier.post(`/v1/receivables?order=${order}`, { document }))['id']);
    await arrives(
      () => this.core.get(`/v1/receivables/${id}`),
      ({ amount }) => amount !== undefined,
    );
    made(await this.core.post(`/v1/receivables/${id}/confirmation`, {}));
    await arrives(
      () => this.supplier.get(`/v1/receivables/${id}`),
      ({ confirmed }) => confirmed !== undefined,
    );
    return id;
  }

  /** bank-a is asked, and declines. */
  async declined(receivable: string): Promise<string> {
    const id = await this.asked(receivable);
    made(await this.bank.post(`/v1/financings/${id}/decline`, { reason: CLOSED.declined }));
    await arrives(
      () => this.supplier.get(`/v1/financings/${id}`),
      ({ status }) => status === 'DECLINED',
    );
    return id;
  }

  /** bank-a finances it: asked, offered, agreed, disbursed. */
  async financing(receivable: string): Promise<string> {
    const id = await this.asked(receivable);
    const terms = { discountBps: 437, recourse: false, kind: 'ASSIGNMENT' };
    const expiresAt = new Date(Date.now() + 172_800_000).toISOString();
    const advance = { amount: CLOSED.advance, currency: 'EUR' };
    made(await this.bank.post(`/v1/financings/${id}/offer`, { advance, ...terms, expiresAt }));
    const atSupplier = (status: string) =>
      arrives(
        () => this.supplier.get(`/v1/financings/${id}`),
        (body) => body['status'] === status,
      );
    await atSupplier('OFFERED');
    made(await this.supplier.post(`/v1/financings/${id}/agreement`));
    await this.atBank(`/v1/financings/${id}`, 'AGREED');
    made(await this.bank.post(`/v1/financings/${id}/disbursement`, { reference: CLOSED.reference }));
    await atSupplier('DISBURSED');
    return id;
  }

  private async asked(receivable: string): Promise<string> {
    const requested = { amount: CLOSED.requested, currency: 'EUR' };
    const asked = await this.supplier.post('/v1/financings', { receivable, lender: 'bank-a', requested });
    const id = String(made(asked)['id']);
    await this.atBank(`/v1/financings/${id}`);
    return id;
  }

  /** The resource once bank-a has it. */
  atBank(path: string, status?: string): Promise<Json> {
    return arrives(
      () => this.bank.get(path),
      (body) => status === undefined || body['status'] === status,
    );
  }

  /** A client of another member. */
  member(name: string): MemberClient {
    return this.consortium.member(name);
  }
}
