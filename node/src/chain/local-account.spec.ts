import { randomBytes } from 'node:crypto';
import { Transaction, TypedDataEncoder, Wallet, verifyTypedData } from 'ethers';
import { type Hex, toHex } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import { SignedStatements } from './signed-statements.js';
import { Keyring } from './keyring.js';
import { LocalAccount } from './local-account.js';
import { RegistryDomains } from './registry-domains.js';

const bytes = (length: number): Hex => toHex(randomBytes(length));

describe('accounts', () => {
  it('sign transactions as ethers does, leading zeros of r and s included', async () => {
    for (let nonce = 0; nonce < 300; nonce++) {
      const key = randomBytes(32);
      const to = bytes(20) as Address;
      const data = bytes(nonce);
      const request = { chainId: 31_337, nonce, to, data, gasLimit: 21_000 + nonce };
      const { raw, hash } = new LocalAccount(key).signTransaction(request);
      const reference = { ...request, type: 0, gasPrice: 0n };
      expect(raw).toBe(await new Wallet(toHex(key)).signTransaction(reference));
      expect(Transaction.from(raw).hash).toBe(hash);
    }
  });

  it('have the address that ethers derives', () => {
    const key = randomBytes(32);
    expect(new LocalAccount(key).address).toBe(new Wallet(toHex(key)).address.toLowerCase());
  });

  it('never show their key', () => {
    const key = randomBytes(32);
    const account = new LocalAccount(key);
    expect(JSON.stringify(account)).not.toContain(key.toString('hex'));
    expect(Object.keys(account).sort()).toEqual(['address', 'object']);
  });
});

describe('one-time accounts', () => {
  const keys = { operator: bytes(32), seed: bytes(32) };
  const object = bytes(32);

  it('are the same on each process of the member, and another for each object', () => {
    const [one, other] = [new Keyring(keys), new Keyring(keys)];
    expect(one.oneTime(object).address).toBe(other.oneTime(object).address);
    expect(one.oneTime(object).address).not.toBe(one.oneTime(bytes(32)).address);
    expect(one.oneTime(object).object).toBe(object);
    expect(new Keyring({ ...keys, seed: bytes(32) }).oneTime(object).address).not.toBe(one.oneTime(object).address);
  });

  it('are found by address once asked for; strangers are refused', () => {
    const keyring = new Keyring(keys);
    const { address } = keyring.oneTime(object);
    expect(keyring.account(address).object).toBe(object);
    expect(keyring.account(keyring.operator.address)).toBe(keyring.operator);
    expect(() => keyring.account(bytes(20) as Address)).toThrow('no key for account');
  });
});

describe('consents', () => {
  const domain = {
    name: 'tradeproof',
    version: '1',
    chainId: 31_337,
    verifyingContract: new Wallet(bytes(32)).address,
    salt: bytes(32),
  };
  const separator = TypedDataEncoder.hashDomain(domain) as Hex;
  const statements = new SignedStatements(new RegistryDomains({ ReceivableRegistry: separator }));
  const account = new LocalAccount(randomBytes(32));
  const types = {
    Consent: ['object', 'act', 'details', 'nonce']
      .map((name) => ({ name, type: 'bytes32' }))
      .concat(['deadline', 'coverVersion'].map((name) => ({ name, type: 'uint64' }))),
  };
  const consent = {
    object: bytes(32),
    act: bytes(32),
    details: bytes(32),
    nonce: bytes(32),
    deadline: 1_795_000_000,
    coverVersion: 7,
  };

  it('hash and sign as EIP-712 says', async () => {
    expect(statements.hash('ReceivableRegistry', consent)).toBe(TypedDataEncoder.hash(domain, types, consent));
    const signature = await statements.sign(account, 'ReceivableRegistry', consent);
    expect(verifyTypedData(domain, types, consent, signature).toLowerCase()).toBe(account.address);
    expect(statements.verify(account.address, 'ReceivableRegistry', consent, signature)).toBe(true);
  });

  it('verify no other signer, no other content and no other registry', async () => {
    const signature = await statements.sign(account, 'ReceivableRegistry', consent);
    const other = new LocalAccount(randomBytes(32)).address;
    expect(statements.verify(other, 'ReceivableRegistry', consent, signature)).toBe(false);
    const later = { ...consent, coverVersion: 8 };
    expect(statements.verify(account.address, 'ReceivableRegistry', later, signature)).toBe(false);
    expect(() => statements.hash('OrderRegistry', consent)).toThrow('no domain for OrderRegistry');
  });

  it('certify a one-time account and an order tag under the types that the contracts know', () => {
    const certificate = { account: account.address, object: bytes(32), member: 3 };
    const certificateTypes = {
      OneTimeAccount: [
        { name: 'account', type: 'address' },
        { name: 'object', type: 'bytes32' },
        { name: 'member', type: 'uint32' },
      ],
    };
    expect(statements.oneTimeAccountHash(certificate)).toBe(
      TypedDataEncoder.hash(domain, certificateTypes, certificate),
    );
    const statement = { order: bytes(32), tags: [bytes(32), bytes(32)] };
    const tagTypes = {
      OrderTag: [
        { name: 'order', type: 'bytes32' },
        { name: 'tags', type: 'bytes32[]' },
      ],
    };
    expect(statements.orderTagHash(statement)).toBe(TypedDataEncoder.hash(domain, tagTypes, statement));
  });
});
