import { AddressRules } from './address-rules.js';
import { guardedLookup, PlaceRefused, readPlace } from './place.js';

const abroad = new AddressRules({ networks: [], embedded: false });
const embedded = new AddressRules({ networks: [], embedded: true });
const own = new AddressRules({ networks: ['10.1.0.0/16', 'fd00:1::/32'], embedded: false });

it.each(['https://node.example/hook?id=1', 'https://93.184.216.34', 'https://[2606:2800:21f::1]:8443/x'])(
  'takes %s',
  (place) => {
    expect(readPlace(place, abroad).href).toBe(new URL(place).href);
  },
);

it.each([
  'http://127.0.0.1:3000',
  'https://127.1',
  'https://2130706433',
  'https://0x7f.1',
  'https://0177.0.0.1',
  'https://127.0.0.1.',
  'https://１２７.0.0.1',
  'https://[::1]',
  'https://[::]',
  'https://[::ffff:127.0.0.1]',
  'https://[::ffff:a00:1]',
  'https://[64:ff9b::7f00:1]',
  'https://[2002:7f00:1::]',
  'https://[2001::1]',
  'https://[3fff::1]',
  'https://[5f00::1]',
  'https://[fe80::1]',
  'https://[fec0::1]',
  'https://[fd00::1]',
  'https://[ff02::1]',
  'https://0.0.0.0',
  'https://10.0.0.1',
  'https://172.31.255.255',
  'https://192.168.1.1',
  'https://192.88.99.1',
  'https://100.64.0.1',
  'http://169.254.169.254/latest/meta-data',
  'https://224.0.0.1',
  'https://255.255.255.255',
  'http://93.184.216.34',
  'ftp://node.example',
  'file:///etc/passwd',
  'gopher://node.example',
  'https://user:secret@node.example',
  'https://node.example/#part',
  'not a url',
  '',
])('refuses %s', (place) => {
  expect(() => readPlace(place, abroad)).toThrow(PlaceRefused);
});

it('takes loopback where the consortium is embedded, and nothing else that is private', () => {
  expect(readPlace('http://127.0.0.1:3000', embedded).port).toBe('3000');
  expect(readPlace('http://[::1]:3000', embedded).port).toBe('3000');
  expect(() => readPlace('http://10.0.0.1', embedded)).toThrow('10.0.0.1');
});

it('takes networks that the settings allow, in plain http too', () => {
  expect(readPlace('http://10.1.2.3:3000', own).host).toBe('10.1.2.3:3000');
  expect(readPlace('http://[fd00:1::5]', own).hostname).toBe('[fd00:1::5]');
  expect(() => readPlace('http://10.2.0.1', own)).toThrow('10.2.0.1');
});

it('judges an address with an interface as what it is', () => {
  expect(abroad.allows('fe80::1%lo')).toBe(false);
  expect(abroad.allows('2606:2800:21f::1%eth0')).toBe(true);
});

describe('a name', () => {
  const lookup = (name: string, rules: AddressRules, protocol = 'https:') =>
    new Promise((resolve, reject) => {
      const done = (error: Error | null, address: unknown) => (error ? reject(error) : resolve(address));
      guardedLookup(protocol, rules)(name, {}, done as never);
    });

  it('is refused when it resolves to an address that is not allowed', async () => {
    await expect(lookup('localhost', abroad)).rejects.toThrow('not a public address');
    await expect(lookup('localhost', own)).rejects.toThrow('not a public address');
  });

  it('is resolved where the address is allowed', async () => {
    expect(await lookup('localhost', embedded, 'http:')).toMatch(/^(127\.0\.0\.1|::1)$/);
  });
});
