import type { Json, MemberClient } from '../../../../scripts/demo/client.js';
import { startNodes, type TestNodes } from '../../../../test/support/nodes.js';
import { UnitOfWork } from '../../database/index.js';
import { arrives, made, Story } from '../../financing/testing/story.js';
import { type Hex, toHex } from '../../kernel/hex.js';

export const DAY = 86_400;
/** Milliseconds, on a busy machine. */
export const PATIENCE = 240_000;
export const THREE = ['/amount', '/currency', '/lines/*/quantity'];

/** What the tests of a spec run on, once it has begun. */
export let nodes: TestNodes;
export let story: Story;
export let core: MemberClient;
export let supplier: MemberClient;
export let bank: MemberClient;

/** Begins a spec: the two sides of trades, two banks and an auditor. */
export async function startWorld(): Promise<void> {
  nodes = await startNodes(['core', 'supplier-1', 'bank-a', 'bank-b', 'auditor']);
  story = new Story(nodes);
  [core, supplier, bank] = [story.core, story.supplier, story.bank('bank-a')];
}

export const stopWorld = (): Promise<void> | undefined => nodes?.stop();

export const time = async (seconds: number): Promise<string> =>
  new Date(((await story.now()) + seconds) * 1000).toISOString();

export const grantOf = async (resource: Json, more: Json = {}): Promise<Json> => ({
  ...{ grantee: 'bank-a', resource, fields: THREE, purpose: 'CREDIT_DECISION', until: await time(DAY) },
  ...more,
});

/** Commitments of what a member keeps under a grant. */
export const copiesOf = async (name: string, grant: string): Promise<Hex[]> => {
  const { manager } = nodes.of(name).app.get(UnitOfWork);
  const query = 'SELECT root FROM granted_copies WHERE grant_id = $1';
  return (await manager.query<{ root: Buffer }[]>(query, [bytes(grant)])).map(({ root }) => toHex(root));
};

/** The same of what it has under a grant, be it in force or over: as of one moment, since copies become a credit file at any. */
export const sealedOrNot = async (name: string, grant: string): Promise<Hex[]> => {
  const { manager } = nodes.of(name).app.get(UnitOfWork);
  const query = `SELECT root FROM granted_copies WHERE grant_id = $1
    UNION SELECT root FROM credit_files WHERE grant_id = $1`;
  return (await manager.query<{ root: Buffer }[]>(query, [bytes(grant)])).map(({ root }) => toHex(root));
};

/** Letters of the supplier's node about a grant or a financing, in the order in which they were written. */
export const lettersOf = async (object: string): Promise<[type: string, status: string, empty: boolean][]> => {
  const { manager } = nodes.of('supplier-1').app.get(UnitOfWork);
  const query = `SELECT type, status, body IS NULL AS empty FROM exchange_outbox
    WHERE object = $1 AND type IN ('grant.documents', 'financing.request', 'financing.withdrawal') ORDER BY seq`;
  const rows = await manager.query<{ type: string; status: string; empty: boolean }[]>(query, [bytes(object)]);
  return rows.map(({ type, status, empty }) => [type, status, empty]);
};

export const comesTo = <T>(look: () => Promise<T>, wanted: (found: T) => boolean): Promise<Json> =>
  arrives(
    async () => ({ status: 200, block: 0, body: { found: await look() } }),
    ({ found }) => wanted(found as T),
    PATIENCE,
  );

/** A grant that has reached its grantee, and with it, if it has begun, what it shows. */
export const granted = async (by: MemberClient, resource: Json, more: Json = {}): Promise<string> => {
  const grant = await grantOf(resource, more);
  const id = String(made(await by.post('/v1/grants', grant))['id']);
  await arrives(
    () => nodes.of(String(grant['grantee'])).client.get(`/v1/grants/${id}`),
    () => true,
  );
  if (!('from' in more))
    await comesTo(
      () => copiesOf(String(grant['grantee']), id),
      (roots) => roots.length > 0,
    );
  return id;
};

/** Until a member's node knows as much of an order as its buyer's does now. */
export const known = async (who: MemberClient, order: string): Promise<Json> => {
  const path = `/v1/registry/orders/${order}`;
  const { block } = await core.get(path);
  return arrives(
    () => who.get(path, block),
    () => true,
  );
};

export const bytes = (id: string): Buffer => Buffer.from(id.slice(2), 'hex');

export const pathsOf = (body: Json): string[] => (body['disclosed'] as { path: string }[]).map(({ path }) => path);

/** Looks in a member's log, oldest first. */
export const looksOf = async (who: MemberClient, order: string): Promise<Json[]> => {
  const { body } = await who.get(`/v1/access-log?order=${order}`);
  return (body['items'] as Json[]).reverse();
};

export const looksArrive = (who: MemberClient, order: string, count: number): Promise<Json> =>
  arrives(
    () => who.get(`/v1/access-log?order=${order}`),
    ({ items }) => (items as Json[]).length >= count,
  );
