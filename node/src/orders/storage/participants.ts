import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { readRows } from '../../indexer/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { type ChainParticipant, chainParticipants } from './chain-participants.js';

/** Appointments, as of the indexed head. */
@Injectable()
export class Participants {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** All appointments on an order, ended ones included, in the order in which they were made. */
  async of(order: Hex): Promise<ChainParticipant[]> {
    const rows = await this.unitOfWork.manager.query<Record<string, unknown>[]>(
      'SELECT * FROM chain_participants WHERE order_id = $1 ORDER BY block, member, appointed_by',
      [toBytes(order)],
    );
    return readRows(chainParticipants, rows);
  }
}
