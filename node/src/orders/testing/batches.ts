import { randomBytes } from 'node:crypto';
import type { Answer, Json, MemberClient } from '../../../../scripts/demo/client.js';
import { eventually } from '../../../../test/support/eventually.js';
import { refusalOf } from '../../../../test/support/nodes.js';
import { Keyring } from '../../chain/index.js';
import { UnitOfWork } from '../../database/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Submissions } from '../../submissions/index.js';
import { BatchedOrders } from '../queries/batched-orders.js';
import { orderDocument } from './documents.js';
import { core, nodes, supplier } from './world.js';

export const hex32 = () => `0x${randomBytes(32).toString('hex')}`;
export const seen = (by: MemberClient, path: string, { block }: Answer) => by.call('GET', path, { minBlock: block });
export const statusOf = async (by: MemberClient, id: string) => (await by.get(`/v1/orders/${id}`)).body['status'];
export const arrived = (path: string, wanted: (answer: Answer) => boolean = ({ status }) => status === 200) =>
  eventually(() => supplier.get(path), wanted);

interface Posted {
  readonly root: string;
  readonly ids: string[];
  readonly numbers: string[];
}

/** A batch of documents, known at both nodes: its root and the ids of its orders. */
export async function posted(size: number): Promise<Posted> {
  const batch = await sent(size);
  for (const id of batch.ids) await arrived(`/v1/orders/${id}`, ({ body }) => typeof body['number'] === 'string');
  return batch;
}

/** The same, known at its buyer's node. */
export async function sent(size: number): Promise<Posted> {
  const documents = Array.from({ length: size }, () => orderDocument());
  const made = await core.post(
    '/v1/orders/bulk?batch=true',
    documents.map((document) => ({ supplier: 'supplier-1', document })),
  );
  expect(refusalOf(made)).toEqual([201, undefined]);
  const items = made.body['items'] as { id: string; number: string; submission: string }[];
  expect(new Set(items.map(({ submission }) => submission)).size).toBe(1);
  const ids = items.map(({ id }) => id);
  const { body } = await eventually(
    () => core.get(`/v1/orders/${ids[0]}`),
    ({ status }) => status === 200,
  );
  return { root: String(body['batch']), ids, numbers: items.map(({ number }) => number) };
}

/** What its node does for no buyer: posts an order of a batch of its own once more, by itself, under the id that it has. The order as its supplier then sees it. */
export async function postedOnceMore(id: Hex, fn: 'post' | 'postFramework'): Promise<Answer> {
  const { app } = nodes.of('core');
  const unitOfWork = app.get(UnitOfWork, { strict: false });
  const {
    supplier: to,
    commitment,
    tag,
    expiry,
  } = (await app.get(BatchedOrders, { strict: false }).places([id])).get(id)!;
  const submitted = await unitOfWork.run(() =>
    app.get<Submissions>(Submissions, { strict: false }).submit({
      act: fn,
      call: { contract: 'OrderRegistry', fn, args: [to, commitment, tag, expiry] },
      account: app.get(Keyring, { strict: false }).operator.address,
      subject: { type: 'order', id },
    }),
  );
  return seen(supplier, `/v1/orders/${id}`, await included(core, submitted.id));
}

/** A submission once it is included, and its block: what a node had indexed as it was asked may be the one before. */
export async function included(by: MemberClient, id: string): Promise<Answer> {
  const answer = await eventually(
    () => by.get(`/v1/submissions/${id}`),
    ({ body }) => body['status'] === 'INCLUDED',
  );
  return { ...answer, block: Number(answer.body['block']) };
}

/** What a node says of a book of these orders, by default the buyer's, once it keeps up with the chain. */
export async function verified(ids: readonly string[], by = core): Promise<Json> {
  const { url, apiKey } = by.member;
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/x-ndjson' };
  const book = ids.map((id) => `"${id}"`).join('\n');
  const ask = async () => {
    const answer = await fetch(`${url}/v1/verifications/portfolio`, { method: 'POST', headers, body: book });
    return { status: answer.status, body: (await answer.json()) as Json, block: -1 };
  };
  return (await eventually(ask, ({ body }) => body['code'] !== 'PORTFOLIO_STALE')).body;
}
