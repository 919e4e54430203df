import { createHmac, randomBytes } from 'node:crypto';
import {
  AbiCoder,
  concat,
  Contract,
  getAddress,
  hexlify,
  id as hashOfText,
  Interface,
  isError,
  JsonRpcProvider,
  keccak256,
  type Result,
  Transaction,
  type TransactionReceipt,
  TypedDataEncoder,
  type TypedDataDomain,
  Wallet,
} from 'ethers';
import type { MemberKeys } from '../../../node/src/config/index.js';
import { loadArtifacts, type Registry } from '../../../scripts/deploy/artifacts.js';
import type { RunningConsortium } from '../../support/running-consortium.js';

const ORDER_TAG = { OrderTag: [field('bytes32', 'order'), field('bytes32[]', 'tags')] };
const CONSENT = {
  Consent: [
    field('bytes32', 'object'),
    field('bytes32', 'act'),
    field('bytes32', 'details'),
    field('bytes32', 'nonce'),
    field('uint64', 'deadline'),
    field('uint64', 'coverVersion'),
  ],
};
const GROUP_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const INCLUDED_WITHIN_MS = 120_000;
const NO_PRICE = { type: 0, gasPrice: 0, gasLimit: 3_000_000 };

export interface OrderTag {
  readonly order: string;
  readonly tags: readonly string[];
  readonly buyerAccount: string;
  readonly buyerSignature: string;
}

/** What ReceivableRegistry.reserve takes first. */
export interface Reservation {
  readonly object: string;
  readonly lender: string;
  readonly kind: number;
  readonly disburseBy: number;
  readonly terms: string;
  readonly orderTags: readonly OrderTag[];
}

/** How the chain answered a transaction that was sent to it whatever came: included well, or reverted and with which error. */
export type Inclusion = 'INCLUDED' | string;

function field(type: string, name: string) {
  return { type, name };
}

/** The chain without any node: ethers, the contracts' ABI and the members' keys. */
export class OnChain {
  readonly provider: JsonRpcProvider;
  readonly abi = new Interface(loadArtifacts().ReceivableRegistry.abi);
  readonly #address: string;

  constructor(private readonly consortium: RunningConsortium) {
    this.provider = new JsonRpcProvider(consortium.file.rpcUrl, undefined, { cacheTimeout: -1 });
    this.#address = consortium.file.contracts['ReceivableRegistry']!;
  }

  close(): void {
    this.provider.destroy();
  }

  operator(member: string): Wallet {
    return new Wallet(this.consortium.keysOf<MemberKeys>(member).operator, this.provider);
  }

  /** The member's one-time account for an object, derived from its seed as its node does it. */
  oneTime(member: string, object: string): Wallet {
    const seed = Buffer.from(this.consortium.keysOf<MemberKeys>(member).seed.slice(2), 'hex');
    const name = Buffer.concat([Buffer.from('tradeproof/one-time/v1'), Buffer.from(object.slice(2), 'hex')]);
    const scalar = BigInt(`0x${createHmac('sha256', seed).update(name).digest('hex')}`) % GROUP_ORDER;
    return new Wallet(`0x${scalar.toString(16).padStart(64, '0')}`, this.provider);
  }

  /** Block time in seconds. */
  async now(): Promise<number> {
    return (await this.provider.getBlock('latest'))!.timestamp;
  }

