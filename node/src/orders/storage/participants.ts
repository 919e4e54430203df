import { Injectable } from '@nestjs/common';
import { statement, UnitOfWork } from '../../database/index.js';
import { readRows } from '../../indexer/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { type ChainParticipant, chainParticipants } from './chain-participants.js';

const COLUMNS = Object.keys(chainParticipants.columns).join(', ');
const OF_ORDER = statement(
  `SELECT ${COLUMNS} FROM chain_participants WHERE order_id = $1 ORDER BY block, member, appointed_by`,
);

/** Appointments, as of the indexed head. */
@Injectable()
export class Participants {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** All appointments on an order, ended ones included, in the order in which they were made. */
  async of(order: Hex): Promise<ChainParticipant[]> {
    const rows = await this.unitOfWork.read<Record<string, unknown>>(OF_ORDER, [toBytes(order)]);
    return readRows(chainParticipants, rows);
  }
}
