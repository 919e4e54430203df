import type { KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type ContractCall, Keyring, RegistryDomains } from '../../chain/index.js';
import { BulkCommitments, DocumentVault, type OrderModel, type TradeDocument } from '../../documents/index.js';
import { Exchange } from '../../exchange/index.js';
import { IndexHead } from '../../indexer/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { Submissions } from '../../submissions/index.js';
import { type OrderDocumentBody, toDocumentBody } from './envelopes.js';
import { PACKED_BYTES } from '../domain/batch-tree.js';
import { framingBinding, UNFRAMED } from '../domain/framework.js';
import type { Framing } from '../domain/order-type.js';
import { orderIdOf } from '../domain/order-id.js';
import { offerExpiry } from '../domain/offer-expiry.js';
import { factsOf } from '../domain/order-facts.js';
import { frameworkPostedAlone } from '../domain/problems.js';
import { DocumentParties } from '../queries/document-parties.js';
import { OrderDocuments } from '../storage/order-documents.js';
import { OrderPostings } from '../storage/order-postings.js';
import { perTransaction } from './per-transaction.js';
import { OrderNumbers } from './order-numbers.js';
import { PostBatch } from './post-batch.js';
import { type PreparedOrder, seedOrder } from './prepare-order.js';
import { TAG_SECRET } from './tag-secret.js';

/** An order that the buyer asks to post. */
export interface OrderDraft {
  readonly document: TradeDocument<OrderModel>;
  /** Member number. */
  readonly supplier: number;
  /** Last second (block time) at which it can be accepted. */
  readonly expiresAt?: number;
  /** What it is to a framework contract; by default nothing. */
  readonly framing?: Framing;
}

/** An order on its way to the chain. */
export interface PostedOrder {
  readonly id: Hex;
  readonly number: string;
  readonly submission: string;
}

interface Ready extends PreparedOrder {
  readonly supplier: number;
  readonly expiry: number;
}

/** Posts purchase orders, alone or many in a transaction. */
@Injectable()
export class PostOrders {
  constructor(
    private readonly members: Members,
    private readonly parties: DocumentParties,
    private readonly numbers: OrderNumbers,
    private readonly commitments: BulkCommitments,
    private readonly vault: DocumentVault,
    private readonly documents: OrderDocuments,
    private readonly postings: OrderPostings,
    private readonly submissions: Submissions,
    private readonly posting: PostBatch,
    private readonly exchange: Exchange,
    private readonly keyring: Keyring,
    private readonly domains: RegistryDomains,
    private readonly head: IndexHead,
    @Inject(TAG_SECRET) private readonly tagSecret: KeyObject,
  ) {}

  /**
   * Takes in orders, all or none, within the current unit of work: documents kept, transactions queued, and after their
   * inclusion each supplier gets its documents. Refuses with DOCUMENT_PARTY_MISMATCH, MEMBER_MISSING_ROLE,
   * MEMBER_NOT_ACTIVE, FRAMEWORK_POSTED_ALONE, and unless `repeat` with ORDER_NUMBER_ALREADY_POSTED. Answers in the order given. With `batch` all
   * orders to one supplier share a Merkle root.
   */
  async run(drafts: readonly OrderDraft[], { repeat = false, batch = false } = {}): Promise<PostedOrder[]> {
    const { id: buyer } = await this.mayPost(drafts);
    if ((drafts.length > 1 || batch) && drafts.some(({ framing }) => framing)) {
      throw frameworkPostedAlone('this is posted by itself', {});
    }
    await this.parties.requireOfOrders(
      drafts.map(({ document, supplier }) => ({ ...document.model, sides: { buyer, supplier } })),
    );
    const registry = this.domains.of('OrderRegistry');
    const { timestamp: now } = this.head.current();
    const seeded = drafts.map(({ document, supplier, expiresAt, framing = UNFRAMED }) => ({
      ...seedOrder(document, framing, { registry, tagSecret: this.tagSecret }),
      supplier,
      expiry: offerExpiry(now, expiresAt, document.model.validUntil),
    }));
    const roots = await this.commitments.rootsOf(seeded);
    const ready = seeded.map((order, i) => {
      const { supplier, tag } = order;
      const root = roots[i]!;
      return { ...order, root, id: orderIdOf({ registry, buyer, supplier, commitment: root, tag }) };
    });
    if (!repeat) await this.numbers.requireFree(ready);
    await this.keep(ready);
    const submissions = new Map<Ready, string>();
    const shared = batch ? await this.postBatches(ready) : new Map<number, string>();
    for (const orders of perTransaction(ready)) {
      const submission = shared.get(orders[0].supplier) ?? (await this.submit(orders));
      await this.sendDocuments(orders, submission);
      for (const order of orders) submissions.set(order, submission);
    }
    return ready.map((order) => ({
      id: order.id,
      number: order.document.model.number,
      submission: submissions.get(order)!,
    }));
  }

