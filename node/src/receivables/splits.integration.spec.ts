import { writeFileSync } from 'node:fs';
import type { Json } from '../../../scripts/demo/client.js';
import { refusalOf } from '../../../test/support/nodes.js';
import { UnitOfWork } from '../database/index.js';
import { DocumentVault, Excerpts } from '../documents/index.js';
import { Exchange } from '../exchange/index.js';
import { EvidenceStore } from '../financing/storage/evidence.store.js';
import { arrives, DUE, made } from '../financing/testing/story.js';
import type { Hex } from '../kernel/hex.js';
import { readBundle } from '../proofs/verify/bundle/read-bundle.js';
import { verifyBundle } from '../proofs/verify/bundle/verify-bundle.js';
import { validators } from '../proofs/verify/testing/qbft-chain.js';
import { sealedBundle, trustWith } from '../proofs/verify/testing/sealed-bundle.js';
import type { TrustFile } from '../proofs/verify/trust/schema.js';
import { trustOf } from '../proofs/verify/trust/trust.js';
import { SplitViews } from './queries/split-views.js';
import { ReceivableDocuments } from './storage/receivable-documents.js';
import { SignedTags } from './storage/signed-tags.js';
import { racingSplits } from './testing/racing-splits.js';
import { refusedSplits } from './testing/refused-splits.js';
import {
  confirmed,
  core,
  money,
  newNumber,
  nodes,
  one,
  partsOf,
  PATIENCE,
  second,
  seen,
  split,
  splitSeen,
  story,
  two,
  startWorld,
  stopWorld,
} from './testing/splits-world.js';
import { waitingSplits } from './testing/waiting-splits.js';
import { withdrawnPayments } from './testing/withdrawn-payments.js';

beforeAll(startWorld);
afterAll(stopWorld);

