import { AbiCoder, TypedDataEncoder, concat, id, keccak256 } from 'ethers';
import { DAY, Trade } from '../orders/trade.js';
import type { Signer } from '../support/chain.js';
import type { TestMember } from '../support/consortium.js';
import type { Registry, Sent } from '../support/registry.js';
import { random32 } from '../support/votes.js';

export const RECEIVABLE = {
  NONE: 0,
  ISSUED: 1,
  CONFIRMED: 2,
  SETTLED: 3,
  SPLIT: 4,
  WRITTEN_OFF: 5,
  VOID: 6,
} as const;
export const ENCUMBRANCE = { NONE: 0, RESERVED: 1, PLEDGED: 2, ASSIGNED: 3, NOTIFIED: 4 } as const;
export const KIND = { PLEDGE: 1, ASSIGNMENT: 2 } as const;
export const NOBODY = '0x0000000000000000000000000000000000000000';

export type Act = 'RESERVE' | 'YIELD' | 'CHANGE' | 'VOID' | 'SETTLE' | 'ROLL_OVER' | 'SPLIT' | 'ACCEPT' | 'WRITE_OFF';

export interface SignedConsent {
  signer: string;
  nonce: string;
  deadline: number;
  coverVersion: number;
  signature: string;
}
export interface LenderConsent {
  object: string;
  consent: SignedConsent;
}
export interface OrderTag {
  order: string;
  tags: string[];
  buyerAccount: string;
  buyerSignature: string;
}
export interface Reservation {
  object: string;
  lender: string;
  kind: number;
  disburseBy: number;
  terms: string;
  orderTags: OrderTag[];
}
export interface ReceivableRecord {
  obligor: number;
  supplier: number;
  status: number;
  scope: number;
  everEncumbered: boolean;
  openDisputes: number;
  coverVersion: number;
  entries: number;
  marks: number;
  instalment: number;
  instalments: number;
  holder: string;
  commitment: string;
  head: string;
}

/** EIP-712 type of a consent. */
export const CONSENT = {
  Consent: [
    { name: 'object', type: 'bytes32' },
    { name: 'act', type: 'bytes32' },
    { name: 'details', type: 'bytes32' },
    { name: 'nonce', type: 'bytes32' },
    { name: 'deadline', type: 'uint64' },
    { name: 'coverVersion', type: 'uint64' },
  ],
};
const ORDER_TAG = {
  OrderTag: [
    { name: 'order', type: 'bytes32' },
    { name: 'tags', type: 'bytes32[]' },
  ],
};

export const hash = (types: string[], values: unknown[]) => keccak256(AbiCoder.defaultAbiCoder().encode(types, values));

/** What holder and lender sign as details of a reservation. */
export function detailsOf({ lender, kind, disburseBy, terms, orderTags }: Reservation): string {
  const tags = orderTags.map(({ order, tags }) => TypedDataEncoder.hashStruct('OrderTag', ORDER_TAG, { order, tags }));
  const tagsHash = keccak256(concat(tags));
  return hash(['address', 'uint8', 'uint40', 'bytes32', 'bytes32'], [lender, kind, disburseBy, terms, tagsHash]);
}

/** An agreement ready to be sent: the arguments of `reserve`. */
export type Agreement = readonly [Reservation, SignedConsent, SignedConsent, LenderConsent[]];

/** Who encumbers what at this desk: the accounts behind the signatures. */
export interface Parties {
  /** Holder's account; by default the one that the receivable was issued to, or the supplier's operator for an order. */
  readonly holder?: Signer;
  /** Lender's one-time account; a new one by default. */
  readonly lender?: Signer;
  /** Lenders that yield, by the object that each has encumbered. */
  readonly first?: ReadonlyMap<string, Signer>;
}

export interface Part {
  holder: string;
  commitment: string;
}

/** The arguments of `split`. */
export type Splitting = readonly [string, Part[], SignedConsent, SignedConsent, SignedConsent[], LenderConsent[]];

/** Who signs a split, where it is not who should. */
export interface SplitOver {
  readonly holders?: Signer[];
  readonly holder?: Signer;
  readonly obligor?: Signer;
  /** Lenders of encumbered orders, by the order. */
  readonly first?: ReadonlyMap<string, Signer>;
}

/** Receivables on top of trade, with the signatures that they need. */
export class Desk {
  private readonly holders = new Map<string, Signer>();
  private readonly lenders = new Map<string, Signer>();

  private constructor(readonly trade: Trade) {}

  static async open(): Promise<Desk> {
    return new Desk(await Trade.begin());
  }

  readonly reset = () => this.trade.reset();
  get receivables(): Registry {
    return this.trade.consortium.registry('ReceivableRegistry');
  }
  get buyer(): TestMember {
    return this.trade.buyer;
  }
  get supplier(): TestMember {
    return this.trade.supplier;
  }
  stranger = () => this.trade.consortium.stranger();

