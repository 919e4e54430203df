import { Injectable } from '@nestjs/common';
import { Lookup, statement, UnitOfWork } from '../../database/index.js';
import { readRows } from '../../indexer/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { Order } from '../domain/order.js';
import { type ChainOrderChange, chainOrderChanges } from '../storage/chain-order-changes.js';
import { chainOrders } from '../storage/chain-orders.js';
import { orderOf } from '../storage/order-of.js';

/** So many are looked up by a prepared statement at most. */
const FEW = 20;

const COLUMNS = Object.keys(chainOrders.columns).join(', ');
const OWN = statement(`SELECT ${COLUMNS} FROM chain_orders WHERE id = ANY($1::bytea[])`);
const MANY = `SELECT ${COLUMNS} FROM chain_orders WHERE id = ANY($1::bytea[])
  UNION ALL SELECT ${COLUMNS} FROM orders_in_batches WHERE id = ANY($1::bytea[])`;

/** Orders, those of batches included, as of the indexed head, read within the current unit of work if there is one. */
@Injectable()
export class Orders {
  private readonly byId = new Lookup<Hex, Order>(
    async (ids) => readRows(chainOrders, await this.load(ids)).map(orderOf),
    ({ id }) => id,
    { inUnit: () => this.unitOfWork.active, most: FEW },
  );

  constructor(private readonly unitOfWork: UnitOfWork) {}

  async find(id: Hex): Promise<Order | undefined> {
    return (await this.findMany([id]))[0];
  }

  /** Throws ORDER_UNKNOWN. */
  async get(id: Hex): Promise<Order> {
    const order = await this.find(id);
    if (!order)
      throw CONTRACT_PROBLEMS.OrderUnknown('no order has this id as far as this node has indexed', { order: id });
    return order;
  }

  /** Those of the orders that are there, in no certain order. */
  async findMany(ids: readonly Hex[]): Promise<Order[]> {
    return [...(await this.byId.of(ids))];
  }

  /** The last proposal of a version above 1. */
  async change(id: Hex, version: number): Promise<ChainOrderChange | undefined> {
    const rows = await this.unitOfWork.manager.query<Record<string, unknown>[]>(
      'SELECT * FROM chain_order_changes WHERE order_id = $1 AND version = $2',
      [toBytes(id), version],
    );
    return readRows(chainOrderChanges, rows)[0];
  }

  /** The one that awaits an answer. */
  async pendingChange({ id, pendingVersion }: Order): Promise<ChainOrderChange | undefined> {
    return pendingVersion === null ? undefined : this.change(id, pendingVersion);
  }

  /** Root of the fields of a version that is or was in force; undefined for one that never was. */
  async commitmentOf(order: Order, version: number): Promise<Hex | undefined> {
    if (version === order.version) return order.commitment;
    if (version === 1) return order.firstCommitment;
    const change = await this.change(order.id, version);
    return change?.status === 'EFFECTIVE' ? change.commitment : undefined;
  }

  /** Most that are asked for have a row of their own, and planning the view of batches takes longer than all else. */
  private async load(ids: readonly Hex[]): Promise<Record<string, unknown>[]> {
    if (ids.length > FEW) return this.unitOfWork.manager.query(MANY, [ids.map(toBytes)]);
    const own = await this.unitOfWork.read<Record<string, unknown> & { id: Buffer }>(OWN, [ids.map(toBytes)]);
    const found = new Set(own.map(({ id }) => toHex(id)));
    const others = ids.filter((id) => !found.has(id));
    if (others.length === 0) return own;
    return own.concat(await this.unitOfWork.manager.query(MANY, [others.map(toBytes)]));
  }
}
