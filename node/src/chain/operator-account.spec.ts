import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encryptKeystoreJsonSync, keccak256, SigningKey, Transaction, Wallet } from 'ethers';
import { type Hex, toHex } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import type { Account } from './account.js';
import { openOperator, openOtherOperators } from './operator-account.js';
import { GROUP_ORDER } from './signer.js';

const nowhere = {
  operatorKeystore: undefined,
  keysPassphraseFile: undefined,
  signerUrl: undefined,
  signerPublicKey: undefined,
  embedded: false,
};
const wallet = new Wallet(toHex(randomBytes(32)));
const address = wallet.address.toLowerCase();
const request = { chainId: 31_337, nonce: 3, to: address as Address, data: '0x0102' as Hex, gasLimit: 21_000 };
const expected = () => wallet.signTransaction({ ...request, type: 0, gasPrice: 0n });

describe('the operator’s key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tradeproof-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, content: string, mode = 0o600) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    chmodSync(path, mode);
    return path;
  };

  it('is taken from a Web3 Secret Storage file', async () => {
    const keystore = encryptKeystoreJsonSync(wallet, 'correct horse battery', { scrypt: { N: 1024, r: 8, p: 1 } });
    const operatorKeystore = file('keystore.json', keystore);
    const right = { ...nowhere, operatorKeystore, keysPassphraseFile: file('right', 'correct horse battery') };
    expect((await openOperator(right, {}).signTransaction(request)).raw).toBe(await expected());
    const wrong = { ...right, keysPassphraseFile: file('wrong', 'correct horse batterz') };
    expect(() => openOperator(wrong, {})).toThrow('the passphrase is wrong, or the file was changed');
    const open = { ...right, operatorKeystore: file('open.json', keystore, 0o644) };
    expect(() => openOperator(open, {})).toThrow('chmod 600');
    expect(() => openOperator({ ...right, operatorKeystore: file('none', '{}') }, {})).toThrow('no Web3 Secret');
  });

  it('is in one place, not in none and not in two', () => {
    const operator = toHex(randomBytes(32));
    expect(() => openOperator(nowhere, {})).toThrow('exactly one place');
    expect(() => openOperator({ ...nowhere, signerUrl: 'http://s' }, { operator })).toThrow('exactly one place');
    expect(() => openOperator({ ...nowhere, signerUrl: 'http://s' }, {})).toThrow('TRADEPROOF_SIGNER_PUBLIC_KEY');
  });

  it('is refused when everybody knows it, save in the embedded consortium', () => {
    // The third account that anvil prints.
    const operator = '0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a';
    expect(() => openOperator(nowhere, { operator })).toThrow('a development key that everybody knows');
    expect(openOperator({ ...nowhere, embedded: true }, { operator }).address).toMatch(/^0x3c44/);
    const known = `0x${new SigningKey(operator).publicKey.slice(4)}`;
    const signer = { ...nowhere, signerUrl: 'http://s', signerPublicKey: known.toUpperCase().replace('0X', '0x') };
    expect(() => openOperator(signer, {})).toThrow('a development key that everybody knows');
    expect(openOperator({ ...signer, embedded: true }, {}).address).toMatch(/^0x3c44/);
    const others = { ...signer, operatorOtherKeystores: [], signerOtherPublicKeys: [known] };
    expect(() => openOtherOperators(others, {})).toThrow('a development key that everybody knows');
    expect(openOtherOperators({ ...others, embedded: true }, {})).toHaveLength(1);
  });
});

/** What Web3Signer does: hashes what it is given, signs, answers in plain text. */
describe('the key at Web3Signer', () => {
  let server: Server;
  let url: string;
  let answer: (data: Hex) => { status?: number; text?: string };
  let paths: string[];
  let account: Account;
  const publicKey = `0x${wallet.signingKey.publicKey.slice(4)}` as Hex;
  const signed = (data: Hex, key: SigningKey = wallet.signingKey) => key.sign(keccak256(data)).serialized;

  beforeAll(async () => {
    server = createServer((incoming, outgoing) => {
      paths.push(`${incoming.method} ${incoming.url}`);
      void (async () => {
        let body = '';
        for await (const chunk of incoming) body += String(chunk);
        const { status = 200, text } = answer((JSON.parse(body) as { data: Hex }).data);
        if (text !== undefined) outgoing.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
      })();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/vault`;
    account = openOperator({ ...nowhere, signerUrl: url, signerPublicKey: publicKey }, {});
  });
  beforeEach(() => {
    paths = [];
    answer = (data) => ({ text: signed(data) });
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('signs transactions and messages as the key itself would', async () => {
    expect(account.address).toBe(address);
    const { raw, hash } = await account.signTransaction(request);
    expect(raw).toBe(await expected());
    expect(Transaction.from(raw).hash).toBe(hash);
    const message = randomBytes(66);
    expect(await account.signMessage(message)).toBe(signed(toHex(message)));
    expect(paths[0]).toBe(`POST /vault/api/v1/eth1/sign/${publicKey}`);
  });

  it('is heard when its signer leaves s in the upper half, or counts v from 0', async () => {
    answer = (data) => {
      const { r, s, yParity } = wallet.signingKey.sign(keccak256(data));
      const high = (GROUP_ORDER - BigInt(s)).toString(16).padStart(64, '0');
      return { text: `${r}${high}0${1 - yParity}` };
    };
    expect((await account.signTransaction(request)).raw).toBe(await expected());
  });

  it.each([
    ['another key signs', (data: Hex) => ({ text: signed(data, new SigningKey(randomBytes(32))) })],
    ['it answers with something else', () => ({ text: '0x' })],
    ['it does not know the key', () => ({ status: 404, text: '' })],
    ['it does not answer', () => ({})],
  ])('makes the node wait, not err, when %s', async (_, given) => {
    answer = given;
    await expect(async () => account.signMessage(randomBytes(66))).rejects.toMatchObject({
      code: 'SIGNER_UNAVAILABLE',
      status: 503,
    });
  });

  it('says nothing of the signer’s address when it is down', async () => {
    const hidden = { ...nowhere, signerUrl: 'http://127.0.0.1:1/hush', signerPublicKey: publicKey };
    await expect(async () => openOperator(hidden, {}).signMessage(randomBytes(66))).rejects.not.toThrow('hush');
  });
});
