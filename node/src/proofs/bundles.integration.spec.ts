import { mkdirSync, writeFileSync } from 'node:fs';
import type { Answer, Json, MemberClient } from '../../../scripts/demo/client.js';
import { eventually } from '../../../test/support/eventually.js';
import { refusalOf, startNodes, type TestNodes } from '../../../test/support/nodes.js';
import { Keyring } from '../chain/index.js';
import { arrives, made, Story } from '../financing/testing/story.js';
import type { Hex } from '../kernel/hex.js';
import type { Fragment } from './verify/fragment.js';
import { readBundle } from './verify/bundle/read-bundle.js';
import { type BundleVerdict, verifyBundle } from './verify/bundle/verify-bundle.js';
import { readHeader } from './verify/qbft/sealed-header.js';
import { IMPLEMENTATION_SLOT } from './verify/state-proof.js';
import { rewrite, sealedBundle, trustWith } from './verify/testing/sealed-bundle.js';
import { validators } from './verify/testing/qbft-chain.js';
import type { TrustFile } from './verify/trust/schema.js';
import { trustOf } from './verify/trust/trust.js';

const failing = ({ fragments }: { fragments: readonly Fragment[] }) =>
  fragments.filter(({ status }) => status !== 'VALID').map(({ kind, reason: { code } }) => `${kind} ${code}`);

