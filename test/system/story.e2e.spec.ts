import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Wallet } from 'ethers';
import type { MemberKeys } from '../../node/src/config/index.js';
import { arrives } from '../../node/src/financing/testing/story.js';
import type { ConsortiumFile } from '../../scripts/consortium/consortium.js';
import type { Json } from '../../scripts/demo/client.js';
import { rpc } from '../../scripts/embedded/rpc.js';
import { RunningConsortium } from '../support/running-consortium.js';
import { runDemo } from './support/demo.js';
import { byTransaction, mentioning } from './support/closed/chain.js';
import { everyAnswer, statementsOf } from './support/closed/doors.js';
import { CLOSED, ClosedTrade } from './support/closed/trade.js';
import { plantLeaks } from './support/leaks/plant.js';
import { problemsFile, problemsOf } from './support/leaks/problems.js';
import { findTraces, publishedSince, type Storage, storageOf } from './support/leaks/scan-chain.js';
import { findValues, textsOf } from './support/leaks/scan-texts.js';
import { documentValues, inText, type Trace, traceOfAccount, tracesOf } from './support/leaks/secrets.js';
import { OnChain } from './support/on-chain.js';
import { sql } from './support/sql.js';
import './support/leaks/record-answers.mjs';

const LENDERS = ['bank-a', 'bank-b'];

/** What the registry tells anybody of an order and of a receivable. */
const REGISTRY_ORDER = [
  ...['id', 'status', 'version', 'buyer', 'supplier', 'commitment', 'coverVersion'],
  ...['postedAt', 'expiresAt', 'changedAt', 'block', 'type', 'framework'],
].sort();
const REGISTRY_RECEIVABLE = [
  ...['id', 'status', 'version', 'obligor', 'supplier', 'orders', 'commitment', 'confirmation', 'coverVersion', 'head'],
  ...[
    'waivesSetOff',
    'waivesDefences',
    'withoutReceipt',
    'openDisputes',
    'encumbrance',
    'marks',
    'parent',
    'successor',
  ],
  ...['issuedAt', 'confirmedAt', 'endedAt'],
].sort();

/** Doors that answer anybody about any object, with what the chain says of it. */
const OPEN_TO_ALL = [
  ...['/v1/orders/{id}/verification', '/v1/receivables/{id}/verification'],
  ...['/v1/registry/orders/{id}', '/v1/registry/receivables/{id}'],
];

let consortium: RunningConsortium;
let chain: OnChain;
/** Where the deployment ends: what members themselves are is public. */
let genesis: { block: number; storage: Storage };
/** Accounts that lenders are registered with. */
let lenders: Trace[];
let traces: Trace[];

beforeAll(async () => {
  consortium = await new RunningConsortium().start();
  process.env['TRADEPROOF_TEST_PROBLEMS'] = problemsFile(consortium);
  chain = new OnChain(consortium);
  const { rpcUrl } = consortium.file;
  genesis = { block: Number(await rpc<string>(rpcUrl, 'eth_blockNumber')), storage: await storageOf(rpcUrl) };
  lenders = LENDERS.flatMap((name) => {
    const { operator, admin } = consortium.keysOf<MemberKeys>(name);
    return [operator, admin!].map((key) => traceOfAccount(name, new Wallet(key).address));
  });
  traces = [...documentValues(), ...Object.values(CLOSED), ...LENDERS].flatMap(tracesOf).concat(lenders);
});

afterAll(async () => {
  delete process.env['TRADEPROOF_TEST_PROBLEMS'];
  chain?.close();
  await consortium?.destroy();
});

describe('npm run demo', () => {
  const withFile = async (file: ConsortiumFile | undefined) => {
    const dir = mkdtempSync(join(tmpdir(), 'tradeproof-demo-'));
    if (file) writeFileSync(join(dir, 'consortium.json'), JSON.stringify(file));
    const run = await runDemo(dir, problemsFile(consortium));
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
      const { code, stdout, stderr } = await runDemo(consortium.dir, problemsFile(consortium));
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain('RECEIVABLE_ALREADY_ENCUMBERED');
      expect(stdout).toContain('All as told');
    },
    300_000,
  );
});

