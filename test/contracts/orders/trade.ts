import { ZeroHash } from 'ethers';
import { pass } from '../support/chain.js';
import { type Consortium, type TestMember, deployConsortium } from '../support/consortium.js';
import { type MemberPlan, CHAMBER, ROLE, bank, core, supplier } from '../support/plan.js';
import type { Registry, Sent } from '../support/registry.js';
import { decide, random32 } from '../support/votes.js';

/** Two of each chamber, so that any one can be suspended, and one who is both buyer and supplier. */
const PLAN: readonly MemberPlan[] = [
  core('buyer'),
  core('other-buyer'),
  supplier('supplier'),
  supplier('other-supplier'),
  bank('bank-a'),
  bank('bank-b'),
  { name: 'carrier', roles: ROLE.CARRIER, chamber: CHAMBER.NONE },
  { name: 'trader', roles: ROLE.CORE_ENTERPRISE | ROLE.SUPPLIER, chamber: CHAMBER.CORE_ENTERPRISES },
];

export const STATUS = {
  NONE: 0,
  POSTED: 1,
  ACCEPTED: 2,
  REJECTED: 3,
  WITHDRAWN: 4,
  EXPIRED: 5,
  CANCELLED: 6,
  COMPLETED: 7,
} as const;
export const MILESTONE = {
  PRODUCTION_STARTED: 1,
  PRODUCTION_COMPLETED: 2,
  DESPATCHED: 3,
  IN_TRANSIT: 4,
  DELIVERED: 5,
  RECEIVED: 6,
  INSPECTED: 7,
  RETURNED: 8,
} as const;

export const DAY = 86_400;

/** An order as `OrderRegistry.order` answers. */
export interface OrderRecord {
  buyer: number;
  supplier: number;
  status: number;
  proposals: number;
  encumbered: boolean;
  version: number;
  coverVersion: number;
  expiry: number;
  encumberedDescendants: number;
  entries: number;
}

export interface Posting {
  supplier: number;
  expiry: number;
  commitment: string;
  tag: string;
}

/** A consortium that trades: names for its parties, and orders in any state. */
export class Trade {
  private constructor(readonly consortium: Consortium) {}

  static async begin(): Promise<Trade> {
    return new Trade(await deployConsortium({ plan: PLAN }));
  }

  readonly reset = () => this.consortium.reset();

  get orders(): Registry {
    return this.consortium.registry('OrderRegistry');
  }
  get buyer(): TestMember {
    return this.consortium.member('buyer');
  }
  get supplier(): TestMember {
    return this.consortium.member('supplier');
  }
  get carrier(): TestMember {
    return this.consortium.member('carrier');
  }

  async now(): Promise<number> {
    const block = await this.consortium.chain.ethers.provider.getBlock('latest');
    return block!.timestamp;
  }

  pass = (seconds: number) => pass(this.consortium.chain, seconds);
  suspend = (member: TestMember) => decide(this.consortium, 'SUSPEND', member.id);
  revokeOperator = (member: TestMember) =>
    this.consortium.registry('MemberRegistry').send(member.admin, 'revokeOperator', member.operator.address, 0);

  async posting(over: Partial<Posting> = {}): Promise<Posting> {
    const expiry = (await this.now()) + 30 * DAY;
    return { supplier: this.supplier.id, expiry, commitment: random32(), tag: random32(), ...over };
  }

  async post(over: Partial<Posting> = {}, by = this.buyer): Promise<string> {
    const { supplier, commitment, tag, expiry } = await this.posting(over);
    return orderIn(await this.orders.send(by.operator, 'post', supplier, commitment, tag, expiry));
  }

  async accepted(over: Partial<Posting> = {}): Promise<string> {
    const order = await this.post(over);
    await this.orders.send(this.supplier.operator, 'accept', order);
    return order;
  }

  /** A framework contract, posted, and by default accepted. */
  async framework(over: Partial<Posting> & { accepted?: boolean } = {}): Promise<string> {
    const { supplier, commitment, tag, expiry } = await this.posting(over);
    const posted = await this.orders.send(this.buyer.operator, 'postFramework', supplier, commitment, tag, expiry);
    const framework = orderIn(posted);
    if (over.accepted ?? true) await this.orders.send(this.supplier.operator, 'accept', framework);
    return framework;
  }

  /** An order that calls off a framework contract. */
  async calledOff(framework: string): Promise<string> {
    const { commitment, tag, expiry } = await this.posting();
    return orderIn(await this.orders.send(this.buyer.operator, 'callOff', framework, commitment, tag, expiry));
  }

  order = (id: string) => this.orders.read<OrderRecord>('order', id);

  /** Both sides, the buyer first, ask for the same. */
  async both(act: 'cancel' | 'complete', order: string): Promise<void> {
    await this.orders.send(this.buyer.operator, act, order);
    await this.orders.send(this.supplier.operator, act, order);
  }

  record = (by: TestMember, order: string, kind: number, commitment = random32(), supersedes: string = ZeroHash) =>
    this.orders.send(by.operator, 'record', order, kind, commitment, supersedes);
}

export const orderIn = ({ events }: Sent) => events.find(({ name }) => name === 'OrderPosted')!.args['order'] as string;

export type OrderState = keyof typeof MAKE;

/** How an order of each state comes about; `LAPSED` is posted and past its expiry, `NONE` is an id that nobody posted. */
const MAKE = {
  NONE: async () => random32(),
  POSTED: (trade: Trade) => trade.post(),
  LAPSED: async (trade: Trade) => {
    const order = await trade.post({ expiry: (await trade.now()) + DAY });
    await trade.pass(2 * DAY);
    return order;
  },
  ACCEPTED: (trade: Trade) => trade.accepted(),
  REJECTED: async (trade: Trade) => {
    const order = await trade.post();
    await trade.orders.send(trade.supplier.operator, 'reject', order, random32());
    return order;
  },
  WITHDRAWN: async (trade: Trade) => {
    const order = await trade.post();
    await trade.orders.send(trade.buyer.operator, 'withdraw', order);
    return order;
  },
  EXPIRED: async (trade: Trade) => {
    const order = await MAKE.LAPSED(trade);
    await trade.orders.send(trade.buyer.operator, 'expire', order);
    return order;
  },
  CANCELLED: async (trade: Trade) => {
    const order = await trade.accepted();
    await trade.both('cancel', order);
    return order;
  },
  COMPLETED: async (trade: Trade) => {
    const order = await trade.accepted();
    await trade.both('complete', order);
    return order;
  },
};

export const ORDER_STATES = Object.keys(MAKE) as OrderState[];
export const orderThatIs = (state: OrderState, trade: Trade): Promise<string> => MAKE[state](trade);
