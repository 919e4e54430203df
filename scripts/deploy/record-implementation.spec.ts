import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { implementationsOf, readDeployment } from '../../node/src/config/index.js';
import { STORAGE_LAYOUTS } from '../../node/src/proofs/verify/storage-layouts.generated.js';
import { readTrust } from '../../node/src/proofs/verify/trust/trust.js';
import { REGISTRIES } from './artifacts.js';
import { recordImplementation } from './record-implementation.js';

const folder = mkdtempSync(join(tmpdir(), 'tradeproof-upgrade-'));
afterAll(() => rmSync(folder, { recursive: true }));

const files = { deployment: join(folder, 'deployment.json'), trust: join(folder, 'trust.json') };
const first = { implementation: `0x${'1a'.repeat(20)}`, codeHash: `0x${'1b'.repeat(32)}` } as const;
const next = { implementation: `0x${'2a'.repeat(20)}`, codeHash: `0x${'2b'.repeat(32)}` } as const;

beforeEach(() => {
  const contract = { address: `0x${'3a'.repeat(20)}`, ...first };
  const contracts = Object.fromEntries(REGISTRIES.map((name) => [name, contract]));
  writeFileSync(files.deployment, JSON.stringify({ chainId: 7, startBlock: 1, contracts, domains: {} }));
  writeFileSync(files.trust, readFileSync('docs/spec/vectors/bundles/trust.json'));
  chmodSync(files.trust, 0o640);
});

it('is added to both files, once, beside what was listed, and nothing else is changed', () => {
  const trusted = readTrust(readFileSync(files.trust));
  expect(recordImplementation(files, 'OrderRegistry', next)).toEqual([files.deployment, files.trust]);
  const { contracts } = readDeployment(files.deployment);
  expect(implementationsOf(contracts.OrderRegistry)).toEqual([first, next]);
  expect(implementationsOf(contracts.MemberRegistry)).toEqual([first]);
  const { OrderRegistry, MemberRegistry } = readTrust(readFileSync(files.trust)).contracts;
  expect([...OrderRegistry.layouts.keys()]).toEqual([...trusted.contracts.OrderRegistry.layouts.keys(), next.codeHash]);
  expect(OrderRegistry.layouts.get(next.codeHash)).toEqual(STORAGE_LAYOUTS.OrderRegistry);
  expect(MemberRegistry).toEqual(trusted.contracts.MemberRegistry);
  expect(statSync(files.trust).mode & 0o777).toBe(0o640);
  expect(recordImplementation(files, 'OrderRegistry', next)).toEqual([]);
  expect(readdirSync(folder).sort()).toEqual(['deployment.json', 'trust.json']);
});

it('is added to neither when one cannot be used', () => {
  const before = readFileSync(files.deployment, 'utf8');
  writeFileSync(files.trust, '{"format": "other"}');
  expect(() => recordImplementation(files, 'OrderRegistry', next)).toThrow(`${files.trust} is no trust file`);
  expect(readFileSync(files.trust, 'utf8')).toBe('{"format": "other"}');
  expect(readFileSync(files.deployment, 'utf8')).toBe(before);
});