  /** Issues a receivable to a new one-time account, born from a new order unless `orders` are given. */
  async issued(orders?: string[], holder = this.stranger()): Promise<string> {
    const from = orders ?? [await this.trade.accepted()];
    const args = [from.toSorted(), random32(), holder.address, random32()] as const;
    const receivable = receivableIn(await this.receivables.send(this.supplier.operator, 'issue', ...args));
    this.holders.set(receivable, holder);
    return receivable;
  }

  confirm = (receivable: string, fingerprints = [random32()], scope = 0, [instalment, instalments] = [1, 1]) =>
    this.receivables.send(
      this.buyer.operator,
      'confirm',
      ...[receivable, random32(), scope, instalment, instalments, fingerprints],
    );

  async confirmed(orders?: string[]): Promise<string> {
    const receivable = await this.issued(orders);
    await this.confirm(receivable);
    return receivable;
  }

  holderOf = (receivable: string): Signer => this.holders.get(receivable)!;
  lenderOf = (object: string): Signer => this.lenders.get(object)!;
  receivable = (receivable: string) => this.receivables.read<ReceivableRecord>('receivable', receivable);
  encumbrance = (object: string) =>
    this.receivables.read<{ lender: string; state: number; kind: number; noticeGiven: boolean; disburseBy: number }>(
      'encumbranceOf',
      object,
    );
  stateOf = async (object: string) => (await this.encumbrance(object)).state;
  ordersOf = (receivable: string) => this.receivables.read<string[]>('ordersOf', receivable);
  isReceivable = async (object: string) => (await this.receivable(object)).status !== RECEIVABLE.NONE;

  /** The order's tags, signed by the buyer: by default one that follows from the order's id. */
  async tag(order: string, tags = [id(`tag of ${order}`)], by = this.buyer.operator): Promise<OrderTag> {
    const buyerSignature = await by.signTypedData(await this.receivables.domain(), ORDER_TAG, { order, tags });
    return { order, tags, buyerAccount: by.address, buyerSignature };
  }

  /** A consent as of now, good for a day. */
  async consent(
    signer: Signer,
    object: string,
    act: Act,
    details: string,
    over: { nonce?: string; deadline?: number; coverVersion?: number; account?: string } = {},
  ): Promise<SignedConsent> {
    const nonce = over.nonce ?? random32();
    const deadline = over.deadline ?? (await this.trade.now()) + DAY;
    const coverVersion = over.coverVersion ?? (await this.receivables.read<number>('coverVersionOf', object));
    const message = { object, act: id(act), details, nonce, deadline, coverVersion };
    const signature = await signer.signTypedData(await this.receivables.domain(), CONSENT, message);
    return { signer: over.account ?? signer.address, nonce, deadline, coverVersion, signature };
  }

  async reservation(object: string, lender: Signer, over: Partial<Reservation> = {}): Promise<Reservation> {
    const lineage = (await this.isReceivable(object)) ? await this.ordersOf(object) : [object];
    return {
      object,
      lender: lender.address,
      kind: KIND.ASSIGNMENT,
      disburseBy: (await this.trade.now()) + 2 * DAY,
      terms: random32(),
      orderTags: await Promise.all(lineage.map((order) => this.tag(order))),
      ...over,
    };
  }

  /** Everything signed that a reservation needs. */
  async agree(object: string, parties: Parties = {}, over: Partial<Reservation> = {}): Promise<Agreement> {
    const lender = parties.lender ?? this.stranger();
    const holder = parties.holder ?? this.holders.get(object) ?? this.supplier.operator;
    const reservation = await this.reservation(object, lender, over);
    const details = detailsOf(reservation);
    const first: LenderConsent[] = [];
    for (const [theirs, signer] of parties.first ?? []) {
      const yielded = hash(['bytes32', 'bytes32'], [object, details]);
      first.push({ object: theirs, consent: await this.consent(signer, theirs, 'YIELD', yielded) });
    }
    this.lenders.set(object, lender);
    return [
      reservation,
      await this.consent(holder, object, 'RESERVE', details),
      await this.consent(lender, object, 'RESERVE', details),
      first,
    ];
  }

  /** Sent by somebody who has nothing to do with it. */
  async reserve(object: string, parties: Parties = {}, over: Partial<Reservation> = {}): Promise<Sent> {
    return this.receivables.send(this.stranger(), 'reserve', ...(await this.agree(object, parties, over)));
  }

  async refusedReserve(object: string, parties: Parties = {}, over: Partial<Reservation> = {}) {
    const lender = this.lenders.get(object);
    const refused = await this.receivables.refusal(
      this.stranger(),
      'reserve',
      ...(await this.agree(object, parties, over)),
    );
    if (lender) this.lenders.set(object, lender);
    return refused;
  }

