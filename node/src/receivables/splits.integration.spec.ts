import { writeFileSync } from 'node:fs';
import { Contract, JsonRpcProvider } from 'ethers';
import type { Answer, Json, MemberClient } from '../../../scripts/demo/client.js';
import { rpc } from '../../../scripts/embedded/rpc.js';
import { refusalOf, startNodes, type TestNodes } from '../../../test/support/nodes.js';
import { UnitOfWork } from '../database/index.js';
import { EvidenceStore } from '../financing/storage/evidence.store.js';
import { arrives, made, Story } from '../financing/testing/story.js';
import type { Hex } from '../kernel/hex.js';
import { readBundle } from '../proofs/verify/bundle/read-bundle.js';
import { verifyBundle } from '../proofs/verify/bundle/verify-bundle.js';
import { validators } from '../proofs/verify/testing/qbft-chain.js';
import { sealedBundle, trustWith } from '../proofs/verify/testing/sealed-bundle.js';
import type { TrustFile } from '../proofs/verify/trust/schema.js';
import { trustOf } from '../proofs/verify/trust/trust.js';
import { PartsDesk } from './commands/splits/parts-desk.js';
import { RequestCosignature } from './commands/splits/request-cosignature.js';
import { Receivables } from './queries/receivables.js';
import { Splits } from './queries/splits.js';
import { SplitStore } from './storage/split.store.js';

const PATIENCE = 60_000;

let nodes: TestNodes;
let story: Story;
let second: Story;
let core: MemberClient;
let one: MemberClient;
let two: MemberClient;

beforeAll(async () => {
  // supplier-2 takes parts of supplier-1 by standing rule; everybody else answers by hand.
  const settings = { acceptPartsFrom: ['supplier-1'] };
  nodes = await startNodes(['core', 'supplier-1', 'supplier-2', 'bank-a', 'bank-b'], { settings });
  const desks = { of: (name: string) => nodes.of(name), anvil: nodes.anvil, patienceMs: PATIENCE };
  [story, second] = [new Story(desks), new Story(desks, 'supplier-2')];
  [core, one, two] = ['core', 'supplier-1', 'supplier-2'].map((name) => nodes.of(name).client) as [
    MemberClient,
    MemberClient,
    MemberClient,
  ];
}, 240_000);
afterAll(() => nodes?.stop(), 60_000);

let count = 0;
/** Confirmed for 96.75 of 107.50, since 90 of 100 came. */
const confirmed = (): Promise<string> => story.confirmed({ number: `PO-S${++count}` });
const split = (client: MemberClient, id: string, ...parts: Json[]) =>
  client.post(`/v1/receivables/${id}/splits`, { parts });
const seen = (client: MemberClient, id: string, wanted: (body: Json) => boolean) =>
  arrives(() => client.get(`/v1/receivables/${id}`), wanted, PATIENCE);
const splitSeen = async (client: MemberClient, id: string, status: string, which?: string): Promise<Json> => {
  const { items } = (await arrives(
    () => client.get(`/v1/receivables/${id}/splits`),
    ({ items }) => among(items as Json[], which)?.['status'] === status,
    PATIENCE,
  )) as { items: Json[] };
  return among(items, which)!;
};
const among = (items: Json[], which: string | undefined): Json | undefined =>
  which === undefined ? items[0] : items.find(({ id }) => id === which);
