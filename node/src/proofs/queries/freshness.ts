import { Injectable } from '@nestjs/common';
import { type Block, ChainClient } from '../../chain/index.js';
import { Config } from '../../config/index.js';
import type { BlockRef } from '../../indexer/index.js';
import { type Fragment, invalid } from '../verify/fragment.js';

/** How many blocks the index may be behind the chain for a verdict to stand. */
const MOST_BEHIND = 1;

/** An answer that came so short a time ago may as well have been on its way: far less than a block takes. */
const AS_NEW_MS = 50;

/** A verdict on old news is none: what the chain has done since may be just what matters. */
@Injectable()
export class Freshness {
  /** Those who ask while it is on its way, or just after, take the same answer. */
  private asked: Promise<Block> | null = null;

  constructor(
    private readonly chain: ChainClient,
    private readonly config: Config,
  ) {}

  /** STATUS fragments that make a verdict invalid: INDEX_BEHIND, CHAIN_STALLED; none when `indexed` is fresh. */
  async judge(indexed: BlockRef): Promise<Fragment[]> {
    const head = await this.head();
    const fragments: Fragment[] = [];
    const behind = head.number - indexed.number;
    if (behind > MOST_BEHIND)
      fragments.push(invalid('STATUS', 'INDEX_BEHIND', `This node is ${behind} blocks behind the chain.`, { behind }));
    const age = Math.floor(Date.now() / 1000) - head.timestamp;
    if (age > this.config.maxBlockAgeSeconds)
      fragments.push(
        invalid('STATUS', 'CHAIN_STALLED', `The last block, ${head.number}, is ${age} seconds old.`, {
          lastBlock: head.number,
          ageSeconds: age,
        }),
      );
    return fragments;
  }

  private head(): Promise<Block> {
    if (this.asked) return this.asked;
    const forget = () => (this.asked = null);
    this.asked = this.chain.head();
    this.asked.then(() => setTimeout(forget, AS_NEW_MS).unref(), forget);
    return this.asked;
  }
}
