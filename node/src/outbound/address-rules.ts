import { BlockList, isIPv6 } from 'node:net';

/** Addresses that are nobody's public ones: this machine, private networks, link-local (cloud metadata), test and multicast. */
const SPECIAL = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  // Only 2000::/3 is given out: all else is mapped, translated, local or nobody's.
  '::/3',
  '4000::/2',
  '8000::/1',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
];
const LOOPBACK = ['127.0.0.0/8', '::1/128'];

const special = listOf(SPECIAL);

/** Which addresses a node sends to. Others name them (endpoints on chain, webhooks), so any address can be named. */
export class AddressRules {
  private readonly own: (address: string) => boolean;

  /** `networks` in CIDR form are allowed though they are not public; loopback if `embedded`. */
  constructor({ networks, embedded }: { networks: readonly string[]; embedded: boolean }) {
    this.own = listOf(embedded ? [...networks, ...LOOPBACK] : networks);
  }

  /** Whether `address` belongs to an allowed network that is not public: there, plain http will do. */
  isOwn(address: string): boolean {
    return this.own(address);
  }

  allows(address: string): boolean {
    return this.isOwn(address) || !special(address);
  }
}

/** Whether an address is in one of the networks. One list a family: a BlockList takes every IPv4 address for one in ::/96. */
function listOf(networks: readonly string[]): (address: string) => boolean {
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = familyOf(address);
    lists[family].addSubnet(address, Number(bits), family);
  }
  return (address) => {
    // An IPv4 address in IPv6 clothes, as resolvers may give it, is judged as what it is. An interface (%eth0) says nothing.
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
    const family = familyOf(plain);
    return lists[family].check(plain, family);
  };
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
