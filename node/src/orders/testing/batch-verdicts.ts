import { writeFileSync } from 'node:fs';
import type { Json, MemberClient } from '../../../../scripts/demo/client.js';
import { eventually } from '../../../../test/support/eventually.js';
import { refusalOf } from '../../../../test/support/nodes.js';
import { Keyring, RegistryDomains } from '../../chain/index.js';
import { UnitOfWork } from '../../database/index.js';
import { OrderPlaces } from '../../grants/commands/order-places.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import type { Problem } from '../../kernel/problem.js';
import type { Bundle } from '../../proofs/verify/bundle/bundle.js';
import { readBundle } from '../../proofs/verify/bundle/read-bundle.js';
import { verifyBundle } from '../../proofs/verify/bundle/verify-bundle.js';
import type { Fragment } from '../../proofs/verify/fragment.js';
import { validators } from '../../proofs/verify/testing/qbft-chain.js';
import { rewrite, sealedBundle, trustWith } from '../../proofs/verify/testing/sealed-bundle.js';
import type { TrustFile } from '../../proofs/verify/trust/schema.js';
import { trustOf } from '../../proofs/verify/trust/trust.js';
import { Submissions } from '../../submissions/index.js';
import type { BatchPlace } from '../domain/batch-place.js';
import { BatchTree, PACKED_BYTES } from '../domain/batch-tree.js';
import { BatchedOrders } from '../queries/batched-orders.js';
import { OrderStandings } from '../queries/order-standings.js';
import { chainOrders } from '../storage/chain-orders.js';
import { hex32, included, posted, postedOnceMore, seen, verified } from './batches.js';
import { bank, core, nodes, supplier } from './world.js';

const eventsOf = async (by: MemberClient, id: string): Promise<unknown[]> =>
  ((await by.get(`/v1/orders/${id}/history`)).body['items'] as Json[]).map(({ event }) => event);

/** What a node says of an order once its index keeps up with the chain. */
const verdictOn = async (by: MemberClient, id: string): Promise<Json> => {
  const answer = await eventually(
    () => by.get(`/v1/orders/${id}/verification`),
    ({ status, body }) => status === 200 && !JSON.stringify(body).includes('INDEX_BEHIND'),
  );
  return answer.body;
};

const failing = ({ fragments }: { fragments?: unknown }): string[] =>
  (fragments as Fragment[])
    .filter(({ status }) => status === 'INVALID')
    .map(({ kind, reason: { code } }) => `${kind} ${code}`);

