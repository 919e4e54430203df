import type { Hex } from '../kernel/hex.js';
import type { Receipt } from './receipt.js';
import type { RpcEndpoint } from './rpc-endpoint.js';
import { EndpointError } from './rpc-error.js';

const KEPT = 4_096;

/**
 * What was said of transactions lately: the same transaction in the same block cannot end in two ways. Which of two is a lie
 * is told by what a failure takes to be believed, the receipts of its block (account-standing); a success was only said.
 */
export class ReceiptMemory {
  private readonly held = new Map<Hex, Receipt>();

  /** Throws NOT_BELIEVED when a failure held before contradicts the receipt. */
  hold(endpoint: RpcEndpoint, receipt: Receipt): void {
    const before = this.held.get(receipt.tx);
    if (before?.blockHash === receipt.blockHash && !before.succeeded && receipt.succeeded)
      throw new EndpointError('NOT_BELIEVED', `${endpoint.name} contradicts itself about ${receipt.tx}`);
    this.held.delete(receipt.tx);
    this.held.set(receipt.tx, receipt);
    for (const oldest of this.held.keys()) {
      if (this.held.size <= KEPT) break;
      this.held.delete(oldest);
    }
  }
}
