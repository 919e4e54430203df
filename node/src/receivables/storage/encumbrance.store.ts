import { Injectable } from '@nestjs/common';
import { Lookup, type Statement, statement, UnitOfWork } from '../../database/index.js';
import { IndexHead, readRows } from '../../indexer/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import type { Encumbrance } from '../domain/receivable.js';
import { chainEncumbrances } from './chain-encumbrances.js';
import { encumbranceOf } from './encumbrance-of.js';

const COLUMNS = Object.keys(chainEncumbrances.columns).join(', ');
const LAST = statement(`SELECT ${COLUMNS} FROM chain_encumbrances WHERE object = ANY($1)`);
const ALL = statement(`
  SELECT ${COLUMNS} FROM chain_past_encumbrances WHERE object = ANY($1)
  UNION ALL SELECT ${COLUMNS} FROM chain_encumbrances WHERE object = ANY($1) ORDER BY reserved_block, reserved_log`);

/** Who has a claim on orders and receivables, as of the indexed head's block time. */
@Injectable()
export class EncumbranceStore {
  private readonly last = new Lookup<Hex, Encumbrance>(
    (objects) => this.select(LAST, objects),
    ({ object }) => object,
  );
  private readonly all = new Lookup<Hex, Encumbrance>(
    (objects) => this.select(ALL, objects),
    ({ object }) => object,
  );

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly head: IndexHead,
  ) {}

  /** Encumbrances that run now, of any of the objects. */
  async running(objects: readonly Hex[]): Promise<Encumbrance[]> {
    return (await this.last.of(objects)).filter(({ state }) => state !== 'NONE');
  }

  /** Those that the chain counts: the running ones, and reservations that lapsed (state NONE) without anything having said so. */
  async counted(objects: readonly Hex[]): Promise<Encumbrance[]> {
    return (await this.last.of(objects)).filter(({ ended }) => ended === null);
  }

  /** Every reservation that an object ever had, oldest first. */
  async history(object: Hex): Promise<Encumbrance[]> {
    return [...(await this.all.of([object]))];
  }

  private async select(of: Statement, objects: readonly Hex[]): Promise<Encumbrance[]> {
    // Before the rows: by a clock that went on meanwhile a reservation would have lapsed under which the money went out in time.
    const { timestamp } = this.head.current();
    const rows = await this.unitOfWork.read<Record<string, unknown>>(of, [objects.map(toBytes)]);
    return readRows(chainEncumbrances, rows).map((row) => encumbranceOf(row, timestamp));
  }
}