/** Ids of the parts, once they are on chain and here. */
const partsOf = async (client: MemberClient, id: string): Promise<string[]> => {
  const { parts } = await seen(client, id, ({ status }) => status === 'SPLIT');
  return (parts as { id: string }[]).map((part) => part.id);
};
/** Until it is so; the test's own time-out ends it. */
const until = async (so: () => Promise<boolean>): Promise<void> => {
  while (!(await so())) await new Promise((resolve) => setTimeout(resolve, 50));
};
const money = (amount: string) => ({ amount, currency: 'GBP' });

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
      const { body } = await core.get(`/v1/receivables/${id}`);
      expect(body).toMatchObject({ status: 'CONFIRMED', parent: whole, dueDate: '2027-02-10', obligor: 'core' });
    }
    expect(await splitSeen(one, whole, 'COMPLETED')).toMatchObject({ side: 'HOLDER' });
    expect(await splitSeen(core, whole, 'COMPLETED')).toMatchObject({ side: 'OBLIGOR' });
  });

  it('shows each member what it is entitled to', async () => {
    const [, own] = parts as [string, string];
    expect(await seen(two, parts[0]!, () => true)).toMatchObject({
      ...{ holder: 'supplier-2', confirmed: money('50.00'), outstanding: money('50.00'), parent: whole },
    });
    expect((await seen(core, whole, () => true))['parts']).toEqual([
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
    expect(refusalOf(await nodes.of('bank-a').client.get(`/v1/receivables/${parts[0]}`))).toEqual([
      403,
      'RECEIVABLE_NOT_DISCLOSED',
    ]);
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
        ['/dueDate', '2027-02-10'],
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
      const { body } = await core.get(`/v1/receivables/${parts[0]}`);
      expect((body['parts'] as Json[]).map(({ holder }) => holder)).toEqual(['supplier-2', 'supplier-1', 'supplier-2']);
    });

    it('is financed part by part by different banks, which learn no amount above it', async () => {
      const [banked] = third as [string];
      const financing = await second.requested('bank-b', { receivable: banked }, '18.00');
      const bank = nodes.of('bank-b').client;
      const verdict = await bank.get(`/v1/receivables/${banked}/verification`);
      expect((verdict.body['fragments'] as Json[]).filter(({ status }) => status === 'INVALID')).toEqual([]);
      expect(verdict.body['valid']).toBe(true);
      const cover = await bank.get(`/v1/receivables/${banked}/cover`);
      expect(cover.body['cover']).toEqual(money('20.00'));
      const held = await two.get(`/v1/receivables/${banked}/proof`);
      const shown = await bank.get(`/v1/receivables/${banked}/proof`);
      const all = [verdict, cover, held, shown, await bank.get(`/v1/receivables/${banked}`)].map((answer) =>
        JSON.stringify(answer.body),
      );
      const evidence = nodes.of('bank-b').app.get(EvidenceStore, { strict: false });
      const bodies = [JSON.stringify(await evidence.of(financing as Hex))];
      expect(bodies.join()).toContain('20.00');
      for (const secret of ['107.50', '96.75', '46.75', '50.00', '12.34', '17.66', 'INV-PO', 'RING', 'Kestrel'])
        for (const text of [...all, ...bodies]) expect(text).not.toContain(secret);
      expect((shown.body['receivables'] as Json[]).map(({ id }) => id)).toEqual([banked, parts[0], whole]);
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
      expect((await seen(core, byHand, () => true))['status']).toBe('SETTLED');
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
        cover: { amount: '16.00', currency: 'GBP' },
      });
    });
  });
});

