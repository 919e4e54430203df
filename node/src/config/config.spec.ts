import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config, readDeployment, readKeyFile, sealKeys, variableOf } from './index.js';

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
    ['PUBLIC_URL', 'ftp://hush'],
    ['PUBLIC_URL', 'https://core.example/?hush'],
    ['RPC_URLS', ''],
    ['RPC_URLS', 'hush'],
    ['EMBEDDED', 'yes'],
    ['OIDC_ALGORITHMS', 'HS256'],
  ])('stop the start with the variable’s name, not its value: %s=%s', (name, value) => {
    const start = () => Config.fromEnvironment({ ...GOOD, [`TRADEPROOF_${name}`]: value });
    expect(start).toThrow(`TRADEPROOF_${name}`);
    expect(start).not.toThrow('hush');
  });

  it.each([
    ['https://core.example', 'https://core.example'],
    ['https://core.example/', 'https://core.example'],
    ['https://example.com:8443/nodes/core//', 'https://example.com:8443/nodes/core'],
  ])('take the address that paths are put behind without a slash at its end: %s', (given, taken) => {
    expect(Config.fromEnvironment({ ...GOOD, TRADEPROOF_PUBLIC_URL: given }).publicUrl).toBe(taken);
  });

  it('with credentials may lie in files, which are named when they cannot be read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tradeproof-'));
    const path = join(folder, 'database-url');
    writeFileSync(path, 'postgres://u:hush@h/d\n');
    const { TRADEPROOF_DATABASE_URL: _, ...others } = GOOD;
    const start = (more: object) => Config.fromEnvironment({ ...others, ...more });
    expect(start({ TRADEPROOF_DATABASE_URL_FILE: path }).databaseUrl).toBe('postgres://u:hush@h/d');
    expect(() => start({ TRADEPROOF_DATABASE_URL_FILE: `${path}.none` })).toThrow(`DATABASE_URL_FILE: ${path}.none`);
    expect(() => start({ ...GOOD, TRADEPROOF_DATABASE_URL_FILE: path })).toThrow('are both given');
    expect(() => start({ ...GOOD, TRADEPROOF_MEMBER: '', TRADEPROOF_MEMBER_FILE: path })).toThrow('TRADEPROOF_MEMBER');
    writeFileSync(path, '\n');
    expect(() => start({ TRADEPROOF_QUEUE_URL_FILE: path, ...GOOD })).toThrow(`QUEUE_URL_FILE: ${path} is empty`);
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['TRADEPROOF_RATE_LIMITS', 'there is no such setting'],
    ['TRADEPROOF_MEMBER_FILE', 'there is no such setting'],
    ['TRADEPROOF_OIDC_AUDIENCE', 'it needs TRADEPROOF_OIDC_ISSUER'],
    ['TRADEPROOF_SIGNER_OTHER_PUBLIC_KEYS', 'it needs TRADEPROOF_SIGNER_URL'],
  ])('that would say nothing stop the start: %s', (name, why) => {
    const value = name.endsWith('KEYS') ? `0x${'ab'.repeat(64)}` : 'hush';
    const start = () => Config.fromEnvironment({ ...GOOD, [name]: value });
    expect(start).toThrow(`${name}: ${why}`);
    expect(start).not.toThrow(value);
  });

  it('that give a head more time than its request stop the start', () => {
    const start = (head: string, request: string) =>
      Config.fromEnvironment({
        ...{ ...GOOD, TRADEPROOF_HEADERS_TIMEOUT_SECONDS: head },
        TRADEPROOF_REQUEST_TIMEOUT_SECONDS: request,
      });
    expect(start('60', '60').headersTimeoutSeconds).toBe(60);
    expect(() => start('60', '59')).toThrow(/^ {2}TRADEPROOF_HEADERS_TIMEOUT_SECONDS: .*REQUEST_TIMEOUT_SECONDS$/m);
    expect(() => start('20', '')).not.toThrow();
  });

  it('leave alone what tools and Kubernetes put beside them, and what is empty', () => {
    const beside = {
      ...{ TRADEPROOF_DIR: '.data', TRADEPROOF_API_KEY: 'key', TRADEPROOF_NO_SETTING: ' ', OTHER_TRADEPROOF_X: '1' },
      ...{ TRADEPROOF_NODE_PORT: 'tcp://10.0.0.1:3000', TRADEPROOF_NODE_PORT_3000_TCP_ADDR: '10.0.0.1' },
      ...{ TRADEPROOF_NODE_SERVICE_HOST: '10.0.0.1', TRADEPROOF_NODE_SERVICE_PORT_HTTP: '3000' },
    };
    expect(Config.fromEnvironment({ ...GOOD, ...beside }).member).toBe('core');
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
  const clear = (path: string) => readKeyFile({ path, inTheClear: true });
  const contract = { address: `0x${'Ab'.repeat(20)}`, implementation: `0x${'01'.repeat(20)}`, codeHash: secret };

  it('of keys are read with lower-case hex', () => {
    expect(clear(file(JSON.stringify(keys)))).toMatchObject({
      operator: secret.toLowerCase(),
      messageSigning: { d: 'hush' },
    });
  });

  it('of keys are refused when others may read them, or when a key is missing or malformed', () => {
    expect(() => clear(file(JSON.stringify(keys), 0o640))).toThrow('chmod 600');
    const broken = file(JSON.stringify({ ...keys, seed: '0xhush', vault: undefined }));
    expect(() => clear(broken)).toThrow(/unusable at seed, vault$/);
    expect(() => clear(file('{"operator": "hush'))).toThrow(/is not JSON$/);
  });

  describe('of sealed keys', () => {
    const passphrase = 'correct horse battery';
    const sealed = JSON.stringify(sealKeys(keys, passphrase));
    const passphraseFile = join(folder, 'passphrase');
    const open = (text: string, phrase = passphrase) => {
      writeFileSync(passphraseFile, `${phrase}\n`, { mode: 0o600 });
      return readKeyFile({ path: file(text), passphraseFile, inTheClear: false });
    };

    it('open with their passphrase alone, and show nothing without', () => {
      expect(open(sealed)).toMatchObject({ operator: secret.toLowerCase(), messageSigning: { d: 'hush' } });
      expect(sealed).not.toMatch(/hush|abab/i);
      expect(() => open(sealed, 'correct horse batterz')).toThrow('the passphrase is wrong, or the file was changed');
      expect(() => open(sealed, 'short')).toThrow('no passphrase of 12 characters');
      expect(() => readKeyFile({ path: file(sealed), inTheClear: false })).toThrow('TRADEPROOF_KEYS_PASSPHRASE_FILE');
    });

    it('are refused when a byte was changed, or the cost of guessing lowered', () => {
      const json = JSON.parse(sealed) as { ciphertext: string; kdf: object };
      const flipped = Buffer.from(json.ciphertext, 'base64');
      flipped[5]! ^= 1;
      expect(() => open(JSON.stringify({ ...json, ciphertext: flipped.toString('base64') }))).toThrow('was changed');
      expect(() => open(JSON.stringify({ ...json, kdf: { ...json.kdf, N: 2 } }))).toThrow('not a sealed key file');
    });

    it('are asked for where the consortium is not embedded', () => {
      expect(() => readKeyFile({ path: file(JSON.stringify(keys)), inTheClear: false })).toThrow('keys in the clear');
    });
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
