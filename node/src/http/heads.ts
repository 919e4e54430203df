import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { requestInvalid } from '../errors/index.js';
import { defineProblem } from '../kernel/problem.js';
import { Port } from './port.js';
import { type Head, INDEX_HEAD, type IndexHeadPort } from './ports.js';

export const indexBehind = defineProblem({
  code: 'INDEX_BEHIND',
  status: 503,
  title: 'This node has not indexed the block yet',
});

const MIN_BLOCK = /^(\d{1,15})(?:\s.*)?$/;

/** How far this node has indexed, for the headers Tradeproof-Block and Tradeproof-Min-Block. */
@Injectable()
export class Heads {
  private readonly index: Port<IndexHeadPort>;

  constructor(modules: ModuleRef) {
    this.index = new Port(modules, INDEX_HEAD);
  }

  /** Whether this process is composed with an indexer room. */
  get known(): boolean {
    return this.index.get() !== undefined;
  }

  /** The last indexed block, if there is an indexer and it has one. */
  current(): Head | undefined {
    const head = this.index.get()?.current();
    return head && head.number >= 0 ? head : undefined;
  }

  /**
   * Waits until the block that a Tradeproof-Min-Block header names (its first word, so that a Tradeproof-Block can be
   * passed back as it came) is indexed. Throws INDEX_BEHIND after `seconds`, REQUEST_INVALID for what is no number.
   */
  async require(header: string | string[] | undefined, seconds: number): Promise<void> {
    if (header === undefined) return;
    const block = typeof header === 'string' ? MIN_BLOCK.exec(header.trim())?.[1] : undefined;
    if (block === undefined) throw requestInvalid('Tradeproof-Min-Block is not a block number');
    if (await this.index.get()?.waitFor(Number(block), seconds * 1000)) return;
    const indexed = this.current()?.number ?? null;
    throw indexBehind(`block ${block} is not indexed here`, { block: Number(block), indexed, retryAfterSeconds: 1 });
  }
}

/** The value of Tradeproof-Block: number and hash. */
export function blockHeader(head: Head): string {
  return `${head.number} ${head.hash}`;
}