describe('a split is refused', () => {
  const SIX = { holder: 'supplier-2', amount: '6.00' };

  it('to who does not hold the receivable, for parts that cannot be, and before it is confirmed', async () => {
    const id = await confirmed();
    expect(refusalOf(await split(two, id, SIX))).toEqual([403, 'CONSENT_WRONG_SIGNER']);
    expect((await split(core, id, SIX)).status).toBe(403);
    const more = await split(one, id, { holder: 'supplier-2', amount: '96.76' });
    expect(more).toMatchObject({ status: 422, body: { code: 'SPLIT_SUM_MISMATCH', facts: { exceedsBy: '0.01' } } });
    for (const amount of ['0', '-1', '0.001', { amount: '1', currency: 'EUR' }])
      expect((await split(one, id, { holder: 'supplier-2', amount })).status).toBe(422);
    expect(refusalOf(await split(one, id, { holder: 'core', amount: '6.00' }))).toEqual([422, 'SPLIT_HOLDER_INVALID']);
    expect((await split(one, id, { holder: 'bank-a', amount: '6.00' })).body['code']).toBe('MEMBER_MISSING_ROLE');
    expect((await split(one, id, { holder: 'nobody', amount: '6.00' })).body['code']).toBe('MEMBER_UNKNOWN');
    expect(refusalOf(await split(one, id))).toEqual([400, 'REQUEST_INVALID']);
    expect(
      (await split(one, id, ...Array.from({ length: 33 }, () => ({ holder: 'supplier-2', amount: '1' })))).status,
    ).toBe(400);
    const crowd = Array.from({ length: 32 }, () => ({ holder: 'supplier-2', amount: '1.00' }));
    expect(refusalOf(await split(one, id, ...crowd))[1]).toBe('SPLIT_INVALID_PART_COUNT');
    for (const expiresAt of ['2020-01-01T00:00:00Z', '2090-01-01T00:00:00Z'])
      expect(refusalOf(await one.post(`/v1/receivables/${id}/splits`, { parts: [SIX], expiresAt }))[1]).toBe(
        'SPLIT_EXPIRY_INVALID',
      );
    const order = await story.acceptedOrder(`PO-S${++count}`);
    const issued = await story.issued(order, story.invoiceOf(`PO-S${count}`));
    expect(refusalOf(await split(one, issued, SIX))[1]).toBe('RECEIVABLE_INVALID_TRANSITION');
    expect(refusalOf(await split(one, `0x${'ab'.repeat(32)}`, SIX))).toEqual([404, 'RECEIVABLE_UNKNOWN']);
    made(await core.post(`/v1/receivables/${id}/disputes`, { amount: '1.00', reason: 'scratched' }));
    expect(refusalOf(await split(one, id, SIX))).toEqual([409, 'RECEIVABLE_DISPUTED']);
  });

  it('by the obligor, whose node finds another sum than its holder’s: it names by how much and nothing changes', async () => {
    const id = (await confirmed()) as Hex;
    const app = nodes.of('supplier-1').app;
    const of = <T>(type: new (...args: never[]) => T): T => app.get(type, { strict: false }) as T;
    const falsify = (amounts: string[], covered = amounts) =>
      of(UnitOfWork).run(async () => {
        const receivable = await of(Receivables).get(id);
        const lineage = { parent: id, parentConfirmation: receivable.confirmation! };
        const row = {
          ...({
            id: `0x${String(++count).padStart(64, '0')}` as Hex,
            side: 'HOLDER',
            receivable: id,
            status: 'PROPOSED',
          } as const),
          ...{ proposer: nodes.of('supplier-1').number, consent: null, refusal: null },
          coverVersion: await of(Receivables).coverVersion(receivable),
          expiresAt: (await story.now()) + 3600,
        };
        const parts = [];
        for (const [index, amount] of amounts.entries()) {
          const terms = { amount, covered: covered[index]!, currency: 'GBP', dueDate: '2027-02-10', ...lineage };
          const { receivable: part, paper } = await of(PartsDesk).write(receivable, index, terms);
          const own = { index, receivable: part, holder: row.proposer, terms, seed: paper.seed, root: paper.root };
          const bare = { ...own, certificate: null, acceptance: null };
          parts.push(
            await of(PartsDesk).accept(
              { ...row, parts: [], submission: null, createdAt: 0, changedAt: 0, version: 1 },
              bare,
            ),
          );
        }
        await of(SplitStore).add({ ...row, parts });
        await of(RequestCosignature).runOnceAccepted(await of(Splits).lock(row.id));
        return row.id;
      });
    for (const [amounts, covered, code, facts] of [
      [['96.76'], ['96.75'], 'SPLIT_SUM_MISMATCH', { exceedsBy: '0.01', outstanding: '96.75' }],
      [['50.00', '46.74'], undefined, 'SPLIT_SUM_MISMATCH', { fallsShortBy: '0.01' }],
      [['96.75'], ['90.00'], 'SPLIT_TERMS_MISMATCH', { field: '/covered', expected: '96.75' }],
    ] as const) {
      const which = await falsify([...amounts], covered && [...covered]);
      const refused = await splitSeen(one, id, 'REFUSED', which);
      expect(refused['refusal']).toMatchObject({ code, facts });
      expect(await splitSeen(core, id, 'REFUSED', which)).toMatchObject({ refusal: { code } });
    }
    expect((await core.get(`/v1/receivables/${id}`)).body['status']).toBe('CONFIRMED');
    made(await split(one, id, { holder: 'supplier-1', amount: '96.75' }));
    expect(await partsOf(one, id)).toHaveLength(1);
  });
});

