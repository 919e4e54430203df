import { headerHash, type RpcHeader } from '../../node/src/kernel/block-header.js';
import type { Hex } from '../../node/src/kernel/hex.js';

const EMPTY_TRIE = '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421';

export type ShownBlock = RpcHeader & { readonly hash: Hex; readonly transactions: readonly Hex[] };

/**
 * What a chain would look like whose last blocks were other ones: their headers link and hash as they should, and
 * nothing is in them. Only who asks another endpoint can tell.
 */
export class FalseFork {
  readonly #blocks = new Map<number, ShownBlock>();

  /** Differs from block `from` on. */
  constructor(
    private readonly from: number,
    private readonly real: (number: number) => Promise<ShownBlock | null>,
  ) {}

  covers(number: number): boolean {
    return number >= this.from;
  }

  /** Number of the last block that the fork shares with the chain. */
  get shared(): number {
    return this.from - 1;
  }

  async block(number: number): Promise<ShownBlock | null> {
    if (!this.covers(number)) return this.real(number);
    const known = this.#blocks.get(number);
    if (known) return known;
    const [real, parent] = [await this.real(number), await this.block(number - 1)];
    if (!real || !parent) return null;
    const header = {
      ...real,
      parentHash: parent.hash,
      transactionsRoot: EMPTY_TRIE,
      receiptsRoot: EMPTY_TRIE,
      logsBloom: `0x${'00'.repeat(256)}`,
      gasUsed: '0x0',
      extraData: '0xfa15e0',
      transactions: [],
    } as ShownBlock;
    const block = { ...header, hash: headerHash(header) };
    this.#blocks.set(number, block);
    return block;
  }
}
