import type { Answer, Json, MemberClient } from '../../../../scripts/demo/client.js';
import { eventually } from '../../../../test/support/eventually.js';
import { startNodes, type TestNodes } from '../../../../test/support/nodes.js';
import { BUYER, newNumber, orderDocument, SELLER } from './documents.js';

/** What the tests of a spec run on, once it has begun. */
export let nodes: TestNodes;
export let core: MemberClient;
export let supplier: MemberClient;
export let bank: MemberClient;

/** Begins a spec: a buyer, a supplier, and a bank that is nothing to their orders. */
export async function startWorld(): Promise<void> {
  nodes = await startNodes(['core', 'supplier-1', 'bank-a']);
  [core, supplier, bank] = ['core', 'supplier-1', 'bank-a'].map((name) => nodes.of(name).client) as [
    MemberClient,
    MemberClient,
    MemberClient,
  ];
}

export const stopWorld = (): Promise<void> | undefined => nodes?.stop();

/** A supplier's answer that asks for something else. */
export const counterOffer = (orderNumber: string, lines: Json[]): Json => ({
  ...{ kind: 'ORDER_RESPONSE', decision: 'AMENDED', reason: 'not so many', orderNumber, buyer: BUYER, seller: SELLER },
  lines,
});
export const cancellation = (orderNumber: string): Json => ({
  ...{ kind: 'ORDER_CANCELLATION', number: newNumber(), issueDate: '2026-11-24', orderNumber },
  ...{ buyer: BUYER, seller: SELLER, reason: 'the plant burnt down' },
});
export const post = (document: Json, query = 'supplier=supplier-1', by = core) =>
  by.post(`/v1/orders?${query}`, { document });
export const idOf = ({ body }: Answer) => String(body['id']);
export const statusOf = async (id: string, by = core) => (await by.get(`/v1/orders/${id}`)).body['status'];

/** A posted order whose document the supplier has, and of which the bank knows. */
export async function posted(change: Json = {}): Promise<{ id: string; number: string }> {
  const document = orderDocument(change);
  const answer = await post(document);
  expect(answer.status).toBe(201);
  const id = idOf(answer);
  await known(id);
  await at(bank, `/v1/registry/orders/${id}`, answer);
  return { id, number: String(document['number']) };
}

export const known = (id: string, by = supplier) =>
  eventually(
    () => by.get(`/v1/orders/${id}`),
    ({ body }) => typeof body['number'] === 'string',
  );

export async function accepted(change: Json = {}): Promise<{ id: string; number: string; block: number }> {
  const order = await posted(change);
  const answer = await supplier.post(`/v1/orders/${order.id}/acceptance`);
  expect(answer.status).toBe(201);
  await core.call('GET', `/v1/orders/${order.id}`, { minBlock: answer.block });
  return { ...order, block: answer.block };
}

/** Reads at another node what was just written at one. */
export const at = (by: MemberClient, path: string, { block }: Answer) => by.call('GET', path, { minBlock: block });
