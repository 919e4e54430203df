import { setImmediate } from 'node:timers/promises';
import type { Block, DecodedLog, LogDecoder, Range } from '../chain/index.js';
import type { Batch } from './batch.js';
import { copied } from './copy-in.js';
import { CopyRows } from './copy-rows.js';
import { EVENT_COLUMNS, eventRow } from './event-row.js';
import type { BlockRef } from './index-head.js';
import type { ProjectionRegistry } from './projection-registry.js';
import type { RowCache } from './row-cache.js';

/**
 * So many events are worked on in a row: in between, the connection on which the batch before is written goes on, whose database would wait for
 * this one's end with each answer, and whatever else the process does.
 */
const IN_A_ROW = 200;

/** Turns ranges of the chain into batches: decoded, projected in the order of the logs, ready to be written. */
export class Applier {
  constructor(
    private readonly decoder: LogDecoder,
    private readonly registry: ProjectionRegistry,
    private readonly rows: RowCache,
  ) {}

  /** Blocks before `keepFrom` will never be undone. After a rejection the rows are not to be used any more. */
  async apply(range: Range, after: BlockRef, keepFrom: number): Promise<Batch> {
    const records = await this.decode(range);
    const entries = await this.rows.preload(
      records.map((record) => this.registry.of(record.event.name).flatMap((projection) => projection.touches(record))),
    );
    const events = new CopyRows(Object.values(EVENT_COLUMNS));
    for (const [index, record] of records.entries()) {
      if (isPauseAt(index)) await setImmediate();
      this.rows.begin(record.block, record.block >= keepFrom, entries[index]!);
      for (const projection of this.registry.of(record.event.name)) projection.apply(record, this.rows);
      events.add(eventRow(record));
    }
    const blocks = range.blocks.map(reference);
    const { changes, images } = this.rows.collect();
    return {
      after,
      to: blocks.at(-1)!,
      events: events.end(),
      eventCount: records.length,
      // Made before the transaction begins, which would wait for it.
      changes: changes.map(({ table, inserts, updates }) => ({
        ...{ table, updates },
        inserts: copied(table.columns, inserts),
      })),
      images,
      blocks: blocks.filter(({ number }) => number >= keepFrom),
      keepFrom,
    };
  }

  private async decode({ blocks, logs }: Range): Promise<DecodedLog[]> {
    const byHash = new Map(blocks.map((block) => [block.hash, block]));
    const records: DecodedLog[] = [];
    let block: Block | undefined;
    for (const [index, log] of logs.entries()) {
      if (isPauseAt(index)) await setImmediate();
      // The same again for most.
      if (log.blockHash !== block?.hash) block = byHash.get(log.blockHash)!;
      records.push(this.decoder.decode(log, block));
    }
    return records;
  }
}

/** Not awaited at each event: a promise an event costs as much as reading it. */
function isPauseAt(index: number): boolean {
  return index > 0 && index % IN_A_ROW === 0;
}

function reference({ number, hash, timestamp }: Block): BlockRef {
  return { number, hash, timestamp };
}
