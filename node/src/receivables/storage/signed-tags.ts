import { Injectable } from '@nestjs/common';
import { Lookup, statement, UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { type KnownTag, type OrderTags, withProof } from '../domain/tags.js';

/** Of a list of tags the tags alone. */
const bare = (tags: string): string => `(SELECT coalesce(jsonb_agg(tag - 'signature' ORDER BY place), '[]')
  FROM jsonb_array_elements(${tags}) WITH ORDINALITY AS each (tag, place))`;

/** So many are looked up by a prepared statement at most. */
const FEW = 20;
const ORDER_TAGS = statement(
  'SELECT order_id, account, signature, tags FROM order_tags WHERE order_id = ANY($1::bytea[])',
);

/** Fingerprints and order tags with the signatures that open them, which go to lenders and never on chain. */
@Injectable()
export class SignedTags {
  private readonly byOrder = new Lookup<Hex, OrderTags>(
    async (orders) => (await this.unitOfWork.read<Row>(ORDER_TAGS, [orders.map(toBytes)])).map(tagsOf),
    ({ order }) => order,
    { inUnit: () => this.unitOfWork.active, most: FEW },
  );

  constructor(private readonly unitOfWork: UnitOfWork) {}

  async keepFingerprints(receivable: Hex, fingerprints: readonly KnownTag[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO receivable_fingerprints (receivable, fingerprints) VALUES ($1, $2)
       ON CONFLICT (receivable) DO UPDATE SET fingerprints = EXCLUDED.fingerprints`,
      [toBytes(receivable), JSON.stringify(fingerprints)],
    );
  }

  /** In the order of the obligor's tag keys; empty when they are not here. */
  async fingerprints(receivable: Hex): Promise<KnownTag[]> {
    const [row] = await this.unitOfWork.manager.query<{ fingerprints: KnownTag[] }[]>(
      'SELECT fingerprints FROM receivable_fingerprints WHERE receivable = $1',
      [toBytes(receivable)],
    );
    return row?.fingerprints ?? [];
  }

  /** A later word of the buyer's, over one more tag key, takes the place of an earlier one; what opened its tags stays. */
  async keepOrderTags(word: OrderTags): Promise<void> {
    const { order, account, signature } = word;
    const { tags } = withProof(word, (await this.known([order])).get(order));
    await this.unitOfWork.manager.query(
      `INSERT INTO order_tags (order_id, account, signature, tags) VALUES ($1, $2, $3, $4)
       ON CONFLICT (order_id) DO UPDATE SET account = EXCLUDED.account, signature = EXCLUDED.signature, tags = EXCLUDED.tags`,
      [toBytes(order), toBytes(account), toBytes(signature), JSON.stringify(tags)],
    );
  }

  /** Of each order in the order given; undefined unless those of all are here. */
  async orderTags(orders: readonly Hex[]): Promise<OrderTags[] | undefined> {
    const known = await this.known(orders);
    const found = orders.flatMap((order) => known.get(order) ?? []);
    return found.length === orders.length ? found : undefined;
  }

  /**
   * Cuts out the signatures of these receivables' and orders', within the current unit of work: to whoever has one and the listed key, a guess
   * at a number is as good as the document. The tags stay: they say nothing, and what is shown still goes with them.
   */
  async forget(objects: readonly Hex[]): Promise<void> {
    if (objects.length === 0) return;
    const ids = [objects.map(toBytes)];
    await this.unitOfWork.manager.query(
      `UPDATE receivable_fingerprints SET fingerprints = ${bare('fingerprints')} WHERE receivable = ANY($1)`,
      ids,
    );
    await this.unitOfWork.manager.query(`UPDATE order_tags SET tags = ${bare('tags')} WHERE order_id = ANY($1)`, ids);
  }

  /** Of the orders of which they are here. */
  async known(orders: readonly Hex[]): Promise<ReadonlyMap<Hex, OrderTags>> {
    return new Map((await this.byOrder.of(orders)).map((tags) => [tags.order, tags]));
  }
}

interface Row {
  readonly order_id: Buffer;
  readonly account: Buffer;
  readonly signature: Buffer;
  readonly tags: KnownTag[];
}

function tagsOf({ order_id, account, signature, tags }: Row): OrderTags {
  return { order: toHex(order_id), account: toHex(account), signature: toHex(signature), tags };
}