describe('a lender that was granted nothing', () => {
  let trade: ClosedTrade;
  let ids: Record<'order' | 'grant' | 'receivable' | 'declined' | 'financing', string>;

  beforeAll(async () => {
    trade = new ClosedTrade(consortium);
    const order = await trade.order();
    const grant = await trade.grant(order);
    ids = { order, grant, receivable: '', declined: '', financing: '' };
  });

  it('has a rival that sees the three fields it was granted, proves them to an auditor’s node, and is seen to', async () => {
    const { order, grant } = ids;
    const { bank, core, supplier } = trade;
    const seen = await trade.atBank(`/v1/orders/${order}`);
    expect(seen).toMatchObject({ amount: CLOSED.amount, currency: 'EUR', number: null, issueDate: null });
    expect((seen['disclosed'] as { path: string }[]).map(({ path }) => path)).toEqual([
      ...['/amount', '/currency', '/lines/-', '/lines/0/quantity'],
    ]);
    const { disclosure } = (await bank.get(`/v1/orders/${order}/disclosure?fields=/amount,/currency`)).body;
    const judged = await arrives(
      () => trade.member('auditor').post('/v1/disclosures/verification', { order, disclosure }),
      ({ valid }) => valid === true,
    );
    expect(judged).toMatchObject({ valid: true, reason: null });
    expect(judged['fields']).toContainEqual({ path: '/amount', value: CLOSED.amount });

    const ended = await supplier.call('DELETE', `/v1/grants/${grant}`);
    expect([ended.status, ended.body['status']]).toEqual([200, 'REVOKED']);
    await trade.atBank(`/v1/grants/${grant}`, 'REVOKED');
    expect((await bank.get(`/v1/orders/${order}`)).body).toMatchObject({ code: 'GRANT_REVOKED' });
    // How often it looked before the documents came, after the grant, is as it happened.
    const looksIn = ({ items }: Json) =>
      (items as { viewer: string; outcome: string }[])
        .map((look) => `${look.viewer} ${look.outcome}`)
        .filter((look) => look !== 'bank-a GRANT_DOCUMENTS_AWAITED');
    for (const owner of [core, supplier]) {
      const log = await arrives(
        () => owner.get(`/v1/access-log?order=${order}`),
        (body) => looksIn(body).length >= 3,
      );
      // The bank's own record of a look comes by letter, maybe after what this node refused meanwhile.
      expect(looksIn(log).sort()).toEqual(['bank-a GRANT_REVOKED', 'bank-a SHOWN', 'bank-a SHOWN']);
    }
  });

  it('learns from no door what was traded, who was granted or asked, declined or financed', async () => {
    ids.receivable = await trade.receivable(ids.order);
    ids.declined = await trade.declined(ids.receivable);
    ids.financing = await trade.financing(ids.receivable);
    const [lender, holder] = [chain.oneTime('bank-a', ids.receivable), chain.oneTime('supplier-1', ids.receivable)];
    const answers = await everyAnswer(consortium.member('bank-b'), Object.values(ids));
    expect(answers.length).toBeGreaterThan(300);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    // A 202 is no answer yet: the chain refuses what anybody may ask of it.
    const done = answers.filter(({ door, status }) => door.startsWith('POST') && [200, 201].includes(status));
    expect(done).toEqual([]);
    const texts = new Map(answers.map(({ door, text }) => [door, text]));
    expect(findValues(texts, Object.values(CLOSED))).toEqual([]);
    const about = [...Object.values(ids), lender.address, holder.address].map((each) => each.toLowerCase());
    const rival = ['bank-a', chain.operator('bank-a').address.toLowerCase()];
    const linked = answers.flatMap((answer) =>
      statementsOf(answer)
        .map((text) => text.toLowerCase())
        .filter((text) => about.some((each) => text.includes(each)) && rival.some((each) => text.includes(each)))
        .map((text) => `${answer.door}: ${text}`),
    );
    expect(linked).toEqual([]);
    const open = answers
      .filter(({ door, status }) => status < 400 && door.startsWith('/v1/'))
      .map(({ door }) => door.split('?')[0]!)
      .filter((path) => about.some((each) => path.includes(each)));
    expect([...new Set(open.map((path) => path.replace(/0x[0-9a-f]{64}/g, '{id}')))].sort()).toEqual(OPEN_TO_ALL);
    const registry = (door: string) => Object.keys(JSON.parse(texts.get(door)!) as object).sort();
    expect(registry(`/v1/registry/orders/${ids.order}`)).toEqual(REGISTRY_ORDER);
    expect(registry(`/v1/registry/receivables/${ids.receivable}`)).toEqual(REGISTRY_RECEIVABLE);
    const letters = await sql(consortium, 'bank-b', 'SELECT 1 FROM exchange_inbox WHERE object = ANY($1)', [
      Object.values(ids).map((id) => Buffer.from(id.slice(2), 'hex')),
    ]);
    expect(letters).toEqual([]);
  });

  it('learns from the chain itself no more: one-time accounts are of one claim each, and nobody’s', async () => {
    const published = await publishedSince(consortium.file.rpcUrl, genesis.block, genesis.storage);
    const transactions = byTransaction(published);
    const accounts = ['bank-a', 'supplier-1'].map((name) => chain.oneTime(name, ids.receivable).address);
    const touching = mentioning(transactions, [...Object.values(ids), ...accounts]);
    expect(touching.size).toBeGreaterThan(8);
    const bytes = [...touching].map(([where, hex]) => ({ where, hex: hex.replaceAll(' ', '') }));
    expect(findTraces(bytes, [...Object.values(CLOSED), ...LENDERS].flatMap(tracesOf).concat(lenders))).toEqual([]);
    for (const account of accounts) {
      const own = mentioning(transactions, [account]);
      expect([...own.keys()].sort()).toEqual([...mentioning(own, [ids.receivable]).keys()].sort());
    }
  });
});

