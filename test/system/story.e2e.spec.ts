import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hexlify, toBeHex, toUtf8Bytes, Wallet } from 'ethers';
import type { MemberKeys } from '../../node/src/config/files.js';
import { arrives, made } from '../../node/src/financing/testing/story.js';
import type { ConsortiumFile } from '../../scripts/consortium/consortium.js';
import { rpc } from '../../scripts/embedded/rpc.js';
import type { MemberClient } from '../../scripts/demo/client.js';
import { RunningConsortium } from '../support/running-consortium.js';
import { runDemo } from './support/demo.js';
import { everyAnswer } from './support/doors.js';
import { findTraces, publishedSince, type Storage, storageOf } from './support/leaks/scan-chain.js';
import { findValues, textsOf } from './support/leaks/scan-texts.js';
import { documentValues, inText, type Trace, traceOfAccount, tracesOf } from './support/leaks/secrets.js';
import { OnChain } from './support/on-chain.js';

const LENDERS = ['bank-a', 'bank-b'];

/** What an order says of which bank B is never told anything. */
const CLOSED = { number: 'ZQ-77-OYSTER', amount: '73219.46', item: 'QUILLWORT-9', name: 'Quillwort sleeve, forged' };

let consortium: RunningConsortium;
let chain: OnChain;
/** Where the deployment ends: what members themselves are is public. */
let genesis: { block: number; storage: Storage };
let traces: Trace[];

beforeAll(async () => {
  consortium = await new RunningConsortium().start();
  chain = new OnChain(consortium);
  const { rpcUrl } = consortium.file;
  genesis = { block: Number(await rpc<string>(rpcUrl, 'eth_blockNumber')), storage: await storageOf(rpcUrl) };
  const accounts = LENDERS.flatMap((name) => {
    const { operator, admin } = consortium.keysOf<MemberKeys>(name);
    return [operator, admin!].map((key) => traceOfAccount(name, new Wallet(key).address));
  });
  traces = [...documentValues(), ...Object.values(CLOSED), ...LENDERS].flatMap(tracesOf).concat(accounts);
}, 120_000);

afterAll(async () => {
  chain.close();
  await consortium.destroy();
}, 60_000);

describe('npm run demo', () => {
  const withFile = async (file: ConsortiumFile | undefined) => {
    const dir = mkdtempSync(join(tmpdir(), 'tradeproof-demo-'));
    if (file) writeFileSync(join(dir, 'consortium.json'), JSON.stringify(file));
    const run = await runDemo(dir);
    rmSync(dir, { recursive: true });
    return run;
  };

  it('says what to do when no consortium runs', async () => {
    expect(await withFile(undefined)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^no consortium .*npm start/),
    });
    const crashed = { ...consortium.file, pid: 2 ** 22 + 1 };
    expect(await withFile(crashed)).toMatchObject({ code: 1, stderr: expect.stringMatching(/crashed.*npm start/) });
  });

  it('fails at the first step that is not as told', async () => {
    const members = consortium.file.members.map((member) => ({ ...member, apiKey: 'tp_none_none' }));
    const { code, stdout, stderr } = await withFile({ ...consortium.file, members });
    expect(code).toBe(1);
    expect(stdout.match(/NOT AS TOLD/g)).toHaveLength(1);
    expect(stderr).toContain('UNAUTHENTICATED');
  });

  it.each(['once', 'again, on the same data'])(
    'tells the whole story %s',
    async () => {
      const { code, stdout, stderr } = await runDemo(consortium.dir);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain('RECEIVABLE_ALREADY_ENCUMBERED');
      expect(stdout).toContain('All as told');
    },
    120_000,
  );
});

