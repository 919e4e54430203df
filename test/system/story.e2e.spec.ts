import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hexlify, toBeHex, toUtf8Bytes, Wallet } from 'ethers';
import type { MemberKeys } from '../../node/src/config/index.js';
import type { ConsortiumFile } from '../../scripts/consortium/consortium.js';
import { rpc } from '../../scripts/embedded/rpc.js';
import { RunningConsortium } from '../support/running-consortium.js';
import { runDemo } from './support/demo.js';
import { findTraces, publishedSince, type Storage, storageOf } from './support/leaks/scan-chain.js';
import { findValues, textsOf } from './support/leaks/scan-texts.js';
import { documentValues, inText, type Trace, traceOfAccount, tracesOf } from './support/leaks/secrets.js';
import { OnChain } from './support/on-chain.js';

const LENDERS = ['bank-a', 'bank-b'];

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
  traces = [...documentValues(), ...LENDERS].flatMap(tracesOf).concat(accounts);
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
    expect(texts.size).toBeGreaterThan(15);
    expect(findValues(texts, inText(documentValues()))).toEqual([]);
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
