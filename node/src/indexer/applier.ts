import type { Block, DecodedLog, LogDecoder, Range } from '../chain/index.js';
import type { Batch } from './batch.js';
import { CopyLines } from './copy-lines.js';
import { eventLine } from './event-line.js';
import type { BlockRef } from './index-head.js';
import type { ProjectionRegistry } from './projection-registry.js';
import type { RowCache } from './row-cache.js';

/** Turns ranges of the chain into batches: decoded, projected in the order of the logs, ready to be written. */
export class Applier {
  constructor(
    private readonly decoder: LogDecoder,
    private readonly registry: ProjectionRegistry,
    private readonly rows: RowCache,
  ) {}

  /** Blocks before `keepFrom` will never be undone. After a rejection the rows are not to be used any more. */
  async apply(range: Range, after: BlockRef, keepFrom: number): Promise<Batch> {
    const records = this.decode(range);
    const entries = await this.rows.preload(
      records.map((record) => this.registry.of(record.event.name).flatMap((projection) => projection.touches(record))),
    );
    const events = new CopyLines();
    for (const [index, record] of records.entries()) {
      this.rows.begin(record.block, record.block >= keepFrom, entries[index]!);
      for (const projection of this.registry.of(record.event.name)) projection.apply(record, this.rows);
      events.add(eventLine(record));
    }
    const blocks = range.blocks.map(reference);
    return {
      after,
      to: blocks.at(-1)!,
      events: events.bytes(),
      eventCount: records.length,
      ...this.rows.collect(),
      blocks: blocks.filter(({ number }) => number >= keepFrom),
      keepFrom,
    };
  }

  private decode({ blocks, logs }: Range): DecodedLog[] {
    const byHash = new Map(blocks.map((block) => [block.hash, block]));
    return logs.map((log) => this.decoder.decode(log, byHash.get(log.blockHash)!));
  }
}

function reference({ number, hash, timestamp }: Block): BlockRef {
  return { number, hash, timestamp };
}
