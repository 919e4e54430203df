import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startAnvil } from '../../test/support/anvil.js';
import { eventually } from '../../test/support/eventually.js';
import { readTrust } from '../../node/src/proofs/verify/trust/trust.js';
import { installed } from '../../node/src/jobs/testing/redis.js';
import { MemberClient } from '../demo/client.js';
import { MEMBERS } from '../consortium/members.js';
import type { Anvil } from '../embedded/anvil.js';
import { deployFounding } from '../deploy/deploy-founding.js';
import { Founding } from './founding.js';
import { Processes } from './processes.js';
import { rehearse, REHEARSAL } from './rehearsal.js';

const ENTRY = resolve('dist/node/src/bundle/main.js');

/** Stands for the validators: Besu is no package that a test could install. */
let chain: Anvil;
let dir: string;
let founding: Founding;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'tradeproof-production-'));
  chain = await startAnvil({ chainId: REHEARSAL.chainId, blockTime: 1 });
  founding = new Founding(dir);
  const members = MEMBERS.filter(({ name }) => ['core', 'supplier-1', 'bank-a', 'carrier'].includes(name));
  await rehearse(founding, () => undefined, { basePort: 28_000 + (process.pid % 4_000), members });
});

afterAll(async () => {
  await chain.stop();
  rmSync(dir, { recursive: true, force: true });
});

const secretsOf = () =>
  execFileSync('find', [dir, '-type', 'f', '-not', '-path', '*/cards/*', '-not', '-path', '*/chain/*'], {
    encoding: 'utf8',
  })
    .trim()
    .split('\n');

it('writes secrets for their owner’s eyes, and never over what is there', async () => {
  const seenByOthers = secretsOf().filter((path) => (statSync(path).mode & 0o007) !== 0 && !path.endsWith('.crt'));
  expect(seenByOthers).toEqual([]);
  const before = readFileSync(join(dir, 'core', 'validator', 'key'), 'utf8');
  expect(() => founding.validator('core', '10.0.0.1', 30_303)).toThrow('never written over');
  await expect(
    founding.member({ name: 'core', roles: ['SUPPLIER'], chamber: 'SUPPLIERS', endpoint: 'https://a.b' }),
  ).rejects.toThrow('never written over');
  expect(readFileSync(join(dir, 'core', 'validator', 'key'), 'utf8')).toBe(before);
});

it('shows nothing secret in what it gives to others', () => {
  const cards = execFileSync(
    'cat',
    [
      join(dir, 'cards', 'core.member.json'),
      join(dir, 'cards', 'core.validator.json'),
      join(dir, 'chain', 'genesis.json'),
    ],
    { encoding: 'utf8' },
  );
  const secrets = ['core/validator/key', 'core/node/keys-passphrase', 'core/node/api-key', 'core/postgres/password'];
  for (const path of secrets) expect(cards).not.toContain(readFileSync(join(dir, path), 'utf8').trim());
});

it('starts nothing when a member is named that is none', async () => {
  const files = { composeFile: 'docker-compose.yml', besuConfig: 'production/besu/besu.toml' };
  const processes = new Processes({ dir, rpcUrl: chain.url, only: ['core', 'bankA'], ...files }, () => undefined);
  await expect(processes.start()).rejects.toThrow(
    /no card of 'bankA' in .*: members are bank-a, carrier, core, supplier-1$/,
  );
  expect(existsSync(join(dir, 'run'))).toBe(false);
});

it('starts the members’ nodes as plain processes, each with its own database, Redis and sealed keys', async () => {
  const redis = installed() ? 'redis-server' : undefined;
  const files = { composeFile: 'docker-compose.yml', besuConfig: 'production/besu/besu.toml' };
  const options = { dir, rpcUrl: chain.url, redis, only: ['core', 'supplier-1'], entry: ENTRY, ...files };
  const processes = new Processes(options, () => undefined);
  try {
    const urls = await processes.start();
    const client = (name: string) =>
      new MemberClient({
        name,
        url: urls[name],
        apiKey: readFileSync(join(dir, name, 'node/api-key'), 'utf8'),
      } as MemberClient['member']);
    const proposal = { kind: 'SUSPEND', reason: 'a rehearsal', member: 'carrier' };
    const { status, body, block } = await client('core').post('/v1/proposals', proposal);
    expect([status, body['status']]).toEqual([201, 'VOTING']);
    const vote = await client('supplier-1').post(`/v1/proposals/${String(body['id'])}/votes`, { approve: true });
    expect([vote.status, vote.block > block]).toEqual([201, true]);
    // The admin's key is on no node.
    const cold = await client('core').post('/v1/legal-entities', { entity: '0088:4000000000000' });
    expect([cold.status, cold.body['code']]).toEqual([409, 'ADMIN_KEY_COLD']);
    const members = await eventually(
      () => client('core').get('/v1/members/supplier-1'),
      ({ status }) => status === 200,
    );
    expect(members.body).toMatchObject({ id: 'supplier-1', status: 'ACTIVE', endpoint: urls['supplier-1'] });
    const { chainId, contracts } = readTrust(readFileSync(join(dir, 'deployments', `${REHEARSAL.chainId}.trust.json`)));
    expect(chainId).toBe(REHEARSAL.chainId);
    expect(Object.keys(contracts)).toContain('MemberRegistry');
    // A second deployment would be a second consortium.
    const again = {
      rpcUrl: chain.url,
      dir,
      out: join(dir, 'deployments'),
      cards: [],
      upgradeDelay: 0,
      votingPeriod: 1,
    };
    await expect(deployFounding(again, () => undefined)).rejects.toThrow('which this chain has');
  } finally {
    await processes.stop();
  }
});