describe('a split and a reservation at once', () => {
  /** Transactions that wait for a block. */
  const pending = async () => Number((await rpc<{ pending: string }>(nodes.anvil.url, 'txpool_status', [])).pending);
  const atObligor = async (id: string) =>
    ((await core.get(`/v1/receivables/${id}/splits`)).body['items'] as Json[])[0]?.['status'];

  it.each([[['reserved', 'split']], [['split', 'reserved']]] as const)(
    'are sent by two nodes before the next block, %j: one is done, the other refused by name',
    async (order) => {
      const id = await confirmed();
      const financing = await story.requested('bank-a', { receivable: id }, '40.00');
      await story.offered('bank-a', financing, { advance: money('40.00') });
      await rpc(nodes.anvil.url, 'evm_setAutomine', [false]);
      let [reserving, answered]: [Promise<Answer> | undefined, boolean] = [undefined, false];
      const acts = {
        reserved: () => {
          reserving = one.post(`/v1/financings/${financing}/agreement`).finally(() => (answered = true));
        },
        split: async () => void made(await split(one, id, { holder: 'supplier-2', amount: '50.00' })),
      };
      for (const [before, act] of order.entries()) {
        await acts[act]();
        // Its transaction waits beside the other, or was refused over it.
        await until(async () => (await pending()) > before || answered || (await atObligor(id)) === 'REFUSED');
      }
      await rpc(nodes.anvil.url, 'evm_mine', []);
      await rpc(nodes.anvil.url, 'evm_setAutomine', [true]);
      const agreed = await reserving!;
      if (agreed.status === 201) {
        for (const member of [one, core])
          expect(await splitSeen(member, id, 'REFUSED')).toMatchObject({
            refusal: { code: 'RECEIVABLE_ALREADY_ENCUMBERED' },
          });
        expect((await one.get(`/v1/receivables/${id}`)).body).toMatchObject({
          ...{ status: 'CONFIRMED', parts: [], encumbrance: { state: 'RESERVED' } },
        });
      } else {
        expect(refusalOf(agreed)).toEqual([409, 'RECEIVABLE_NOT_CONFIRMED']);
        expect(await partsOf(one, id)).toHaveLength(2);
        expect((await one.get(`/v1/financings/${financing}`)).body).toMatchObject({ status: 'OFFERED' });
      }
    },
  );
});