  /** Arguments of an event, newest first; topics in the order of the event's indexed arguments, null for any. */
  async events(name: string, ...topics: (string | null)[]): Promise<{ args: Result; transactionHash: string }[]> {
    const filter = { address: this.#address, topics: this.abi.encodeFilterTopics(name, topics), fromBlock: 0 };
    const logs = await this.provider.getLogs(filter);
    return logs.reverse().map((log) => ({ args: this.abi.parseLog(log)!.args, transactionHash: log.transactionHash }));
  }

  /** Who sent what waits for a block. */
  async waiting(): Promise<string[]> {
    const { pending } = (await this.provider.send('txpool_content', [])) as { pending: Record<string, unknown> };
    return Object.keys(pending).map(getAddress);
  }

  /** Who sent what the block of a transaction holds. */
  async sendersBeside(transactionHash: string): Promise<string[]> {
    const { blockNumber } = (await this.provider.getTransaction(transactionHash))!;
    const block = await this.provider.getBlock(blockNumber!, true);
    return block!.prefetchedTransactions.map(({ from }) => from);
  }

  /** The reservation that was made last on an object. */
  async reservationOf(object: string): Promise<Reservation> {
    const [reserved] = await this.events('EncumbranceReserved', object);
    const transaction = await this.provider.getTransaction(reserved!.transactionHash);
    const call = this.abi.parseTransaction({ data: transaction!.data })!;
    const { object: on, lender, kind, disburseBy, terms, orderTags } = (call.args[0] as Result).toObject();
    const tags = (orderTags as Result[]).map((tag) => {
      const { order, tags: values, buyerAccount, buyerSignature } = tag.toObject();
      return { order, tags: [...(values as Result)] as string[], buyerAccount, buyerSignature } as OrderTag;
    });
    return { object: on, lender, terms, kind: Number(kind), disburseBy: Number(disburseBy), orderTags: tags };
  }

  /** A buyer's word that these are the tags of its order. */
  async orderTag(buyer: string, order: string, tags: readonly string[]): Promise<OrderTag> {
    const signer = this.operator(buyer);
    const buyerSignature = await signer.signTypedData(await this.#domain(), ORDER_TAG, { order, tags });
    return { order, tags, buyerAccount: signer.address, buyerSignature };
  }

  /** Holder and lender sign; the lender sends it straight to the contract. */
  async reserve(reservation: Reservation, { holder, lender }: { holder: Wallet; lender: Wallet }): Promise<Inclusion> {
    const details = detailsOf(reservation);
    const registry = new Contract(this.#address, this.abi, this.provider);
    const coverVersion = Number(await registry.getFunction('coverVersionOf')(reservation.object));
    const consents = await Promise.all(
      [holder, lender].map((signer) => this.#consent(signer, { object: reservation.object, details, coverVersion })),
    );
    return this.send(lender, 'reserve', [reservation, ...consents, []]);
  }

  /** Sends a call in a transaction that is included whatever it does. */
  async send(
    sender: Wallet,
    fn: string,
    args: readonly unknown[],
    at: Registry = 'ReceivableRegistry',
  ): Promise<Inclusion> {
    const registry = new Contract(this.consortium.file.contracts[at]!, loadArtifacts()[at].abi, sender);
    const call = await registry.getFunction(fn).populateTransaction(...args, NO_PRICE);
    const { status, blockNumber } = await this.#included(
      await sender.signTransaction(await sender.populateTransaction(call)),
    );
    if (status === 1) return 'INCLUDED';
    try {
      await registry.getFunction(fn).staticCall(...args, { from: sender.address, blockTag: blockNumber });
    } catch (error) {
      if (isError(error, 'CALL_EXCEPTION')) return error.revert?.name ?? 'no reason';
      throw error;
    }
    return 'reverted, and would not again';
  }

  /** Hands a transaction in, and again whenever the chain has lost it: anvil throws out what is stuck in its pool. */
  async #included(raw: string): Promise<TransactionReceipt> {
    const hash = Transaction.from(raw).hash!;
    for (const end = Date.now() + INCLUDED_WITHIN_MS; Date.now() < end;) {
      if ((await this.provider.send('eth_getTransactionByHash', [hash])) === null)
        await this.provider.send('eth_sendRawTransaction', [raw]);
      const receipt = await this.provider.getTransactionReceipt(hash);
      if (receipt) return receipt;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${hash} was not included within ${INCLUDED_WITHIN_MS / 1000} s`);
  }

  async #consent(signer: Wallet, given: { object: string; details: string; coverVersion: number }) {
    const rest = { nonce: hexlify(randomBytes(32)), deadline: (await this.now()) + 3600 };
    const message = { ...given, ...rest, act: hashOfText('RESERVE') };
    const signature = await signer.signTypedData(await this.#domain(), CONSENT, message);
    return { signer: signer.address, ...rest, coverVersion: given.coverVersion, signature };
  }

  async #domain(): Promise<TypedDataDomain> {
    const registry = new Contract(this.#address, this.abi, this.provider);
    const { name, version, chainId, verifyingContract, salt } = (await registry.getFunction(
      'eip712Domain',
    )()) as Record<string, never>;
    return { name, version, chainId, verifyingContract, salt };
  }
}

function detailsOf({ lender, kind, disburseBy, terms, orderTags }: Reservation): string {
  const tags = keccak256(
    concat(orderTags.map(({ order, tags }) => TypedDataEncoder.hashStruct('OrderTag', ORDER_TAG, { order, tags }))),
  );
  const types = ['address', 'uint8', 'uint40', 'bytes32', 'bytes32'];
  return keccak256(AbiCoder.defaultAbiCoder().encode(types, [lender, kind, disburseBy, terms, tags]));
}