describe('a split', () => {
  let whole: string;
  let parts: string[];

  it('gives others what they are to hold and its holder the rest, in one transaction that the obligor signs', async () => {
    whole = await confirmed();
    const proposed = made(await split(one, whole, { holder: 'supplier-2', amount: '50.00' }));
    expect(proposed).toMatchObject({ side: 'HOLDER', proposer: 'supplier-1', receivable: whole });
    expect((proposed['parts'] as Json[]).map(({ holder, amount }) => [holder, amount])).toEqual([
      ['supplier-2', money('50.00')],
      ['supplier-1', money('46.75')],
    ]);
    parts = await partsOf(one, whole);
    expect((proposed['parts'] as Json[]).map(({ receivable }) => receivable)).toEqual(parts);
    for (const id of parts) {
      const body = await seen(core, id, () => true);
      expect(body).toMatchObject({ status: 'CONFIRMED', parent: whole, dueDate: DUE, obligor: 'core' });
    }
    expect(await splitSeen(one, whole, 'COMPLETED')).toMatchObject({ side: 'HOLDER' });
    expect(await splitSeen(core, whole, 'COMPLETED')).toMatchObject({ side: 'OBLIGOR' });
  });

  it.each(['core', 'supplier-2'])(
    'leaves nothing of a part with %s once that is erased, in letters or beside',
    async (name) => {
      const { app } = nodes.of(name);
      const [part] = parts as [Hex];
      const unit = app.get(UnitOfWork);
      const letters = `SELECT count(*) FILTER (WHERE signed IS NOT NULL)::int AS kept, count(*)::int AS all FROM exchange_inbox
      WHERE type IN ('split.offer', 'split.request') AND carries @> ARRAY[$1::bytea]`;
      const terms = `SELECT part->'terms' AS terms, part->'seed' AS seed FROM receivable_splits, jsonb_array_elements(parts) part
      WHERE part->>'receivable' = $1`;
      const left = async () => [
        await unit.manager.query(letters, [Buffer.from(part.slice(2), 'hex')]),
        await unit.manager.query(terms, [part]),
      ];
      expect(await left()).toEqual([[{ kept: 1, all: 1 }], [{ terms: expect.anything(), seed: expect.any(String) }]]);
      const undo = new Error('as it was');
      const erased = unit.run(async () => {
        await app.get(ReceivableDocuments, { strict: false }).forget(part);
        await app.get(Exchange, { strict: false }).forget([part], []);
        expect(await left()).toEqual([[{ kept: 0, all: 1 }], [{ terms: null, seed: null }]]);
        const shown = await app.get(SplitViews, { strict: false }).ofReceivable(whole as Hex);
        expect(shown[0]).toMatchObject({ status: 'COMPLETED' });
        throw undo;
      });
      await expect(erased).rejects.toBe(undo);
    },
  );

  it('shows each member what it is entitled to', async () => {
    const [, own] = parts as [string, string];
    expect(await seen(two, parts[0]!, ({ confirmed }) => confirmed !== undefined)).toMatchObject({
      ...{ holder: 'supplier-2', confirmed: money('50.00'), outstanding: money('50.00'), parent: whole },
    });
    const divided = await seen(core, whole, () => true);
    // It is owed as its parts are: nobody is to pay both.
    expect(divided).not.toHaveProperty('outstanding');
    expect(divided['parts']).toEqual([
      { id: parts[0], status: 'CONFIRMED', holder: 'supplier-2', amount: money('50.00') },
      { id: own, status: 'CONFIRMED', holder: 'supplier-1', amount: money('46.75') },
    ]);
    for (const id of [whole, own])
      expect(refusalOf(await two.get(`/v1/receivables/${id}`))).toEqual([403, 'RECEIVABLE_NOT_DISCLOSED']);
    const listed = (await two.get('/v1/receivables')).body['items'] as Json[];
    expect(listed.map(({ id }) => id)).toEqual([parts[0]]);
    const ofTwo = await splitSeen(two, whole, 'COMPLETED');
    expect((ofTwo['parts'] as Json[]).map(({ receivable }) => receivable)).toEqual([parts[0]]);
    expect(JSON.stringify(ofTwo)).not.toContain('46.75');
    const bank = nodes.of('bank-a').client;
    await arrives(
      () => bank.get(`/v1/registry/receivables/${parts[0]}`),
      () => true,
    );
    expect(refusalOf(await bank.get(`/v1/receivables/${parts[0]}`))).toEqual([403, 'RECEIVABLE_NOT_DISCLOSED']);
  });

  it('leaves a part that proves itself under the seals of a quorum', async () => {
    const { url, apiKey } = two.member;
    const headers = { authorization: `Bearer ${apiKey}` };
    const file = await (await fetch(`${url}/v1/receivables/${parts[0]}/proof`, { headers })).text();
    const set = validators(4);
    const trust = trustWith((await two.get('/v1/trust')).body as unknown as TrustFile, set);
    const sealed = sealedBundle(file, set);
    const verdict = await verifyBundle(readBundle(Buffer.from(sealed)), { trust: trustOf(trust) });
    expect([verdict.valid, verdict.trust]).toEqual([true, 'validator-quorum']);
    if (process.env['TRADEPROOF_WRITE_VECTORS'] !== 'true') return;
    writeFileSync('docs/spec/vectors/bundles/part.json', sealed);
    writeFileSync('docs/spec/vectors/bundles/part-trust.json', `${JSON.stringify(trust, null, 1)}\n`);
  });

  it('says of each part that its whole’s invoice names another to be paid, to whom no pain.001 goes unasked', async () => {
    const payTo = { id: 'FACTOR', scheme: '0002', name: 'A Factor' };
    const id = await story.confirmed({ number: newNumber(), invoice: { payTo } });
    expect((await seen(core, id, () => true))['payTo']).toEqual(payTo);
    made(await split(one, id, { holder: 'supplier-2', amount: '50.00' }));
    const accounts = 'debtorIban=DE89370400440532013000&creditorIban=GB29NWBK60161331926819';
    for (const part of await partsOf(one, id)) {
      expect((await seen(core, part, () => true))['payTo']).toEqual({});
      const paid = await core.get(`/v1/receivables/${part}/payment-initiation?${accounts}`);
      expect(refusalOf(paid)).toEqual([409, 'PAYMENT_PAYEE_OTHER']);
    }
  });

  it('leaves parts that their holders show on, to members that no split told who holds them', async () => {
    const [part] = parts as [string];
    const bank = nodes.of('bank-a').client;
    const until = new Date(((await story.now()) + 86_400) * 1000).toISOString();
    const granting = { grantee: 'bank-a', resource: { receivable: part }, purpose: 'CREDIT_DECISION', until };
    const granted = made(await two.post('/v1/grants', { ...granting, fields: ['/amount', '/dueDate'] }));
    const shown = await arrives(
      () => bank.get(`/v1/receivables/${part}/disclosure?fields=/amount,/dueDate`),
      () => true,
      PATIENCE,
    );
    const fields = (shown['disclosure'] as { fields: Json[] }).fields.map(({ path, value }) => [path, value]);
    expect(fields).toEqual(
      expect.arrayContaining([
        ['/amount', '50.00'],
        ['/dueDate', DUE],
      ]),
    );
    expect((await bank.get(`/v1/grants/${granted['id']}`)).body).toMatchObject({
      status: 'ACTIVE',
      maker: 'supplier-2',
    });
    await arrives(
      () => two.get(`/v1/access-log?receivable=${part}`),
      ({ items }) => (items as Json[]).some(({ viewer }) => viewer === 'bank-a'),
      PATIENCE,
    );
    const ended = await two.call('DELETE', `/v1/grants/${granted['id']}`);
    expect(ended.status).toBe(200);
  });

  it('is not done twice, and nothing more is said of what was split', async () => {
    expect(refusalOf(await split(one, whole, { holder: 'supplier-2', amount: '1.00' }))).toEqual([
      409,
      'RECEIVABLE_INVALID_TRANSITION',
    ]);
    expect(refusalOf(await core.post(`/v1/receivables/${whole}/disputes`, { reason: 'late' }))).toEqual([
      409,
      'RECEIVABLE_NOT_CONFIRMED',
    ]);
  });

  describe('of the parts, split again by their holder', () => {
    let third: string[];

    it('is confirmed by the same obligor on the same terms', async () => {
      const proposed = made(
        await split(
          two,
          parts[0]!,
          { holder: 'supplier-2', amount: '20.00' },
          { holder: 'supplier-1', amount: '12.34' },
        ),
      );
      expect((proposed['parts'] as Json[]).map(({ amount }) => (amount as Json)['amount'])).toEqual([
        '20.00',
        '12.34',
        '17.66',
      ]);
      await splitSeen(one, parts[0]!, 'PROPOSED');
      made(await one.post(`/v1/receivables/${parts[0]}/acceptance`));
      third = await partsOf(two, parts[0]!);
      const body = await seen(core, parts[0]!, ({ status }) => status === 'SPLIT');
      expect((body['parts'] as Json[]).map(({ holder }) => holder)).toEqual(['supplier-2', 'supplier-1', 'supplier-2']);
    });

    it('is financed part by part by different banks, which learn no amount above it', async () => {
      const [banked] = third as [string];
      const financing = await second.requested('bank-b', { receivable: banked }, '18.00');
      const bank = nodes.of('bank-b').client;
      // Not while its index is behind.
      const verdict = await arrives(
        () => bank.get(`/v1/receivables/${banked}/verification`),
        ({ valid }) => valid === true,
        PATIENCE,
      );
      expect((verdict['fragments'] as Json[]).filter(({ status }) => status === 'INVALID')).toEqual([]);
      const cover = await bank.get(`/v1/receivables/${banked}/cover`);
      expect(cover.body['cover']).toEqual(money('20.00'));
      const held = await two.get(`/v1/receivables/${banked}/proof`);
      const shown = await bank.get(`/v1/receivables/${banked}/proof`);
      const read = [cover, held, shown, await bank.get(`/v1/receivables/${banked}`)].map(({ body }) => body);
      const all = [verdict, ...read].map((body) => JSON.stringify(body));
      const evidence = nodes.of('bank-b').app.get(EvidenceStore, { strict: false });
      const bodies = [JSON.stringify(await evidence.of(financing as Hex))];
      expect(bodies.join()).toContain('20.00');
      for (const secret of ['107.50', '96.75', '46.75', '50.00', '12.34', '17.66', 'INV-PO', 'RING', 'Kestrel'])
        // A time of day may end as an amount does.
        for (const text of [...all, ...bodies]) expect(text.replace(/T\d\d:[\d:.]+Z/g, '')).not.toContain(secret);
      expect((shown.body['receivables'] as Json[]).map(({ id }) => id)).toEqual([banked, parts[0], whole]);
      const orders = (await core.get(`/v1/receivables/${whole}`)).body['orders'] as Hex[];
      const provesNumbers = async (member: string) => {
        const words = await nodes.of(member).app.get(SignedTags, { strict: false }).orderTags(orders);
        return words!.flatMap(({ tags }) => tags.map(({ signature }) => signature !== undefined));
      };
      expect(await provesNumbers('supplier-1')).toEqual([true]);
      for (const member of ['supplier-2', 'bank-b']) expect(await provesNumbers(member)).toEqual([false]);
      await second.offered('bank-b', financing, { advance: money('18.00') });
      await second.disbursed('bank-b', financing);
      const encumbered = await split(two, banked, { holder: 'supplier-1', amount: '1.00' });
      expect(refusalOf(encumbered)).toEqual([409, 'RECEIVABLE_ALREADY_ENCUMBERED']);
      const [own] = [parts[1]!];
      const other = await story.requested('bank-a', { receivable: own }, '40.00');
      await story.offered('bank-a', other, { advance: money('40.00') });
      await story.disbursed('bank-a', other);
    });

    it('is settled on its own, by whom the obligor is told to pay', async () => {
      const [, byHand] = third as [string, string];
      const paid = made(await core.post(`/v1/receivables/${byHand}/payments`, { amount: '12.34', reference: 'P-1' }));
      expect(paid['paidTo']).toBe('supplier-1');
      await seen(one, byHand, ({ payments }) => (payments as Json[])[0]?.['amount'] !== undefined);
      const counted = made(await one.post(`/v1/receivables/${byHand}/payments/${paid['n']}/acknowledgement`));
      expect(counted).toMatchObject({ status: 'ACKNOWLEDGED', settles: true });
      await seen(core, byHand, ({ status }) => status === 'SETTLED');
    });

    it('feels a dispute and a credit note of itself alone, which reach its holder and its lender', async () => {
      const [banked, , rest] = third as [string, string, string];
      made(await core.post(`/v1/receivables/${banked}/disputes`, { amount: '4.00', reason: 'late' }));
      const bank = nodes.of('bank-b').client;
      const lowered = await arrives(
        () => bank.get(`/v1/receivables/${banked}/cover`),
        ({ cover }) => (cover as Json)['amount'] === '16.00',
        PATIENCE,
      );
      expect(JSON.stringify(lowered['terms'])).toContain('DISPUTE');
      await seen(two, banked, ({ disputes }) => (disputes as Json[])[0]?.['reason'] === 'late');
      const view = (await bank.get(`/v1/receivables/${banked}`)).body;
      expect(view).toMatchObject({ disputes: [{ amount: money('4.00') }] });
      expect(JSON.stringify(view['disputes'])).not.toContain('late');
      const credit = {
        ...{ number: 'CN-1', issueDate: '2026-11-20', currency: 'GBP', amount: '7.66', lines: [] },
        payer: story.invoiceOf('x')['payer'],
        payee: story.invoiceOf('x')['payee'],
      };
      made(await one.post(`/v1/receivables/${rest}/credit-notes`, { document: credit }));
      const told = await seen(
        two,
        rest,
        ({ outstanding, creditNotes }) =>
          (outstanding as Json)['amount'] === '10.00' && (creditNotes as Json[])[0]?.['amount'] !== undefined,
      );
      expect(told).toMatchObject({ marks: ['DILUTED'], creditNotes: [{ amount: money('7.66') }] });
      expect((await two.get(`/v1/receivables/${rest}/cover`)).body['cover']).toEqual(money('10.00'));
      expect((await two.get(`/v1/receivables/${banked}/cover`)).body['cover']).toEqual(money('16.00'));
      const sum = made(await split(two, rest, { holder: 'supplier-2', amount: '10.00' }));
      expect(sum['parts']).toHaveLength(1);
      await partsOf(two, rest);
    });

    it('is credited without its holder or its lender seeing what was sold above it', async () => {
      const [banked] = third as [string];
      const { payer, payee } = story.invoiceOf('x');
      const sold = [{ id: '1', item: 'RING', name: 'Kestrel ring', unit: 'C62', quantity: 1, amount: '107.50' }];
      const credit = { number: 'CN-2', issueDate: '2026-11-20', currency: 'GBP', amount: '1.00', lines: sold };
      made(await one.post(`/v1/receivables/${banked}/credit-notes`, { document: { ...credit, payer, payee } }));
      const bank = nodes.of('bank-b').client;
      const covered = ({ cover }: Json) => (cover as Json)['amount'] === '15.00';
      const covers = [core, two, bank].map((member) =>
        arrives(() => member.get(`/v1/receivables/${banked}/cover`), covered, PATIENCE),
      );
      await Promise.all(covers);
      const views = [core, two, bank].map((member) =>
        arrives(
          () => member.get(`/v1/receivables/${banked}`),
          ({ creditNotes }) => (creditNotes as Json[])[0]?.['amount'] !== undefined,
          PATIENCE,
        ),
      );
      for (const view of await Promise.all(views)) {
        expect(view).toMatchObject({ outstanding: money('19.00'), creditNotes: [{ amount: money('1.00') }] });
      }
      const kept = (member: string) => nodes.of(member).app.get(DocumentVault, { strict: false });
      for (const member of ['supplier-2', 'bank-b']) {
        const kinds = (await kept(member).of(banked as Hex)).map(({ document: { kind } }) => kind);
        expect(kinds).not.toContain('CREDIT_NOTE');
        expect(kinds.includes('DISPUTE')).toBe(member === 'supplier-2');
      }
      const [note] = (await two.get(`/v1/receivables/${banked}`)).body['creditNotes'] as Json[];
      const excerpts = nodes.of('supplier-2').app.get(Excerpts, { strict: false });
      const place = { root: note!['id'] as Hex, object: banked as Hex };
      const [excerpt] = await excerpts.at([place]);
      const paths = excerpt!.disclosure.fields.map(({ path }) => path).sort();
      expect(paths).toEqual(['/amount', '/currency', '/kind', '/receivable', '/schema', '/version']);
      expect((await two.get(`/v1/receivables/${banked}/proof?fields=/amount`)).status).toBe(200);
      const field = await two.get(`/v1/receivables/${banked}/disclosure?fields=/amount&document=${place.root}`);
      expect(field.body).toMatchObject({ document: place.root, kind: 'CREDIT_NOTE' });
    });

    it('proves its lineage offline, to whoever has the trust file', async () => {
      const { url, apiKey } = two.member;
      const path = `/v1/receivables/${third[1]}/proof`;
      expect((await two.get(path)).status).toBe(403);
      const [banked] = third as [string];
      const response = await fetch(`${url}/v1/receivables/${banked}/proof`, {
        headers: { authorization: `Bearer ${apiKey}` },
      });
      const file = await response.text();
      const set = validators(4);
      const trust = trustWith((await two.get('/v1/trust')).body as unknown as TrustFile, set);
      const verdict = await verifyBundle(readBundle(Buffer.from(sealedBundle(file, set))), { trust: trustOf(trust) });
      const bad = verdict.fragments.filter(({ status }) => status !== 'VALID').map(({ reason: { code } }) => code);
      // It is disputed, and another's claim runs on it: facts that the file does not hide.
      expect(bad.sort()).toEqual(['RECEIVABLE_ALREADY_ENCUMBERED', 'RECEIVABLE_DISPUTED']);
      expect(verdict.fragments.find(({ kind }) => kind === 'ISSUANCE')?.data).toMatchObject({
        lineage: [parts[0], whole],
      });
      expect(verdict.fragments.find(({ kind }) => kind === 'COVER')?.data).toMatchObject({
        cover: { amount: '15.00', currency: 'GBP' },
      });
    });
  });
});

refusedSplits();
racingSplits();
waitingSplits();
withdrawnPayments();