  disburse = (object: string) => this.receivables.send(this.lenderOf(object), 'disburse', object, random32());

  acknowledgeNotice = (receivable: string) =>
    this.receivables.send(
      this.buyer.operator,
      ...(['acknowledgeNotice', receivable, this.lenderOf(receivable).address] as const),
    );

  async noticed(receivable: string): Promise<void> {
    await this.receivables.send(this.lenderOf(receivable), 'notify', receivable, random32());
    await this.acknowledgeNotice(receivable);
  }

  /**
   * Everything signed that a split needs: the arguments of `split`. Parts are held by new accounts unless they are given.
   */
  async splitting(receivable: string, given: SplitOver = {}): Promise<Splitting> {
    const holders = given.holders ?? [this.stranger(), this.stranger()];
    const parts = holders.map((holder) => ({ holder: holder.address, commitment: random32() }));
    const hashes = await Promise.all(parts.map((part, i) => this.partHash(receivable, i, part)));
    const details = hash(['bytes32', 'bytes32'], [receivable, keccak256(concat(hashes))]);
    const acceptances = await Promise.all(
      holders.map((holder, i) =>
        this.consent(holder, receivable, 'ACCEPT', hash(['bytes32', 'bytes32'], [receivable, hashes[i]])),
      ),
    );
    const holder = given.holder ?? this.holderOf(receivable);
    const first: LenderConsent[] = [];
    for (const [object, signer] of given.first ?? []) {
      first.push({ object, consent: await this.consent(signer, object, 'SPLIT', details) });
    }
    for (const [i, each] of holders.entries()) this.holders.set(await this.partId(receivable, i), each);
    return [
      receivable,
      parts,
      await this.consent(holder, receivable, 'SPLIT', details),
      await this.consent(given.obligor ?? this.buyer.operator, receivable, 'SPLIT', details),
      acceptances,
      first,
    ];
  }

  /** Sent by somebody who has nothing to do with it; the ids of the parts. */
  async split(receivable: string, over: SplitOver = {}): Promise<string[]> {
    const args = await this.splitting(receivable, over);
    await this.receivables.send(this.stranger(), 'split', ...args);
    return Promise.all(args[1].map((_, i) => this.partId(receivable, i)));
  }

  async refusedSplit(receivable: string, over: SplitOver = {}) {
    return this.receivables.refusal(this.stranger(), 'split', ...(await this.splitting(receivable, over)));
  }

  async partId(receivable: string, part: number): Promise<string> {
    const domain = await this.receivables.read<string>('domainSeparator');
    return hash(['bytes32', 'bytes32', 'bytes32', 'uint32'], [domain, id('PART'), receivable, part]);
  }

  async partHash(receivable: string, part: number, { holder, commitment }: Part): Promise<string> {
    return hash(['bytes32', 'address', 'bytes32'], [await this.partId(receivable, part), holder, commitment]);
  }

  /** Everything signed that takes an order's financing over: the arguments of `rollOver`. */
  async rolling(order: string, receivable: string, parties: Parties = {}, over: Partial<Reservation> = {}) {
    const lender = parties.lender ?? this.stranger();
    const reservation = await this.reservation(receivable, lender, over);
    const details = detailsOf(reservation);
    const agreed = hash(['bytes32', 'bytes32'], [order, details]);
    const yielded = hash(['bytes32', 'bytes32', 'bytes32'], [receivable, order, details]);
    const first: LenderConsent[] = [];
    for (const [object, signer] of parties.first ?? [[order, this.lenderOf(order)]]) {
      first.push({ object, consent: await this.consent(signer, object, 'ROLL_OVER', yielded) });
    }
    const holder = parties.holder ?? this.holderOf(receivable);
    this.lenders.set(receivable, lender);
    return [
      order,
      reservation,
      await this.consent(holder, receivable, 'ROLL_OVER', agreed),
      await this.consent(lender, receivable, 'ROLL_OVER', agreed),
      first,
    ] as const;
  }

  /** Claims a payment and returns its index. */
  async claim(receivable: string, commitment = random32()): Promise<number> {
    const sent = await this.receivables.send(this.buyer.operator, 'claimPayment', receivable, commitment);
    return sent.events[0]!.args['index'] as number;
  }

  async dispute(receivable: string): Promise<number> {
    const sent = await this.receivables.send(this.buyer.operator, 'openDispute', receivable, random32());
    return sent.events[0]!.args['index'] as number;
  }
}

export const receivableIn = ({ events }: Sent) =>
  events.find(({ name }) => name === 'ReceivableIssued')!.args['receivable'] as string;
