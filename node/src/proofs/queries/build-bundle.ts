import { Injectable } from '@nestjs/common';
import { Config } from '../../config/index.js';
import { type BlockRef, IndexHead } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { OrderAccess, Orders } from '../../orders/index.js';
import { ReceivableAccess, Receivables } from '../../receivables/index.js';
import { FollowValidators } from '../commands/follow-validators.js';
import { ValidatorChangeStore } from '../storage/validator-change.store.js';
import { readBundle, writeBundle } from '../verify/bundle/read-bundle.js';
import type { Bundle } from '../verify/bundle/bundle.js';
import { verifyBundle } from '../verify/bundle/verify-bundle.js';
import { SealsRefused } from '../verify/qbft/seals.js';
import { trimmed } from '../verify/qbft/trim-seals.js';
import { type BundleContent, BundleContents } from './bundle-content.js';
import { BundleStates } from './bundle-state.js';
import { NodeTrust } from './node-trust.js';
import { chainAndIndexDiffer, implementationUnknown, proofUnavailable } from './problems.js';
import { whileSteady } from './steady.js';

/** Facts of the chain itself: a bundle in which one of these fails was made of an index and an endpoint that differ. */
const OF_THE_CHAIN = new RegExp(
  `^(${[
    'PROOF_INVALID|SLOT_|LOG_INCOMPLETE',
    '(ORDERS|PARENT|PARTIES|NAME|OPERATOR|CHAIN|ORDER_ID)_MISMATCH',
    'ORDER_BATCH_|ORDER_NOT_(ONLY_)?IN_BATCH',
  ].join('|')})`,
);

/** Makes proof bundles, as of the block that this node has indexed last. */
@Injectable()
export class BuildBundle {
  constructor(
    private readonly orders: Orders,
    private readonly orderAccess: OrderAccess,
    private readonly receivables: Receivables,
    private readonly receivableAccess: ReceivableAccess,
    private readonly contents: BundleContents,
    private readonly states: BundleStates,
    private readonly validators: FollowValidators,
    private readonly changes: ValidatorChangeStore,
    private readonly trust: NodeTrust,
    private readonly head: IndexHead,
    private readonly config: Config,
  ) {}

  /**
   * The file about an order. Throws ORDER_UNKNOWN, ORDER_NOT_DISCLOSED, PROOF_FIELDS_UNKNOWN, REDISCLOSURE_WHOLE,
   * PROOF_UNAVAILABLE, CHAIN_AND_INDEX_DIFFER.
   */
  order(id: Hex, pointers?: readonly string[]): Promise<string> {
    return whileSteady(this.head, async (head) => {
      const order = await this.orders.get(id);
      await this.orderAccess.require(order);
      return this.build({ kind: 'ORDER', id }, head, await this.contents.ofOrder(order, pointers));
    });
  }

  /** The file about a receivable; as {@link order}, with RECEIVABLE_UNKNOWN and RECEIVABLE_NOT_DISCLOSED. */
  receivable(id: Hex, pointers?: readonly string[]): Promise<string> {
    return whileSteady(this.head, async (head) => {
      const receivable = await this.receivables.get(id);
      await this.receivableAccess.require(receivable);
      return this.build({ kind: 'RECEIVABLE', id }, head, await this.contents.ofReceivable(receivable, pointers));
    });
  }

  private async build(subject: Bundle['subject'], head: BlockRef, content: BundleContent): Promise<string> {
    const { bearers: _, ...said } = content;
    await this.followTo(head.number);
    const { header, state } = await this.states.at(head, content);
    const base = await this.trust.base();
    const lineage = (await this.changes.after(base.checkpoint.number)).map(({ headers }) => headers);
    const file = writeBundle({
      ...said,
      chainId: this.config.chainId,
      subject,
      header: trimmed(header.rlp),
      lineage: lineage.filter((change) => change.length > 0),
      state,
    });
    await this.requireProven(file);
    return file;
  }

  private async followTo(block: number): Promise<void> {
    try {
      await this.validators.upTo(block);
    } catch (error) {
      if (!(error instanceof SealsRefused)) throw error;
      throw proofUnavailable(`the chain's validators do not follow from this node's trust file: ${error.message}`);
    }
  }

  /** Nothing leaves this node that its own verifier would not take as proven; what it proves may be bad news. */
  private async requireProven(file: string): Promise<void> {
    const { fragments, trust } = await verifyBundle(readBundle(Buffer.from(file)), {
      trust: await this.trust.current(),
    });
    const broken = fragments.find(({ reason: { code } }) => OF_THE_CHAIN.test(code));
    const foreign = fragments.find(
      ({ reason: { code } }) => code === 'CODE_UNKNOWN' || code === 'IMPLEMENTATION_UNKNOWN',
    );
    if (foreign) throw implementationUnknown(foreign.reason.message);
    if (broken)
      throw chainAndIndexDiffer(`the chain proves other than this node's index says: ${broken.reason.message}`);
    const finality = fragments.find(({ kind }) => kind === 'FINALITY')!;
    if (trust === 'unsealed' && finality.reason.code !== 'HEADER_UNSEALED')
      throw proofUnavailable(`the block is not final by this node's trust file: ${finality.reason.message}`);
  }
}
