import { Injectable } from '@nestjs/common';
import { Lookup, UnitOfWork } from '../../database/index.js';
import { entryHash } from '../../fulfilment/domain/fulfilment-log.js';
import { kindOf, MILESTONE_RULES } from '../../fulfilment/domain/milestone-kinds.js';
import { receivedByLine } from '../../fulfilment/domain/received-by-line.js';
import { chainMilestones } from '../../fulfilment/index.js';
import { readRows } from '../../indexer/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import type { LineGoods } from '../domain/cover/goods.js';
import { hidesLines, type OrderFacts, readReceipt } from '../domain/documents/read-documents.js';
import type { EventRef } from '../domain/event-ref.js';
import { CommittedFields } from './committed-fields.js';

/** What became of the goods of some orders, as far as this member may know. */
export interface GoodsReceived {
  readonly goods: readonly LineGoods[];
  /** Commitments of entries that can change cover and whose lines this member has not been shown far enough. */
  readonly hidden: readonly Hex[];
}

interface Milestone {
  readonly order: Hex;
  readonly index: number;
  readonly kind: number;
  readonly author: number;
  readonly commitment: Hex;
  readonly supersedes: Hex;
  readonly recordedAt: number;
  readonly event: EventRef;
}

/** Receipts, inspections and returns of orders, line by line (rule 5). */
@Injectable()
export class GoodsReceivedQuery {
  private readonly logs = new Lookup<Hex, Milestone>(
    (orders) => this.milestones(orders),
    ({ order }) => order,
  );

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly fields: CommittedFields,
  ) {}

  async of(orders: ReadonlyMap<Hex, OrderFacts>): Promise<GoodsReceived> {
    const milestones = await this.logs.of([...orders.keys()]);
    const telling = milestones.filter(({ kind }) => MILESTONE_RULES[kindOf(kind)].touchesCover);
    const known = await this.fields.of(telling.map(({ order: object, commitment: root }) => ({ root, object })));
    // Many entries may name one document: each is read once.
    const told = [...new Set(telling.map(({ commitment }) => commitment))];
    const hidden = new Set(told.filter((root) => hidesLines(known.get(root))));
    const reports = new Map([...known].map(([root, fields]) => [root, readReceipt(fields)]));
    const goods = [...orders].flatMap(([order, facts]) => {
      const log = milestones.filter((milestone) => milestone.order === order);
      const byEntry = new Map(log.map((milestone) => [entryHash(milestone), milestone]));
      const reported = log.map((milestone) => ({ ...milestone, report: reports.get(milestone.commitment) }));
      const { lines, undecided } = receivedByLine(facts, reported);
      undecided.forEach((entry) => hidden.add(byEntry.get(entry)!.commitment));
      return lines.map(({ entries, ...line }) => {
        return { order, ...line, events: entries.map((entry) => byEntry.get(entry)!.event) };
      });
    });
    return { goods, hidden: [...hidden] };
  }

  private async milestones(orders: readonly Hex[]): Promise<Milestone[]> {
    const rows = await this.unitOfWork.manager.query<Record<string, unknown>[]>(
      'SELECT * FROM chain_milestones WHERE order_id = ANY($1) ORDER BY order_id, position',
      [orders.map(toBytes)],
    );
    return readRows(chainMilestones, rows).map(({ order_id: order, position, recorded_at, log_index, ...row }) => {
      const { block, tx, kind, author, commitment, supersedes } = row;
      const event = { name: 'MilestoneRecorded', object: order, block, logIndex: log_index, tx, at: recorded_at };
      return { order, index: position, kind, author, commitment, supersedes, recordedAt: recorded_at, event };
    });
  }
}
