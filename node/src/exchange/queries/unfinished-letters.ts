import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { setAsideId } from '../domain/set-aside-id.js';
import { CARRIES } from '../storage/inbox.js';

/** A letter that is not done with: on its way to another member, or set aside. */
export interface Unfinished {
  readonly envelope: string;
  readonly type: string;
  /** By which the operator retries or discards it; null while it is on its way. */
  readonly setAside: string | null;
}

interface Row {
  direction: 'IN' | 'OUT';
  seq: string;
  envelope: string;
  type: string;
  status: string;
}

/** Letters that somebody still waits for. */
@Injectable()
export class UnfinishedLetters {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** One that carries any of these: objects, or roots of documents. */
  async carrying(ids: readonly Hex[]): Promise<Unfinished | undefined> {
    const [row] = await this.unitOfWork.manager.query<Row[]>(
      `SELECT 'OUT' AS direction, seq, id AS envelope, type, status FROM exchange_outbox
       WHERE status IN ('WAITING', 'READY', 'SET_ASIDE') AND ${CARRIES} AND body IS NOT NULL
       UNION ALL
       SELECT 'IN', seq, id, type, status FROM exchange_inbox
       WHERE status = 'SET_ASIDE' AND ${CARRIES}
       LIMIT 1`,
      [ids.map(toBytes)],
    );
    if (!row) return undefined;
    const { direction, envelope, type, status } = row;
    const setAside = status === 'SET_ASIDE' ? setAsideId({ direction, seq: Number(row.seq) }) : null;
    return { envelope, type, setAside };
  }

  /** How many of a type about an object this member has written and not delivered, set aside ones left out. */
  async onTheirWay(type: string, object: Hex): Promise<number> {
    const [row] = await this.unitOfWork.manager.query<{ letters: number }[]>(
      `SELECT count(*)::int4 AS letters FROM exchange_outbox
       WHERE object = $1 AND type = $2 AND status IN ('WAITING', 'READY') AND body IS NOT NULL`,
      [toBytes(object), type],
    );
    return row!.letters;
  }
}
