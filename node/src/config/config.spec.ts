import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config, readDeployment, readMemberKeys, variableOf } from './index.js';

const GOOD = {
  TRADEPROOF_MEMBER: 'core',
  TRADEPROOF_DATABASE_URL: 'postgres://u:hush@127.0.0.1/core',
  TRADEPROOF_RPC_URLS: 'http://a:1, http://b:2',
  TRADEPROOF_CHAIN_ID: '31337',
  TRADEPROOF_DEPLOYMENT: 'deployment.json',
  TRADEPROOF_KEYS_FILE: 'keys.json',
};

describe('settings', () => {
  it('come from the environment, with defaults, and cannot be changed', () => {
    const config = Config.fromEnvironment({
      ...GOOD,
      TRADEPROOF_ROLES: 'api,worker',
      TRADEPROOF_EMBEDDED: 'true',
      TRADEPROOF_PORT: '',
    });
    expect(config).toMatchObject({
      member: 'core',
      port: 3000,
      chainId: 31337,
      roles: ['api', 'worker'],
      embedded: true,
      parties: 'registered',
    });
    expect(config.rpcUrls).toEqual(['http://a:1', 'http://b:2']);
    expect(() => Object.assign(config, { port: 1 })).toThrow(TypeError);
    expect(Config.fromEnvironment(GOOD).roles).toEqual(['api', 'indexer', 'worker']);
  });

  it.each([
    ['MEMBER', 'Core Enterprise'],
    ['ROLES', 'api,cook'],
    ['ROLES', ','],
    ['PORT', '70000'],
    ['PORT', 'x'],
    ['CHAIN_ID', '0'],
    ['CHAIN_ID', '1.5'],
    ['DATABASE_URL', 'mysql://u:hush@h/d'],
    ['QUEUE_URL', 'http://hush'],
    ['RPC_URLS', ''],
    ['RPC_URLS', 'hush'],
    ['EMBEDDED', 'yes'],
    ['OIDC_ALGORITHMS', 'HS256'],
  ])('stop the start with the variable’s name, not its value: %s=%s', (name, value) => {
    const start = () => Config.fromEnvironment({ ...GOOD, [`TRADEPROOF_${name}`]: value });
    expect(start).toThrow(`TRADEPROOF_${name}`);
    expect(start).not.toThrow('hush');
  });

  it('name the variable of each', () => {
    expect(variableOf('bootstrapApiKeyFile')).toBe('TRADEPROOF_BOOTSTRAP_API_KEY_FILE');
  });
});

describe('files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tradeproof-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (content: string, mode = 0o600) => {
    const path = join(folder, 'file');
    writeFileSync(path, content);
    chmodSync(path, mode);
    return path;
  };
  const secret = `0x${'AB'.repeat(32)}`;
  const keys = {
    operator: secret,
    seed: secret,
    tagSecret: secret,
    tag: secret,
    vault: secret,
    messageSigning: { kty: 'OKP', crv: 'Ed25519', x: 'x', d: 'hush' },
    messageEncryption: { kty: 'OKP', crv: 'X25519', x: 'x', d: 'hush' },
  };
  const contract = { address: `0x${'Ab'.repeat(20)}`, implementation: `0x${'01'.repeat(20)}`, codeHash: secret };

  it('of keys are read with lower-case hex', () => {
    expect(readMemberKeys(file(JSON.stringify(keys)))).toMatchObject({
      operator: secret.toLowerCase(),
      messageSigning: { d: 'hush' },
    });
  });

  it('of keys are refused when others may read them, or when a key is missing or malformed', () => {
    expect(() => readMemberKeys(file(JSON.stringify(keys), 0o640))).toThrow('chmod 600');
    const broken = file(JSON.stringify({ ...keys, seed: '0xhush', vault: undefined }));
    expect(() => readMemberKeys(broken)).toThrow(/unusable at seed, vault$/);
    expect(() => readMemberKeys(file('{"operator": "hush'))).toThrow(/is not JSON$/);
  });

  it('of a deployment are read and checked', () => {
    const names = ['MemberRegistry', 'OrderRegistry', 'ReceivableRegistry', 'AccessGrants', 'EvidenceAnchor'];
    const contracts = Object.fromEntries(names.map((name) => [name, contract]));
    const deployment = { chainId: 31337, startBlock: 3, contracts, domains: { OrderRegistry: secret } };
    const read = readDeployment(file(JSON.stringify(deployment)));
    expect(read.contracts.OrderRegistry.address).toBe(contract.address.toLowerCase());
    const { OrderRegistry, ...others } = contracts;
    expect(OrderRegistry).toBeDefined();
    expect(() => readDeployment(file(JSON.stringify({ ...deployment, contracts: others })))).toThrow(
      'contracts.OrderRegistry',
    );
    expect(() => readDeployment(join(folder, 'none'))).toThrow('cannot be read');
  });
});