describe('a split that waits for a new holder', () => {
  /** Held by supplier-2, who offers 6.00 to supplier-1, which answers by hand. */
  const offered = async (): Promise<{ id: string; split: string }> => {
    const whole = await confirmed();
    made(await split(one, whole, { holder: 'supplier-2', amount: '96.75' }));
    const [id] = (await partsOf(one, whole)) as [string];
    await seen(two, id, ({ confirmed }) => confirmed !== undefined);
    const proposed = made(await split(two, id, { holder: 'supplier-1', amount: '6.00' }));
    await splitSeen(one, id, 'PROPOSED');
    return { id, split: String(proposed['id']) };
  };

  it('is proposed once, however fast one clicks', async () => {
    const whole = await confirmed();
    const answers = await Promise.all([1, 2, 3].map(() => split(one, whole, { holder: 'supplier-2', amount: '6.00' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const refused = answers.filter(({ status }) => status === 409).map(({ body }) => body['code']);
    expect(refused.every((code) => code === 'SPLIT_PENDING' || code === 'RECEIVABLE_INVALID_TRANSITION')).toBe(true);
    expect(await partsOf(one, whole)).toHaveLength(2);
  });

  it('is accepted once, at once from two desks', async () => {
    const { id } = await offered();
    expect(refusalOf(await two.post(`/v1/receivables/${id}/acceptance`))[1]).toBe('SPLIT_INVALID_TRANSITION');
    expect(refusalOf(await core.post(`/v1/receivables/${id}/acceptance`))).toEqual([404, 'SPLIT_UNKNOWN']);
    expect(refusalOf(await split(two, id, { holder: 'supplier-1', amount: '1.00' }))).toEqual([409, 'SPLIT_PENDING']);
    const answers = await Promise.all([1, 2].map(() => one.post(`/v1/receivables/${id}/acceptance`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await partsOf(two, id)).toHaveLength(2);
  });

  it('comes to nothing when that one rejects it, and may be proposed anew', async () => {
    const { id } = await offered();
    made(await one.post(`/v1/receivables/${id}/rejection`, { reason: 'not ours' }));
    expect(refusalOf(await one.post(`/v1/receivables/${id}/acceptance`))[1]).toBe('SPLIT_INVALID_TRANSITION');
    expect(await splitSeen(two, id, 'REJECTED')).toMatchObject({ refusal: { detail: 'not ours' } });
    made(await split(two, id, { holder: 'supplier-2', amount: '6.00' }));
    expect(await partsOf(two, id)).toHaveLength(2);
  });

  it('is withdrawn by its holder alone, after which nobody accepts it', async () => {
    const { id, split } = await offered();
    const path = `/v1/receivables/${id}/splits/${split}/withdrawal`;
    expect(refusalOf(await one.post(path))).toEqual([404, 'SPLIT_UNKNOWN']);
    expect(made(await two.post(path, { reason: 'changed' }))).toMatchObject({ status: 'WITHDRAWN' });
    expect(refusalOf(await two.post(path))).toEqual([409, 'SPLIT_INVALID_TRANSITION']);
    await splitSeen(one, id, 'WITHDRAWN');
    expect(refusalOf(await one.post(`/v1/receivables/${id}/acceptance`))[1]).toBe('SPLIT_INVALID_TRANSITION');
    expect((await core.get(`/v1/receivables/${id}`)).body['status']).toBe('CONFIRMED');
  });

  it('is void once something lowered the cover, and expires', async () => {
    const { id } = await offered();
    made(await core.post(`/v1/receivables/${id}/disputes`, { amount: '1.00', reason: 'dent' }));
    await splitSeen(one, id, 'EXPIRED');
    expect(refusalOf(await one.post(`/v1/receivables/${id}/acceptance`))[1]).toBe('SPLIT_INVALID_TRANSITION');
    const late = await offered();
    await nodes.passTime(2 * 86_400);
    await splitSeen(one, late.id, 'EXPIRED');
    expect(await splitSeen(two, late.id, 'EXPIRED')).toMatchObject({ side: 'HOLDER' });
  });

  it('cannot be signed any more once its holder made its consent unusable', async () => {
    const { id, split } = await offered();
    const app = nodes.of('supplier-2').app;
    const of = <T>(type: new (...args: never[]) => T): T => app.get(type, { strict: false }) as T;
    // As it stands between the last acceptance and the obligor's transaction.
    const { consent } = (await of(Splits).get(split as Hex)).split;
    expect(consent).toBeNull();
    const nonce = `0x${'5a'.repeat(32)}` as Hex;
    const signed = {
      signer: `0x${'11'.repeat(20)}` as Hex,
      nonce,
      deadline: 1,
      coverVersion: 0,
      signature: '0x00' as Hex,
    };
    await of(UnitOfWork).run(() => of(SplitStore).change(split as Hex, { status: 'REQUESTED', consent: signed }));
    const withdrawn = await two.post(`/v1/receivables/${id}/splits/${split}/withdrawal`);
    expect(made(withdrawn)).toMatchObject({ status: 'WITHDRAWN' });
    const { address } = nodes.consortium.deployment.contracts.ReceivableRegistry;
    const abi = ['function nonceUsed(address,bytes32) view returns (bool)'];
    const provider = new JsonRpcProvider(nodes.anvil.url);
    const registry = new Contract(address, abi, provider);
    const { holder } = await of(Receivables).get(id as Hex);
    expect(await registry['nonceUsed']!(holder, nonce)).toBe(true);
    provider.destroy();
  });
});