/** The proof of an order exactly as a node serves it. */
async function fileOf(by: MemberClient, id: string): Promise<string> {
  const { url, apiKey } = by.member;
  const response = await fetch(`${url}/v1/orders/${id}/proof`, { headers: { authorization: `Bearer ${apiKey}` } });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.status} ${text}`);
  return text;
}

const registryOf = (name: string) => nodes.of(name).app.get(RegistryDomains, { strict: false }).of('OrderRegistry');

/** An order as it stands among others of a batch. */
function packedOrder({ commitment, tag, expiry }: BatchPlace): Buffer {
  const packed = Buffer.alloc(PACKED_BYTES);
  packed.set(Buffer.from(`${commitment}${tag.slice(2)}`.slice(2), 'hex'));
  packed.writeBigUInt64BE(BigInt(expiry), PACKED_BYTES - 8);
  return packed;
}

/** What a node says of such a file. */
async function checked(by: MemberClient, file: string): Promise<Json> {
  const { url, apiKey } = by.member;
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const response = await fetch(`${url}/v1/verifications`, { method: 'POST', headers, body: file });
  return (await response.json()) as Json;
}

/** A batch of three at both nodes, of which the supplier accepted the first two; and the first granted to the bank by its supplier. */
async function answeredAndGranted(): Promise<{ root: string; ids: string[] }> {
  const { root, ids } = await posted(3);
  const answer = await supplier.post(`/v1/orders/batches/${root}/answer`, { accept: ids.slice(0, 2) });
  expect(refusalOf(answer)).toEqual([201, undefined]);
  await seen(core, `/v1/orders/${ids[0]}`, answer);
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const fields = ['/amount', '/currency'];
  const grant = { grantee: 'bank-a', resource: { order: ids[0] }, fields, purpose: 'CREDIT_DECISION', until };
  expect(refusalOf(await supplier.post('/v1/grants', grant))).toEqual([201, undefined]);
  const shown = await eventually(
    () => bank.get(`/v1/orders/${ids[0]}`),
    ({ status }) => status === 200,
  );
  expect(shown.body).toMatchObject({ status: 'ACCEPTED', amount: '5050.00', number: null, batch: root });
  return { root, ids };
}

/** Tests of verdicts and files on orders that are in a batch only; `writesVectors` has such a file written down for docs/spec. */
export function batchVerdicts(writesVectors: boolean): void {
  describe('verdicts on orders that are in a batch only', () => {
    let ids: string[];
    let root: string;
    let trust: TrustFile;
    beforeAll(async () => {
      ({ ids, root } = await answeredAndGranted());
      trust = (await bank.get('/v1/trust')).body as unknown as TrustFile;
    });

    it('are those on any other order, for its parties and for whom it was granted to', async () => {
      for (const by of [core, supplier, bank]) {
        const verdict = await verdictOn(by, ids[0]!);
        expect([failing(verdict), verdict['valid'], verdict['trust']]).toEqual([[], true, 'own-rpc']);
      }
      expect(failing(await verdictOn(core, ids[2]!))).toEqual([
        'ISSUANCE ORDER_NOT_ACCEPTED_IN_BATCH',
        'STATUS ORDER_NOT_IN_FORCE',
      ]);
      expect(refusalOf(await bank.get(`/v1/orders/${ids[1]}/verification`))).toEqual([404, 'ORDER_UNKNOWN']);
      expect((await bank.get('/v1/orders')).body['items']).toEqual([
        expect.objectContaining({ id: ids[0], amount: '5050.00', status: 'ACCEPTED' }),
      ]);
      expect(await verified(ids, bank)).toMatchObject({
        ...{ checked: 3, statuses: { ORDER: { ACCEPTED: 1 } } },
        findings: [1, 2].map((place) => ({ place, code: 'CLAIM_UNKNOWN' })),
      });
      const disclosed = await bank.get(`/v1/orders/${ids[0]}/disclosure?fields=/amount`);
      expect(disclosed).toMatchObject({ status: 200, body: { order: ids[0] } });
      // Nobody had to make it an object for that.
      expect(await eventsOf(bank, ids[0]!)).toEqual(['OrderBatchPosted', 'OrderBatchAnswered']);
    });

    it('go into files that hold wherever the seals do, and that no edit passes through', async () => {
      const set = validators(4);
      const pinned = trustOf(trustWith(trust, set));
      const judge = (file: string) => verifyBundle(readBundle(Buffer.from(file)), { trust: pinned });
      for (const by of [supplier, bank]) {
        const verdict = await judge(sealedBundle(await fileOf(by, ids[0]!), set));
        expect([failing(verdict), verdict.valid, verdict.trust]).toEqual([[], true, 'validator-quorum']);
      }
      const file = sealedBundle(await fileOf(supplier, ids[0]!), set);
      if (writesVectors) {
        writeFileSync('docs/spec/vectors/bundles/batched.json', file);
        writeFileSync(
          'docs/spec/vectors/bundles/batched-trust.json',
          `${JSON.stringify(trustWith(trust, set), null, 1)}\n`,
        );
      }
      const [{ batch }] = readBundle(Buffer.from(file)).orders as [Bundle['orders'][number]];
      const change = (edit: Partial<NonNullable<typeof batch>>) =>
        judge(rewrite(file, ({ orders }) => ({ orders: [{ ...orders[0]!, batch: { ...batch!, ...edit } }] }))).then(
          failing,
        );
      expect(await change({ proof: [] })).toContain('ISSUANCE ORDER_NOT_IN_BATCH');
      expect(await change({ index: batch!.index + 1 })).toContain('ISSUANCE ORDER_NOT_IN_BATCH');
      expect(await change({ expiry: batch!.expiry + 1 })).toContain('ISSUANCE ORDER_NOT_IN_BATCH');
      expect(await change({ bitmap: '0xff' })).toContain('ISSUANCE ORDER_BATCH_INVALID_BITMAP');
      expect(await change({ bitmap: '0x' })).toContain('ISSUANCE ORDER_BATCH_INVALID_BITMAP');
      expect(await change({ root: hex32() as Hex })).toContain('STATUS SLOT_NOT_PROVEN');
      expect(await change({ buyer: batch!.buyer + 1 })).toContain('STATUS SLOT_NOT_PROVEN');
      const without = rewrite(file, ({ orders }) => {
        const { batch: _, ...order } = orders[0]!;
        return { orders: [order] };
      });
      expect(failing(await judge(without))).toContain('STATUS SLOT_SURPLUS');
      const refused = await judge(sealedBundle(await fileOf(supplier, ids[2]!), set));
      expect(failing(refused)).toEqual(['ISSUANCE ORDER_NOT_ACCEPTED_IN_BATCH', 'STATUS ORDER_NOT_IN_FORCE']);
    });

    it('take no place that leads to no batch on chain', async () => {
      const [place] = await nodes
        .of('supplier-1')
        .app.get(BatchedOrders, { strict: false })
        .places([ids[0] as Hex])
        .then((found) => [...found.values()]);
      const { buyer, index, expiry, commitment, tag, proof } = place!;
      const right = { buyer, root: root as Hex, index, expiry, commitment, tag, proof };
      const places = nodes.of('bank-a').app.get(OrderPlaces, { strict: false });
      const take = (object: string, change: Partial<typeof right> = {}) =>
        places.take({ object: object as Hex, onOrder: true }, { ...right, ...change }).then(
          () => 'TAKEN',
          (problem: unknown) => (problem as Problem).code,
        );
      expect(await take(ids[0]!)).toBe('TAKEN');
      expect(await take(ids[1]!)).toBe('GRANT_INVALID');
      expect(await take(ids[0]!, { proof: [] })).toBe('GRANT_INVALID');
      expect(await take(ids[0]!, { expiry: expiry + 1 })).toBe('GRANT_INVALID');
      expect(await take(ids[0]!, { tag: hex32() as Hex })).toBe('GRANT_INVALID');
      expect(await take(ids[0]!, { root: hex32() as Hex })).toBe('GRANT_NOT_HERE_YET');
      expect(await take(ids[0]!, { buyer: buyer + 1 })).toBe('GRANT_NOT_HERE_YET');
      expect(await verdictOn(bank, ids[0]!)).toMatchObject({ valid: true });
    });

    it('stand though the buyer posts the orders once more, whichever place was shown first', async () => {
      const at = (name: string) => nodes.of(name).app;
      const found = await at('supplier-1')
        .get(BatchedOrders, { strict: false })
        .places(ids.slice(0, 2) as Hex[]);
      const first = ids.slice(0, 2).map((id) => found.get(id as Hex)!);
      const packed = Buffer.concat(first.map(packedOrder));
      const tree = BatchTree.of({ registry: registryOf('core'), ...first[0]! }, packed);
      const again = first.map((place, index) => ({ ...place, root: tree.root, index, proof: tree.proof(index) }));
      expect(tree.root).not.toBe(root);
      const submitted = await at('core')
        .get(UnitOfWork, { strict: false })
        .run(() =>
          at('core')
            .get<Submissions>(Submissions, { strict: false })
            .submit({
              act: 'postBatch',
              call: { contract: 'OrderRegistry', fn: 'postBatch', args: [tree.root, first[0]!.supplier] },
              account: at('core').get(Keyring, { strict: false }).operator.address,
              subject: { type: 'batch', id: tree.root },
            }),
        );
      await seen(bank, '/v1/orders', await included(core, submitted.id));
      const batched = at('bank-a').get(BatchedOrders, { strict: false });
      const places = at('bank-a').get(OrderPlaces, { strict: false });
      const show = async (nth: number, place: BatchPlace) => {
        await places.take({ object: ids[nth] as Hex, onOrder: true }, place);
        const standing = await at('bank-a')
          .get(OrderStandings, { strict: false })
          .of([ids[nth] as Hex]);
        const [shown] = (await batched.places([ids[nth] as Hex])).values();
        return [standing.get(ids[nth] as Hex)?.status, shown?.root];
      };
      expect(await show(0, again[0]!)).toEqual(['ACCEPTED', root]);
      expect(await verdictOn(bank, ids[0]!)).toMatchObject({ valid: true });
      expect((await bank.get('/v1/orders')).body['items']).toEqual([
        expect.objectContaining({ id: ids[0], status: 'ACCEPTED', batch: root }),
      ]);
      expect(await verified(ids.slice(0, 1), bank)).toMatchObject({
        statuses: { ORDER: { ACCEPTED: 1 } },
        findings: [],
      });
      expect(await show(1, again[1]!)).toEqual(['POSTED', tree.root]);
      expect(await show(1, first[1]!)).toEqual(['ACCEPTED', root]);
      expect(await show(1, again[1]!)).toEqual(['ACCEPTED', root]);
    });

    it('do not become a framework contract by being posted as one: what was accepted is put right', async () => {
      const { ids } = await posted(1);
      const id = ids[0] as Hex;
      const { body: shown } = await supplier.get(`/v1/orders/${id}`);
      const answer = await supplier.post(`/v1/orders/batches/${String(shown['batch'])}/answer`);
      await seen(core, `/v1/orders/${id}`, answer);
      const turned = await postedOnceMore(id, 'postFramework');
      expect(turned.body).toMatchObject({ status: 'POSTED', type: 'FRAMEWORK' });
      const made = await supplier.post(`/v1/orders/${id}/materialisation`);
      expect(made).toMatchObject({ status: 201, body: { status: 'ACCEPTED', type: 'ORDER', framework: null } });
      await seen(core, `/v1/orders/${id}`, made);
      const recorded = await supplier.post(`/v1/orders/${id}/milestones`, { kind: 'PRODUCTION_STARTED' });
      expect(refusalOf(recorded)).toEqual([201, undefined]);
      const { body } = await eventually(
        () => core.get(`/v1/orders/${id}/verification`),
        (answer) => answer.body['valid'] === true,
      );
      expect(failing(body)).toEqual([]);
    });

    it('are found while the order becomes an object of its own', async () => {
      const { app } = nodes.of('bank-a');
      const unit = app.get(UnitOfWork);
      const columns = Object.keys(chainOrders.columns).join(', ');
      const undone = new Error('undone');
      const looked = unit.run(async () => {
        const { manager } = unit;
        const query = manager.query.bind(manager);
        const leave = `INSERT INTO chain_orders (${columns}) SELECT ${columns} FROM orders_in_batches WHERE id = $1 RETURNING id`;
        let left: unknown[] | undefined;
        // After the first statement, whatever it is.
        manager.query = (async (sql: string, values?: unknown[]) => {
          const rows = await query<unknown>(sql, values);
          left ??= await query<unknown[]>(leave, [toBytes(ids[0] as Hex)]);
          return rows;
        }) as typeof manager.query;
        const standing = await app.get(OrderStandings, { strict: false }).of([ids[0] as Hex]);
        expect(left).toHaveLength(1);
        expect(standing.get(ids[0] as Hex)).toMatchObject({ status: 'ACCEPTED', materialised: false });
        throw undone;
      });
      await expect(looked).rejects.toBe(undone);
    });

    it('stand, and files tell the change, when the order becomes an object of its own', async () => {
      const file = await fileOf(supplier, ids[0]!);
      // Its block is no later than the supplier's by now.
      await seen(bank, '/v1/orders', await supplier.get('/v1/orders'));
      expect(await checked(bank, file)).toMatchObject({ valid: true, trust: 'own-rpc', current: { unchanged: true } });
      const recorded = await supplier.post(`/v1/orders/${ids[0]}/milestones`, { kind: 'PRODUCTION_STARTED' });
      expect(refusalOf(recorded)).toEqual([201, undefined]);
      await seen(bank, `/v1/orders/${ids[0]}`, recorded);
      await seen(core, `/v1/orders/${ids[0]}`, recorded);
      expect(await checked(bank, file)).toMatchObject({
        ...{ valid: true, current: { unchanged: false, changed: [{ what: 'ORDER', object: ids[0] }] } },
      });
      for (const by of [core, bank]) {
        const verdict = await verdictOn(by, ids[0]!);
        expect([failing(verdict), verdict['valid']]).toEqual([[], true]);
      }
      const [order] = readBundle(Buffer.from(await fileOf(supplier, ids[0]!))).orders;
      expect([order!.batch, order!.log.length]).toEqual([undefined, 1]);
      const late = rewrite(await fileOf(supplier, ids[0]!), ({ orders }) => ({
        orders: [{ ...orders[0]!, batch: readBundle(Buffer.from(file)).orders[0]!.batch }],
      }));
      expect(failing(await checked(bank, late))).toContain('STATUS SLOT_NOT_PROVEN');
    });

    it('become objects once, by themselves, when they are financed, whoever asks twice', async () => {
      const body = { order: ids[1], lender: 'bank-a', requested: { amount: '1000.00', currency: 'EUR' } };
      const asked = await Promise.all([1, 2].map(() => supplier.post('/v1/financings', body)));
      expect(asked.map(({ status }) => status)).toContain(201);
      const shown = await eventually(
        () => bank.get(`/v1/orders/${ids[1]}/verification`),
        ({ body }) => body['valid'] === true,
      );
      expect([shown.status, failing(shown.body)]).toEqual([200, []]);
      expect(await eventsOf(supplier, ids[1]!)).toEqual([
        ...['OrderBatchPosted', 'OrderBatchAnswered', 'OrderPosted', 'OrderMaterialised', 'OrderAccepted'],
      ]);
    });
  });
}
