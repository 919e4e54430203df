import { Injectable } from '@nestjs/common';
import { Keyring, RegistryDomains } from '../../chain/index.js';
import { Exchange } from '../../exchange/index.js';
import { IndexHead } from '../../indexer/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { Submissions } from '../../submissions/index.js';
import { BatchTree, PACKED_BYTES } from '../domain/batch-tree.js';
import { type ClashingBatch, OrderBatches } from '../storage/order-batches.js';
import type { OrderBatchBody } from './envelopes.js';

/** A batch on its way to the chain. */
export interface PostedBatch {
  /** Root over its orders. */
  readonly id: Hex;
  readonly submission: string;
}

/** Anchors postings to one supplier as one Merkle root. */
@Injectable()
export class PostBatch {
  constructor(
    private readonly members: Members,
    private readonly batches: OrderBatches,
    private readonly submissions: Submissions,
    private readonly exchange: Exchange,
    private readonly keyring: Keyring,
    private readonly domains: RegistryDomains,
    private readonly head: IndexHead,
  ) {}

  /**
   * Takes in a batch, within the current unit of work: its orders kept, its root queued, and after inclusion its supplier
   * gets the orders. `packed` holds PACKED_BYTES an order. Refuses with MEMBER_MISSING_ROLE, MEMBER_NOT_ACTIVE,
   * ORDER_COMMITMENT_MISSING, ORDER_EXPIRY_PAST, and with ORDER_ALREADY_POSTED where an order is there twice or is in a
   * batch that was or may still be posted.
   */
  async run(supplier: number, packed: Buffer): Promise<PostedBatch> {
    const self = await this.members.self();
    this.members.requireMayBegin(self, 'CORE_ENTERPRISE');
    this.members.requireMayBegin(await this.members.byId(supplier), 'SUPPLIER');
    requireOrders(packed, this.head.current().timestamp);
    const tree = BatchTree.of({ registry: this.domains.of('OrderRegistry'), buyer: self.id, supplier }, packed);
    await this.batches.lockPosting();
    await this.requireNew(tree);
    const { root: id } = tree;
    const { id: submission } = await this.submissions.submit({
      act: 'postBatch',
      call: { contract: 'OrderRegistry', fn: 'postBatch', args: [id, supplier] },
      account: this.keyring.operator.address,
      subject: { type: 'batch', id },
    });
    await this.batches.add({ buyer: self.id, supplier, submission }, tree, packed);
    const body = { orders: packed.toString('base64') } satisfies OrderBatchBody;
    await this.exchange.send({ to: supplier, type: 'order.batch', object: id, body, after: submission });
    return { id, submission };
  }

  private async requireNew(tree: BatchTree): Promise<void> {
    if (tree.hasTwins()) throw CONTRACT_PROBLEMS.OrderAlreadyPosted('an order is in the batch twice', {});
    for (const clash of await this.batches.clashes(tree)) {
      const { root } = clash;
      if (await this.stands(clash)) {
        throw CONTRACT_PROBLEMS.OrderAlreadyPosted('an order of the batch is in an earlier one', { batch: root });
      }
      await this.batches.remove(root);
    }
  }

  /** A submission that failed says nothing of a batch that the chain has: another one may have brought it there. */
  private async stands({ onChain, submission }: ClashingBatch): Promise<boolean> {
    if (onChain || submission === null) return true;
    const { status } = await this.submissions.get(submission);
    return status !== 'REFUSED' && status !== 'REVERTED';
  }
}

function requireOrders(packed: Buffer, now: number): void {
  for (let at = 0; at < packed.length; at += PACKED_BYTES) {
    const item = at / PACKED_BYTES;
    if (packed.subarray(at, at + 32).equals(NOTHING)) {
      throw CONTRACT_PROBLEMS.OrderCommitmentMissing(`order ${item} commits to nothing`, { item });
    }
    const expiry = Number(packed.readBigUInt64BE(at + PACKED_BYTES - 8));
    if (expiry >= now) continue;
    throw CONTRACT_PROBLEMS.OrderExpiryPast(`order ${item} has lapsed`, { item, expiry, timestamp: now });
  }
}

const NOTHING = Buffer.alloc(32);
