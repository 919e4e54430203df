import { Injectable, Logger } from '@nestjs/common';
import { type Account, ChainClient, Contracts, Keyring, portions, type RpcError } from '../chain/index.js';
import { Config } from '../config/index.js';
import { Rewinds } from '../events/index.js';
import { IndexHead } from '../indexer/index.js';
import type { Hex } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import { OutboxStore, type QueuedCall, type SignedCall } from './outbox-store.js';
import { transactionReverted } from './problems.js';
import { signInOrder } from './sign-in-order.js';
import { UnknownNonces } from './unknown-nonces.js';

/** How many are simulated, numbered and sent at once. */
const BATCH = 200;

/** Calldata of these at most (bytes): what a chain takes long to simulate goes on in steps, so that some of it is sent. */
const BATCH_BYTES = 131_072;

/** How many of one account may be in flight: a node's pool keeps only so many of one sender, and drops the rest. */
const MOST_IN_FLIGHT = 1000;

/** Over the estimate: another transaction included first can make a call dearer. */
const GAS_MARGIN = 1.5;

/**
 * What no transaction may be below, with so much calldata: 21,000, and at most 40 a byte (EIP-7623). One with less no honest
 * endpoint ever takes, and its nonce would stand in the way of all that come after.
 */
const leastGas = (data: Hex): number => 21_000 + 40 * ((data.length - 2) / 2);

/** Turns the queued submissions of a lane into signed transactions on their way. The caller holds the lane's lock. */
@Injectable()
export class Sender {
  private readonly logger = new Logger(Sender.name);
  /** What a block takes, as the last one said that both index and endpoint had. */
  private blockGas: number | undefined;

  constructor(
    private readonly store: OutboxStore,
    private readonly chain: ChainClient,
    private readonly contracts: Contracts,
    private readonly keyring: Keyring,
    private readonly config: Config,
    private readonly head: IndexHead,
    private readonly rewinds: Rewinds,
    private readonly nonces: UnknownNonces,
  ) {}

  /** Sends what can be sent now. Rejects when no endpoint answers; nothing is lost by it. */
  async send(account: Address): Promise<void> {
    for (;;) {
      const inFlight = await this.store.countInFlight(account);
      const room = Math.min(BATCH, MOST_IN_FLIGHT - inFlight);
      if (room <= 0) return;
      const [queued = []] = portions(await this.store.queued(account, room), BATCH_BYTES);
      if (queued.length === 0) return;
      const { nonce } = await this.chain.standing(account, []);
      if (!(await this.nonces.areKnown(account, nonce))) {
        if (!(await this.nonces.learn(account, nonce))) return;
        continue; // some that waited may have been sent before
      }
      const gas = await this.simulate(account, queued, inFlight > 0);
      const ready = queued.filter(({ id }) => gas.has(id));
      if (ready.length === 0) return;
      const signed = await this.sign(account, nonce, ready, gas);
      await this.broadcast(signed);
      // A slow signer: the lane is looked after between its portions, and can stop.
      if (signed.length < ready.length) return;
    }
  }

  /**
   * Gas limits of those that the chain would take. Those that it would not are refused, unless others go before them or
   * the chain has just lost blocks.
   */
  private async simulate(
    account: Address,
    queued: readonly QueuedCall[],
    behindOthers: boolean,
  ): Promise<Map<string, number>> {
    const [results, most] = await Promise.all([
      this.chain.estimate(queued.map(({ to, data }) => ({ from: account, to, data }))),
      this.mostGas(),
    ]);
    const gas = new Map<string, number>();
    let waiting = behindOthers;
    let unsettled: boolean | undefined;
    for (const [i, { id, data }] of queued.entries()) {
      const result = results[i]!;
      if (typeof result === 'number') {
        gas.set(id, Math.min(most, Math.max(leastGas(data), Math.ceil(result * GAS_MARGIN))));
        waiting = true;
      } else if (!result.reverted) {
        throw result; // the endpoint refuses to say: tried again later
      } else if (waiting) {
        // What this one rests on may be in flight, as may its being refused: judged once those are included.
        break;
      } else if (!(unsettled ??= await this.unsettled())) {
        await this.store.refuse(id, this.refusal(result));
      }
    }
    return gas;
  }

  /**
   * Whether the chain has lost blocks that this node acted on, or is asked through an endpoint without them: what a
   * submission rests on may come again, so it is not refused yet. The sweep tries it again.
   */
  async unsettled(): Promise<boolean> {
    const { number, hash } = this.head.current();
    const block = number < 0 ? null : await this.chain.block(number);
    return block?.hash !== hash || (await this.rewinds.recent());
  }

  /** An estimate is one endpoint's word, and a transaction of more than a block takes is never included. */
  private async mostGas(): Promise<number> {
    const { number, hash } = this.head.current();
    const block = number < 0 ? null : await this.chain.block(number);
    if (block?.hash === hash) this.blockGas = block.gasLimit;
    if (this.blockGas === undefined) throw new Error('no block is known that the index and an endpoint both have');
    return this.blockGas;
  }

  private refusal(error: RpcError) {
    const problem = error.revertData && this.contracts.problem(error.revertData);
    return (problem ?? transactionReverted('the call reverts')).toRecord();
  }

  private async sign(
    account: Address,
    chainNonce: number,
    ready: readonly QueuedCall[],
    gas: ReadonlyMap<string, number>,
  ): Promise<SignedCall[]> {
    const signer = this.signerOf(account, ready[0]!.object);
    return this.store.number(account, chainNonce, (first) =>
      signInOrder(ready, async ({ id, to, data }, i) => {
        const nonce = first + i;
        const { chainId } = this.config;
        const { raw, hash } = await signer.signTransaction({ chainId, nonce, to, data, gasLimit: gas.get(id)! });
        return { id, nonce, raw, tx: hash };
      }),
    );
  }

  /** Fills nonces with transfers of nothing to the account itself; sent again, they are the same. */
  async sendNothing(account: Address, nonces: readonly number[]): Promise<void> {
    const signer = this.signerOf(account, await this.store.objectOf(account));
    const { chainId } = this.config;
    const nothing = { chainId, to: account, data: '0x', gasLimit: 21_000 } as const;
    const signed = await signInOrder(nonces, async (nonce) => signer.signTransaction({ ...nothing, nonce }));
    await this.chain.send(signed.map(({ raw }) => raw));
  }

  private signerOf(account: Address, object: Hex | null): Account {
    return object ? this.keyring.oneTime(object) : this.keyring.account(account);
  }

  /** Hands transactions on, by nonce. What an endpoint has against one is for the follower to find out. */
  async broadcast(calls: readonly SignedCall[]): Promise<void> {
    if (calls.length === 0) return;
    const objections = await this.chain.send(calls.map(({ raw }) => raw));
    await this.store.noteSent(calls.map(({ id }) => id));
    const real = objections.filter((objection) => objection && !objection.taken);
    if (real.length > 0)
      this.logger.warn({ count: real.length, first: real[0]!.message }, 'an endpoint took transactions badly');
  }
}