describe('proof bundles of nodes', () => {
  let nodes: TestNodes;
  let story: Story;
  let supplier: MemberClient;
  let order: string;
  let receivable: string;
  let trust: TrustFile;

  beforeAll(async () => {
    nodes = await startNodes(['core', 'supplier-1', 'bank-a', 'carrier']);
    story = new Story(nodes);
    supplier = story.supplier;
    order = await story.acceptedOrder('PO-PROOF');
    await story.receive(order, 90);
    receivable = await story.confirm(await story.issued(order, story.invoiceOf('PO-PROOF')), { amount: '96.75' });
    await story.documented(order);
    trust = (await supplier.get('/v1/trust')).body as unknown as TrustFile;
  });
  afterAll(() => nodes.stop());

  /** The file exactly as it is served. */
  const fileOf = async (path: string, member = 'supplier-1'): Promise<string> => {
    const { url, apiKey } = nodes.of(member).client.member;
    const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${apiKey}` } });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${response.status} ${text}`);
    return text;
  };
  const verify = (file: string, pinned = trust): Promise<BundleVerdict> =>
    verifyBundle(readBundle(Buffer.from(file)), { trust: trustOf(pinned) });
  const check = async (file: string, query = '', member = 'bank-a') => {
    const { url, apiKey } = nodes.of(member).client.member;
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    const response = await fetch(`${url}/v1/verifications${query}`, { method: 'POST', headers, body: file });
    return { status: response.status, body: (await response.json()) as Json } as Answer;
  };

  /** Until the bank's node has indexed the block that a file is as of. */
  const reached = (file: string) => {
    const { header } = readBundle(Buffer.from(file));
    return nodes.of('bank-a').client.get('/v1/members', readHeader(header)!.number);
  };

  it.each(['orders', 'receivables'])('prove all of %s but the seals, which this chain has not', async (noun) => {
    const verdict = await verify(await fileOf(`/v1/${noun}/${noun === 'orders' ? order : receivable}/proof`));
    expect(failing(verdict)).toEqual(['FINALITY HEADER_UNSEALED']);
    expect([verdict.valid, verdict.trust]).toEqual([false, 'unsealed']);
    expect(verdict.members.map(({ name }) => name)).toEqual(['core', 'supplier-1']);
  });

  it.each(['order', 'receivable'])('are called after the %s that they are about', async (kind) => {
    const id = kind === 'order' ? order : receivable;
    const { url, apiKey } = supplier.member;
    const response = await fetch(`${url}/v1/${kind}s/${id}/proof`, { headers: { authorization: `Bearer ${apiKey}` } });
    const name = `${kind}-${id.slice(2, 10)}.json`;
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${name}"`);
  });

  it('say what may be advanced, from the documents alone', async () => {
    const { fragments } = await verify(await fileOf(`/v1/receivables/${receivable}/proof`));
    const cover = fragments.find(({ kind }) => kind === 'COVER');
    expect(cover?.data).toMatchObject({ cover: { amount: '96.75', currency: 'GBP', withoutReceipt: false } });
  });

  it('are valid under the seals of a quorum, whoever made them', async () => {
    const set = validators(4);
    for (const path of [`/v1/orders/${order}/proof`, `/v1/receivables/${receivable}/proof`]) {
      const sealed = sealedBundle(await fileOf(path), set);
      const verdict = await verify(sealed, trustWith(trust, set));
      expect(failing(verdict)).toEqual([]);
      expect([verdict.valid, verdict.trust]).toEqual([true, 'validator-quorum']);
      expect(failing(await verify(sealed, trustWith(trust, validators(7))))).toEqual(['FINALITY VALIDATORS_UNKNOWN']);
      if (process.env['TRADEPROOF_WRITE_VECTORS'] === 'true')
        keep(sealed, path.includes('orders') ? 'order' : 'receivable');
    }
  });

  const keep = (sealed: string, name: string): void => {
    mkdirSync('docs/spec/vectors/bundles', { recursive: true });
    writeFileSync(`docs/spec/vectors/bundles/${name}.json`, sealed);
    const pinned = trustWith(trust, validators(4));
    writeFileSync('docs/spec/vectors/bundles/trust.json', `${JSON.stringify(pinned, null, 1)}\n`);
  };

  it('disclose no field that was not asked for', async () => {
    const file = await fileOf(`/v1/receivables/${receivable}/proof?fields=/amount,/dueDate`);
    const { receivables, orders } = readBundle(Buffer.from(file));
    expect(receivables[0]!.document!.fields.map(({ path }) => path).sort()).toEqual([
      '/amount',
      '/dueDate',
      '/kind',
      '/schema',
      '/version',
    ]);
    for (const secret of ['Kestrel', 'Halden', 'RING', '9521000000018', 'INV-PO-PROOF', '"PO-PROOF"'])
      expect(file).not.toContain(secret);
    expect(orders[0]!.document!.fields.map(({ path }) => path)).not.toContain('/lines/0/quantity');
    expect(failing(await verify(file))).toEqual([
      'FULFILMENT EVIDENCE_WITHHELD',
      'COVER COVER_NOT_SHOWN',
      'ENCUMBRANCE PAYEE_NOT_SHOWN',
      'FINALITY HEADER_UNSEALED',
    ]);
    const unknown = await supplier.get(`/v1/receivables/${receivable}/proof?fields=/salary`);
    expect(refusalOf(unknown)).toEqual([422, 'PROOF_FIELDS_UNKNOWN']);
    expect((await supplier.get(`/v1/receivables/${receivable}/proof?fields=amount`)).status).toBe(400);
  });

  it('are not valid for a holder that leaves out that its invoice names another to be paid', async () => {
    const payTo = { id: 'FACTOR', scheme: '0002', name: 'A Factor' };
    const assigned = await story.confirmed({ number: 'PO-FACTORED', invoice: { payTo } });
    const path = `/v1/receivables/${assigned}/proof`;
    const encumbrance = ({ fragments }: { fragments: readonly Fragment[] }) =>
      fragments.find(({ kind }) => kind === 'ENCUMBRANCE')!;
    const told = await verify(await fileOf(path));
    expect([encumbrance(told).status, encumbrance(told).reason.message]).toEqual([
      'VALID',
      expect.stringContaining('to pay another than its supplier (0002:FACTOR)'),
    ]);
    const chosen =
      '/lines,/orderNumbers,/issueDate,/dueDate,/currency,/amount,/waivesSetOff,/waivesDefences,/withoutReceipt';
    const silent = await fileOf(`${path}?fields=${chosen}`);
    const set = validators(4);
    const hidden = await verify(sealedBundle(silent, set), trustWith(trust, set));
    expect([hidden.valid, failing(hidden)]).toEqual([false, ['ENCUMBRANCE PAYEE_NOT_SHOWN']]);
    expect((await check(silent)).body['valid']).toBe(false);
    // A member that has the invoice in full knows by itself.
    const own = (await supplier.get(`/v1/receivables/${assigned}/verification`)).body as unknown as BundleVerdict;
    expect(encumbrance(own).reason.message).toContain('to pay another than its supplier');
  });

  it('are refused to who is nothing to them', async () => {
    for (const name of ['bank-a', 'carrier']) {
      await arrives(
        () => nodes.of(name).client.get(`/v1/registry/receivables/${receivable}`),
        () => true,
      );
      expect(refusalOf(await nodes.of(name).client.get(`/v1/orders/${order}/proof`))).toEqual([
        403,
        'ORDER_NOT_DISCLOSED',
      ]);
      expect(refusalOf(await nodes.of(name).client.get(`/v1/receivables/${receivable}/proof`))).toEqual([
        403,
        'RECEIVABLE_NOT_DISCLOSED',
      ]);
    }
  });

  it('fail, each by its fact, when what they show is altered', async () => {
    const file = await fileOf(`/v1/receivables/${receivable}/proof`);
    const change = async (edit: Parameters<typeof rewrite>[1]) => failing(await verify(rewrite(file, edit)));
    const all = (code: string) =>
      expect.arrayContaining([`INTEGRITY ${code}`, `ENCUMBRANCE ${code}`, `STATUS ${code}`]);
    expect(
      await change(({ state }) => ({
        state: [{ ...state[0]!, account: state[0]!.account.slice(1) }, ...state.slice(1)],
      })),
    ).toEqual(all('PROOF_INVALID'));
    expect(
      await change(({ state }) => ({
        state: state.map((each) => ({
          ...each,
          storage: each.storage.filter(({ slot }) => slot === IMPLEMENTATION_SLOT),
        })),
      })),
    ).toEqual(all('SLOT_NOT_PROVEN'));
    expect(await change(() => ({ chainId: 1 }))).toEqual(all('CHAIN_MISMATCH'));
    expect(await change(({ members }) => ({ members: members.map((each) => ({ ...each, operators: [] })) }))).toEqual(
      all('SLOT_SURPLUS'),
    );
    expect(
      await change(({ receivables }) => ({ receivables: receivables.map((each) => ({ ...each, log: [] })) })),
    ).toContain('COVER LOG_INCOMPLETE');
    expect(await change(({ orders }) => ({ orders: orders.map((each) => ({ ...each, log: [] })) }))).toContain(
      'FULFILMENT LOG_INCOMPLETE',
    );
    expect(
      await change(({ orders }) => ({ orders: orders.map((each) => ({ ...each, tag: `0x${'11'.repeat(32)}` })) })),
    ).toContain('ISSUANCE ORDER_ID_MISMATCH');
    expect(
      await change(({ receivables }) => ({
        receivables: receivables.map((each) => ({
          ...each,
          document: {
            ...each.document!,
            fields: each.document!.fields.map((field) =>
              field.path === '/amount' ? { ...field, value: '999.00' } : field,
            ),
          },
        })),
      })),
    ).toContain('INTEGRITY DISCLOSURE_MISMATCH');
  });

  it('are judged by another node, on its own chain, and told what changed since', async () => {
    const file = await fileOf(`/v1/receivables/${receivable}/proof`);
    await reached(file);
    const fresh = await check(file);
    expect(fresh.status).toBe(200);
    expect(fresh.body).toMatchObject({ valid: true, trust: 'own-rpc', current: { unchanged: true, changed: [] } });
    const disputed = await story.core.post(`/v1/receivables/${receivable}/disputes`, {
      ...{ reason: 'damaged', amount: '10.00' },
    });
    made(disputed);
    for (const name of ['supplier-1', 'bank-a'])
      await nodes.of(name).client.get(`/v1/registry/receivables/${receivable}`, disputed.block);
    const after = await check(file);
    expect(after.body).toMatchObject({
      valid: true,
      current: { unchanged: false, changed: [{ what: 'RECEIVABLE', object: receivable }] },
    });
    const later = await fileOf(`/v1/receivables/${receivable}/proof`);
    await reached(later);
    const now = await check(later);
    expect([now.body['valid'], failing(now.body as unknown as BundleVerdict)]).toEqual([
      false,
      expect.arrayContaining(['STATUS RECEIVABLE_DISPUTED']),
    ]);
    await nodes.passTime(7200);
    const old = await eventually(
      () => check(file),
      ({ body }) => failing(body as unknown as BundleVerdict).includes('STATUS PROOF_TOO_OLD'),
    );
    expect(old.body['valid']).toBe(false);
    expect((await check(file, '?maxAge=none')).body).toMatchObject({ valid: true });
  });

  it('from elsewhere are refused as no bundle, or as of no block of this chain', async () => {
    const file = await fileOf(`/v1/orders/${order}/proof`);
    const foreign = await check(sealedBundle(file, validators(4)));
    expect(foreign.body).toMatchObject({ valid: false, trust: 'unsealed', current: null });
    for (const [text, reason] of [
      [`${file} `, 'NOT_CANONICAL'],
      ['{}', 'NOT_A_BUNDLE'],
      [file.replace('"version":1}', '"version":2}'), 'VERSION_UNKNOWN'],
      [file.replace('"chainId":31337', '"chainId":31338'), 'DIGEST_MISMATCH'],
    ] as const) {
      const { status, body } = await check(text);
      expect([status, body['code'], (body['facts'] as Json)['reason']]).toEqual([422, 'BUNDLE_UNUSABLE', reason]);
    }
  });

  it('carry a lender’s own evidence whole, or not at all', async () => {
    const financed = await story.confirmed({ number: 'PO-SHOWN' });
    await story.requested('bank-a', { receivable: financed });
    const verdict = await verify(await fileOf(`/v1/receivables/${financed}/proof`, 'bank-a'));
    expect(failing(verdict)).toEqual(['FINALITY HEADER_UNSEALED']);
    const issuance = ({ fragments }: BundleVerdict) => fragments.find(({ kind }) => kind === 'ISSUANCE')!;
    const holder = nodes
      .of('supplier-1')
      .app.get(Keyring, { strict: false })
      .oneTime(financed as Hex).address;
    expect(issuance(verdict).data).toMatchObject({ fingerprints: 'unopened', holder });
    // Own verdicts rest on more: each of these held the fingerprints' signatures against the invoice, or made them.
    for (const name of ['bank-a', 'supplier-1', 'core']) {
      const { body } = await nodes.of(name).client.get(`/v1/receivables/${financed}/verification`);
      const { data, reason } = issuance(body as unknown as BundleVerdict);
      expect(data).toMatchObject({ fingerprints: 'opened', holder });
      expect(reason.message.includes('You hold it.')).toBe(name === 'supplier-1');
    }
    const divided = await nodes.of('bank-a').client.get(`/v1/receivables/${financed}/proof?fields=/amount`);
    expect(refusalOf(divided)).toEqual([409, 'REDISCLOSURE_WHOLE']);
  });
});
