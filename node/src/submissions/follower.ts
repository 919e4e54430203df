import { Injectable, Logger } from '@nestjs/common';
import { ChainClient, Contracts, type Receipt } from '../chain/index.js';
import { RpcError } from '../chain/rpc-error.js';
import type { Address } from '../kernel/ids.js';
import type { ProblemRecord } from '../kernel/problem.js';
import { OutboxStore, type SignedCall } from './outbox-store.js';
import { transactionReverted } from './problems.js';
import { Sender } from './sender.js';

/** Seconds after which what is in no block is sent once more: it may have been dropped, or lost with a chain's last blocks. */
const SEND_AGAIN_AFTER = 4;

/** Finds out what became of what a lane has sent. The caller holds the lane's lock. */
@Injectable()
export class Follower {
  private readonly logger = new Logger(Follower.name);

  constructor(
    private readonly store: OutboxStore,
    private readonly chain: ChainClient,
    private readonly contracts: Contracts,
    private readonly sender: Sender,
  ) {}

  /** Rejects when no endpoint answers. */
  async follow(account: Address): Promise<void> {
    const inFlight = await this.store.inFlight(account);
    const { nonce, receipts } = await this.chain.standing(
      account,
      inFlight.map(({ tx }) => tx),
    );
    const again: SignedCall[] = [];
    for (const [i, call] of inFlight.entries()) {
      const receipt = receipts[i];
      if (receipt) await this.settle(call, receipt, account);
      else if (call.nonce < nonce) await this.replaced(call, account);
      else if (call.sinceSent >= SEND_AGAIN_AFTER) again.push(call);
    }
    await this.sender.broadcast(again);
  }

  /** After the chain took blocks back: what it no longer counts is in flight again, and sent at once. */
  async rewind(account: Address): Promise<void> {
    const { nonce } = await this.chain.standing(account, []);
    const count = await this.store.takeBack(account, nonce);
    if (count === 0) return;
    this.logger.warn({ account, count }, 'the chain took transactions back: sending them again');
    await this.sender.broadcast(await this.store.inFlight(account));
  }

  private async settle(call: SignedCall, receipt: Receipt, account: Address): Promise<void> {
    if (receipt.succeeded) return this.store.include(call.id, receipt.block);
    return this.store.revert(call.id, receipt.block, await this.reason(call, receipt, account));
  }

  /** Why it reverted, as its call replayed on the block of its inclusion tells. */
  private async reason(call: SignedCall, receipt: Receipt, from: Address): Promise<ProblemRecord> {
    const { to, data } = await this.store.callOf(call.id);
    try {
      await this.chain.call({ from, to, data }, receipt.block);
    } catch (error) {
      const problem = error instanceof RpcError && error.revertData ? this.contracts.problem(error.revertData) : null;
      if (problem) return problem.toRecord();
      if (!(error instanceof RpcError)) throw error;
    }
    return transactionReverted('the transaction was included and reverted').toRecord();
  }

  /**
   * The chain counts its nonce, yet knows no receipt of it: another transaction of this account took the nonce. Asked a
   * second time, since an endpoint may know the count of a block before its receipts.
   */
  private async replaced(call: SignedCall, account: Address): Promise<void> {
    const { nonce, receipts } = await this.chain.standing(account, [call.tx]);
    if (receipts[0]) return this.settle(call, receipts[0], account);
    if (call.nonce >= nonce) return;
    this.logger.warn({ account, nonce: call.nonce }, 'another transaction took the nonce: numbering anew');
    await this.store.requeue(call.id);
  }
}
