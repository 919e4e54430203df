import type { Answer, Json, MemberClient } from '../../../../scripts/demo/client.js';
import { eventually } from '../../../../test/support/eventually.js';
import { changeDocument, orderDocument } from './documents.js';
import { at, core, idOf, known, post, supplier } from './world.js';

const TERMS = { amount: '1000.00', validUntil: '2100-12-31' };

/** A framework contract of 1000.00 EUR, 100 litres of paint and 5 brushes, that both accepted. */
export async function framework(change: Json = {}): Promise<{ id: string; number: string }> {
  const document = orderDocument({ ...TERMS, ...change });
  const answer = await post(document, 'supplier=supplier-1&type=FRAMEWORK');
  expect(answer).toMatchObject({ status: 201, body: { type: 'FRAMEWORK', status: 'POSTED', framework: null } });
  const id = idOf(answer);
  await known(id);
  const accepting = await supplier.post(`/v1/orders/${id}/acceptance`);
  expect(accepting).toMatchObject({ status: 201, body: { status: 'ACCEPTED', type: 'FRAMEWORK' } });
  await at(core, `/v1/orders/${id}`, accepting);
  return { id, number: String(document['number']) };
}

/** An order of this amount and so many litres of paint. */
export const callOff = (amount: string, quantity: string, change: Json = {}): Json =>
  orderDocument({ amount, lines: [{ id: '1', item: 'PAINT', quantity, unit: 'LTR', amount }], ...change });

/** An order that calls off a framework contract, posted and known to the supplier. */
export async function calledOff(id: string, document: Json): Promise<string> {
  const answer = await post(document, `framework=${id}`);
  expect(answer).toMatchObject({ status: 201, body: { type: 'ORDER', framework: id, supplier: 'supplier-1' } });
  await known(idOf(answer));
  return idOf(answer);
}

export const amountLeft = async (id: string, by = core) =>
  ((await by.get(`/v1/orders/${id}/allowance`)).body['amount'] as Json)['remaining'];

/** So many orders of 400.00 that call off a framework contract and are accepted. */
export async function acceptedCallOffs(id: string, count: number): Promise<Numbered[]> {
  const orders = [];
  for (let i = 0; i < count; i++) {
    const order = await calledOff(id, callOff('400.00', '1'));
    const accepting = await supplier.post(`/v1/orders/${order}/acceptance`);
    expect(accepting.status).toBe(201);
    const { body } = await at(core, `/v1/orders/${order}`, accepting);
    orders.push({ id: order, number: String(body['number']) });
  }
  return orders;
}

export interface Numbered {
  readonly id: string;
  readonly number: string;
}

/** Proposes another amount for an order or a contract, and another quantity of paint. `wait` is in seconds. */
export const proposed = (
  by: MemberClient,
  { id, number }: Numbered,
  amount: string,
  { quantity = '2', wait }: { quantity?: string; wait?: number } = {},
): Promise<Answer> => {
  const lines = [{ id: '1', item: 'PAINT', quantity, unit: 'LTR', amount, status: 'Revised' }];
  const document = changeDocument(number, { amount, lines });
  return by.call('POST', `/v1/orders/${id}/changes`, { body: { document }, wait });
};

/** Until a member has read the amount that the other side proposes. */
export const read = (by: MemberClient, { id }: Numbered, amount: string): Promise<Answer> =>
  eventually(
    () => by.get(`/v1/orders/${id}`),
    ({ body: { pendingChange } }) => (pendingChange as Json | null)?.['amount'] === amount,
  );