describe('after the story', () => {
  const findings = async () =>
    findTraces(await publishedSince(consortium.file.rpcUrl, genesis.block, genesis.storage), traces);
  const values = () => inText([...documentValues(), ...Object.values(CLOSED)]);
  /** What a member is told of its own documents is no leak; what anybody else is told is one. */
  const toStrangers = () =>
    new Map([...problemsOf(consortium)].filter(([where]) => !/ of (core|supplier-1),/.test(where)));
  const findingsInTexts = async () => [
    ...findValues(await textsOf(consortium), values()),
    ...findValues(toStrangers(), values()),
  ];

  it('no document’s value and no lender is on chain', async () => {
    expect(await findings()).toEqual([]);
  });

  it('no event names a lender, and no account is seen on two claims', async () => {
    const reserved = await chain.events('EncumbranceReserved');
    const issued = await chain.events('ReceivableIssued');
    expect(reserved.length).toBeGreaterThanOrEqual(2);
    const accounts = [...reserved.map(({ args }) => args['lender']), ...issued.map(({ args }) => args['holder'])];
    expect(new Set(accounts).size).toBe(accounts.length);
    const registered = consortium.file.members.map(({ account }) => account);
    for (const account of accounts) expect(registered).not.toContain(String(account).toLowerCase());
  });

  it('no document’s value is in a log, a queue, a metric or an error', async () => {
    const bank = consortium.member('bank-b');
    for (const value of [CLOSED.number, CLOSED.amount])
      for (const path of [`/${value}`, `?number=${value}`]) await bank.get(`/v1/orders${path}`);
    const texts = await textsOf(consortium);
    expect(texts.size).toBeGreaterThan(20);
    expect(problemsOf(consortium).size).toBeGreaterThan(300);
    expect(await findingsInTexts()).toEqual([]);
    const ofOthers = new Map([...texts].filter(([where]) => !/bank|supervisor/.test(where)));
    expect(findValues(ofOthers, LENDERS)).toEqual([]);
  });

  it('a leak that is planted is found in each place', async () => {
    const before = new Set(await findings());
    const planted = await plantLeaks(consortium, chain);
    const found = [...(await findings()), ...(await findingsInTexts())].filter((finding) => !before.has(finding));
    for (const pattern of planted) expect(found).toContainEqual(expect.stringMatching(pattern));
    const metric = new Map([['metrics', `tradeproof_orders_total{number="${CLOSED.number}"} 1`]]);
    expect(findValues(metric, values())).toEqual([`${CLOSED.number}: metrics`]);
  });
});
