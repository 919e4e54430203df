import { Injectable } from '@nestjs/common';
import { ZodError } from 'zod';
import { Config } from '../../config/index.js';
import type { BlockRef } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { OrderAccess, Orders } from '../../orders/index.js';
import { ReceivableAccess, Receivables } from '../../receivables/index.js';
import { readBundle, writeBundle } from '../verify/bundle/read-bundle.js';
import type { Bundle } from '../verify/bundle/bundle.js';
import { verifyBundle } from '../verify/bundle/verify-bundle.js';
import { trimmed } from '../verify/qbft/trim-seals.js';
import { Unusable } from '../verify/unusable.js';
import { type BundleContent, BundleContents } from './bundle-content.js';
import { BundleStates } from './bundle-state.js';
import { HeaderLineage } from './header-lineage.js';
import { NodeTrust } from './node-trust.js';
import { proofTooLarge } from './problems.js';
import { requireProven } from './require-proven.js';
import { SteadyIndex } from './steady.js';

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
    private readonly lineage: HeaderLineage,
    private readonly trust: NodeTrust,
    private readonly steady: SteadyIndex,
    private readonly config: Config,
  ) {}

  /**
   * The file about an order. Throws ORDER_UNKNOWN, ORDER_NOT_DISCLOSED, PROOF_FIELDS_UNKNOWN, REDISCLOSURE_WHOLE,
   * PROOF_UNAVAILABLE, PROOF_TOO_LARGE, CHAIN_AND_INDEX_DIFFER.
   */
  order(id: Hex, pointers?: readonly string[]): Promise<string> {
    return this.steady.read(async (head) => {
      const order = await this.orders.get(id);
      await this.orderAccess.require(order);
      return this.build({ kind: 'ORDER', id }, head, await this.contents.ofOrder(order, pointers));
    });
  }

  /** The file about a receivable; as {@link order}, with RECEIVABLE_UNKNOWN and RECEIVABLE_NOT_DISCLOSED. */
  receivable(id: Hex, pointers?: readonly string[]): Promise<string> {
    return this.steady.read(async (head) => {
      const receivable = await this.receivables.get(id);
      await this.receivableAccess.require(receivable);
      return this.build({ kind: 'RECEIVABLE', id }, head, await this.contents.ofReceivable(receivable, pointers));
    });
  }

  private async build(subject: Bundle['subject'], head: BlockRef, content: BundleContent): Promise<string> {
    const { bearers: _, ...said } = content;
    const lineage = await this.lineage.upTo(head.number);
    const { header, state } = await this.states.at(head, content);
    const file = writeBundle({
      ...said,
      chainId: this.config.chainId,
      subject,
      header: trimmed(header.rlp),
      lineage,
      state,
    });
    requireProven(await verifyBundle(readOwn(file), { trust: await this.trust.current() }));
    return file;
  }
}

/** The file as whoever gets it reads it. Throws PROOF_TOO_LARGE for one that nobody would. */
function readOwn(file: string): Bundle {
  try {
    return readBundle(Buffer.from(file));
  } catch (error) {
    if (error instanceof Unusable && isTooMuch(error)) throw proofTooLarge(error.message);
    throw error;
  }
}

function isTooMuch({ code, cause }: Unusable): boolean {
  return code === 'TOO_LARGE' || (cause instanceof ZodError && cause.issues[0]?.code === 'too_big');
}