describe('a lender that was granted nothing', () => {
  const until = () => new Date(Date.now() + 86_400_000).toISOString();
  const party = (id: string, name: string) => ({ id, scheme: '0088', name });

  it('learns from no door more than the registry tells, nor who was granted or asked; its rival sees three fields', async () => {
    const [core, supplier] = [consortium.member('core'), consortium.member('supplier-1')];
    const [bankA, bankB] = LENDERS.map((name) => consortium.member(name)) as [MemberClient, MemberClient];
    const document = {
      ...{ number: CLOSED.number, amount: CLOSED.amount, issueDate: '2026-11-03', currency: 'EUR' },
      buyer: party('9521000000018', 'Kestrel Turbines SE'),
      seller: party('9521000000025', 'Halden Castings AS'),
      lines: [{ id: '1', item: CLOSED.item, name: CLOSED.name, quantity: 7351, unit: 'C62', amount: '73219.46' }],
    };
    const order = String(made(await core.post('/v1/orders?supplier=supplier-1', { document }))['id']);
    await arrives(
      () => supplier.get(`/v1/orders/${order}`),
      ({ number }) => number !== null,
    );
    made(await supplier.post(`/v1/orders/${order}/acceptance`));
    const fields = ['/amount', '/currency', '/lines/*/quantity'];
    const terms = { grantee: 'bank-a', resource: { order }, fields, purpose: 'CREDIT_DECISION', until: until() };
    const grant = String(made(await supplier.post('/v1/grants', terms))['id']);
    const seen = await arrives(
      () => bankA.get(`/v1/orders/${order}`),
      () => true,
    );
    expect(seen).toMatchObject({ amount: CLOSED.amount, currency: 'EUR', number: null });
    const requested = { amount: '1000.00', currency: 'EUR' };
    const financing = String(made(await supplier.post('/v1/financings', { order, lender: 'bank-a', requested }))['id']);
    await arrives(
      () => bankA.get(`/v1/financings/${financing}`),
      () => true,
    );

    const answers = await everyAnswer(bankB, [order, grant, financing]);
    const registry = JSON.parse(answers.get(`/v1/registry/orders/${order}`)!.slice(4)) as Record<string, unknown>;
    expect(Object.keys(registry).sort()).toEqual(
      ['id', 'status', 'version', 'buyer', 'supplier', 'commitment', 'coverVersion']
        .concat(['postedAt', 'expiresAt', 'changedAt', 'block'])
        .sort(),
    );
    expect(findValues(answers, Object.values(CLOSED))).toEqual([]);
    const ofOthers = new Map([...answers].filter(([door]) => !/^\/v1\/(members|keys|proposals|events)/.test(door)));
    const withOrder = new Map([...ofOthers].filter(([, text]) => text.includes(order)));
    expect(findValues(withOrder, ['bank-a'])).toEqual([]);
    expect([...answers.values()].filter((text) => /^5/.test(text))).toEqual([]);

    const ended = await supplier.call('DELETE', `/v1/grants/${grant}`);
    expect([ended.status, ended.body['status']]).toEqual([200, 'REVOKED']);
    await arrives(
      () => core.get(`/v1/access-log?order=${order}`),
      ({ items }) => (items as { viewer: string }[]).some(({ viewer }) => viewer === 'bank-a'),
    );
  }, 120_000);
});

describe('after the story', () => {
  const findings = async () =>
    findTraces(await publishedSince(consortium.file.rpcUrl, genesis.block, genesis.storage), traces);

  it('no document’s value and no lender is on chain', async () => {
    expect(await findings()).toEqual([]);
  }, 60_000);

  it('no event names a lender, and no account is seen on two claims', async () => {
    const reserved = await chain.events('EncumbranceReserved');
    const issued = await chain.events('ReceivableIssued');
    expect(reserved.length).toBeGreaterThanOrEqual(2);
    const accounts = [...reserved.map(({ args }) => args['lender']), ...issued.map(({ args }) => args['holder'])];
    expect(new Set(accounts).size).toBe(accounts.length);
    const registered = consortium.file.members.map(({ account }) => account);
    for (const account of accounts) expect(registered).not.toContain(String(account).toLowerCase());
  });

  it('no document’s value is in a log or a queue', async () => {
    const texts = await textsOf(consortium);
    for (const { name, url } of consortium.file.members)
      texts.set(`metrics of ${name}`, await (await fetch(`${url}/metrics`)).text());
    expect(texts.size).toBeGreaterThan(15);
    expect(findValues(texts, inText([...documentValues(), ...Object.values(CLOSED)]))).toEqual([]);
    const ofOthers = new Map([...texts].filter(([where]) => !/bank|supervisor/.test(where)));
    expect(findValues(ofOthers, LENDERS)).toEqual([]);
  });

  it('each planted leak would be found', async () => {
    const stranger = Wallet.createRandom(chain.provider);
    const planted = [
      hexlify(toUtf8Bytes('for PO-2026-0042-X')),
      `0x12345678${toBeHex(10_750, 32).slice(2)}`,
      hexlify(toUtf8Bytes('bank-b')),
      traces.find(({ what }) => what === 'SHA-256 of Halden Castings AS')!.hex.replace(/^/, '0x'),
    ];
    const send = async (wallet: Wallet, data: string) => {
      const transaction = { to: stranger.address, data, type: 0, gasPrice: 0, gasLimit: 100_000 };
      await (await wallet.sendTransaction(transaction)).wait();
    };
    const before = await findings();
    for (const data of planted) await send(stranger as unknown as Wallet, data);
    await send(chain.operator('bank-a'), '0x');
    const found = (await findings()).filter((finding) => !before.includes(finding));
    const expected = [
      /^PO-2026-0042 as text/,
      /^107.50 in minor/,
      /^bank-b as text/,
      /^SHA-256 of Halden/,
      /^account of bank-a/,
    ];
    for (const pattern of expected) expect(found).toContainEqual(expect.stringMatching(pattern));
    const log = new Map([['a log', 'paid 107.50 to Halden Castings AS']]);
    const inLog = findValues(log, inText(documentValues()));
    expect(inLog).toEqual(expect.arrayContaining(['107.50: a log', 'Halden Castings AS: a log']));
  }, 60_000);
});
