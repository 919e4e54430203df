import { SimpleMerkleTree } from '@openzeppelin/merkle-tree';
import { AbiCoder, keccak256 } from 'ethers';
import type { TestMember } from '../support/consortium.js';
import { random32 } from '../support/votes.js';
import type { Trade } from './trade.js';

const abi = AbiCoder.defaultAbiCoder();

export interface BatchedOrder {
  buyer: number;
  index: number;
  expiry: number;
  commitment: string;
  tag: string;
}

/** A batch of orders with the tree over it, made by OpenZeppelin's library. */
export class Batch {
  readonly ids: readonly string[];
  readonly #tree: SimpleMerkleTree;

  private constructor(
    domain: string,
    readonly supplier: number,
    readonly orders: readonly BatchedOrder[],
  ) {
    const types = ['bytes32', 'uint32', 'uint32', 'bytes32', 'bytes32'];
    this.ids = orders.map(({ buyer, commitment, tag }) =>
      keccak256(abi.encode(types, [domain, buyer, supplier, commitment, tag])),
    );
    const leaves = orders.map(({ index, expiry }, place) =>
      keccak256(abi.encode(['bytes32', 'uint32', 'uint40'], [this.ids[place], index, expiry])),
    );
    this.#tree = SimpleMerkleTree.of(leaves);
  }

  /** Of `size` orders, each good for 30 days unless `over` says otherwise of its place. */
  static async of(
    trade: Trade,
    size: number,
    over: (index: number) => Partial<BatchedOrder> = () => ({}),
    { buyer, supplier }: { buyer: TestMember; supplier: TestMember } = trade,
  ): Promise<Batch> {
    const { expiry } = await trade.posting();
    const orders = Array.from({ length: size }, (_, index) => {
      return { buyer: buyer.id, index, expiry, commitment: random32(), tag: random32(), ...over(index) };
    });
    return new Batch(await trade.orders.read('domainSeparator'), supplier.id, orders);
  }

  get size(): number {
    return this.orders.length;
  }

  get root(): string {
    return this.#tree.root;
  }

  /** A place with the longest proof: in a tree that is not full some leaves lie a level higher, which ones is chance. */
  get deepest(): number {
    const lengths = this.orders.map((_, place) => this.#tree.getProof(place).length);
    return lengths.indexOf(Math.max(...lengths));
  }

  /** Arguments of `materialise` for the order at a place of the list. */
  showing(place: number, bitmap = '0x') {
    return [this.orders[place]!, this.root, this.#tree.getProof(place), bitmap] as const;
  }
}

/** The answer that accepts the orders at these indices. */
export function bitmapOf(size: number, accepted: readonly number[]): string {
  const bytes = Buffer.alloc(Math.ceil(size / 8));
  for (const index of accepted) bytes[index >> 3]! |= 1 << (index & 7);
  return `0x${bytes.toString('hex')}`;
}

export const postBatch = (trade: Trade, { supplier, root }: Batch, by = trade.buyer) =>
  trade.orders.send(by.operator, 'postBatch', root, supplier);

/** Answers a batch and returns the bitmap. */
export async function answerBatch(trade: Trade, batch: Batch, accepted: readonly number[]): Promise<string> {
  const bitmap = bitmapOf(batch.size, accepted);
  await trade.orders.send(trade.supplier.operator, 'answerBatch', batch.orders[0]!.buyer, batch.root, bitmap);
  return bitmap;
}

export const materialise = (trade: Trade, batch: Batch, place: number, bitmap?: string, by = trade.buyer) =>
  trade.orders.send(by.operator, 'materialise', ...batch.showing(place, bitmap));