  private async mayPost(drafts: readonly OrderDraft[]) {
    const self = await this.members.self();
    this.members.requireMayBegin(self, 'CORE_ENTERPRISE');
    for (const supplier of new Set(drafts.map((draft) => draft.supplier))) {
      this.members.requireMayBegin(await this.members.byId(supplier), 'SUPPLIER');
    }
    return self;
  }

  private async keep(orders: readonly Ready[]): Promise<void> {
    const items = orders.map(({ document, id: object, root, seed, fields }) => ({
      document,
      entry: { object, version: 1, root, seed, fields },
    }));
    await this.vault.storeMany(items);
    await this.documents.add(
      ...orders.map(({ document, framing, id: orderId, root }) =>
        factsOf(document.model, { orderId, root, version: 1, framing }),
      ),
    );
  }

  /** One root for all orders to a supplier; the submission of each, by supplier. */
  private async postBatches(orders: readonly Ready[]): Promise<Map<number, string>> {
    const submissions = new Map<number, string>();
    for (const supplier of new Set(orders.map((order) => order.supplier))) {
      const packed = orders.filter((order) => order.supplier === supplier).map(pack);
      submissions.set(supplier, (await this.posting.run(supplier, Buffer.concat(packed))).submission);
    }
    return submissions;
  }

  /** One transaction for orders to one supplier. */
  private async submit(orders: readonly [Ready, ...Ready[]]): Promise<string> {
    const { id } = await this.submissions.submit({
      act: 'postOrders',
      call: postingOf(orders),
      account: this.keyring.operator.address,
      subject: { type: 'order', id: orders[0].id },
    });
    return id;
  }

  /** The envelope that follows the transaction. */
  private async sendDocuments([first, ...others]: readonly [Ready, ...Ready[]], submission: string): Promise<void> {
    const orders = [first, ...others];
    await this.postings.add(
      ...orders.map(({ id: orderId, numberKey, framing: { framework } }) => {
        return { orderId, numberKey, submission, framework };
      }),
    );
    const body = { orders: orders.map(toEnvelope) } satisfies OrderDocumentBody;
    const { supplier: to, id: object } = first;
    await this.exchange.send({ to, type: 'order.document', object, body, after: submission });
  }
}

function postingOf([first, ...others]: readonly [Ready, ...Ready[]]): ContractCall {
  if (others.length === 0) {
    const { supplier, root, tag, expiry, framing } = first;
    const contract = 'OrderRegistry';
    if (framing.framework) return { contract, fn: 'callOff', args: [framing.framework, root, tag, expiry] };
    const fn = framing.type === 'FRAMEWORK' ? 'postFramework' : 'post';
    return { contract, fn, args: [supplier, root, tag, expiry] };
  }
  const postings = [first, ...others].map(({ supplier, expiry, root, tag }) => {
    return { supplier, expiry, commitment: root, tag };
  });
  return { contract: 'OrderRegistry', fn: 'postMany', args: [postings] };
}

function pack({ root, tag, expiry }: Ready): Buffer {
  const packed = Buffer.alloc(PACKED_BYTES);
  packed.set(toBytes(root), 0);
  packed.set(toBytes(tag), 32);
  packed.writeBigUInt64BE(BigInt(expiry), 64);
  return packed;
}

function toEnvelope({ id: order, tag, document, seed, framing }: Ready): OrderDocumentBody['orders'][number] {
  return { order, tag, ...framingBinding(framing), ...toDocumentBody(document, seed) };
}
