import { readFileSync } from 'node:fs';
import { readCompose } from './read-compose.js';

type Kind = 'text' | 'whole' | 'share' | 'flag' | 'list';

/** Besu's options that are used here and the form of each, after its own file of all options. */
const OPTIONS: Readonly<Record<string, Kind>> = {
  'bonsai-historical-block-limit': 'whole',
  'data-path': 'text',
  'data-storage-format': 'text',
  'discovery-enabled': 'flag',
  'genesis-file': 'text',
  'host-allowlist': 'list',
  logging: 'text',
  'max-peers': 'whole',
  'metrics-enabled': 'flag',
  'metrics-host': 'text',
  'metrics-port': 'whole',
  'min-gas-price': 'whole',
  'node-private-key-file': 'text',
  'rpc-http-api': 'list',
  'rpc-http-enabled': 'flag',
  'rpc-http-host': 'text',
  'rpc-http-max-active-connections': 'whole',
  'rpc-http-port': 'whole',
  'rpc-ws-api': 'list',
  'rpc-ws-enabled': 'flag',
  'rpc-ws-host': 'text',
  'rpc-ws-port': 'whole',
  'static-nodes-file': 'text',
  'sync-mode': 'text',
  'tx-pool': 'text',
  'tx-pool-limit-by-account-percentage': 'share',
  'tx-pool-max-size': 'whole',
};
const FORMS: Readonly<Record<Kind, RegExp>> = {
  text: /^"[^"\\]*"$/,
  whole: /^(0|[1-9]\d*)$/,
  share: /^(0\.\d+|1\.0)$/,
  flag: /^(true|false)$/,
  list: /^\["[^"\\]*"(, "[^"\\]*")*\]$/,
};

/** The few forms of TOML that the file keeps to; a line of any other is a fault. */
function faultsOf(text: string): string[] {
  const seen = new Set<string>();
  return text.split('\n').flatMap((line) => {
    if (/^(#.*)?$/.test(line)) return [];
    const [, option, value] = /^([a-z0-9-]+) = (.+)$/.exec(line) ?? [];
    if (!option) return [`not understood: ${line}`];
    if (seen.has(option)) return [`twice: ${option}`];
    seen.add(option);
    const kind = OPTIONS[option];
    if (!kind) return [`no option of Besu: ${option}`];
    return FORMS[kind].test(value!) ? [] : [`no ${kind}: ${line}`];
  });
}

const text = readFileSync('production/besu/besu.toml', 'utf8');
const valueOf = (option: string): string => new RegExp(`^${option} = "?([^"\n]+)"?$`, 'm').exec(text)![1]!;

it('has options of Besu, each once, with values of their form', () => {
  expect(faultsOf(text)).toEqual([]);
});

it.each([
  ['min-gas-prize = 0', 'no option of Besu: min-gas-prize'],
  ['max-peers = "25"', 'no whole: max-peers = "25"'],
  ['discovery-enabled = False', 'no flag: discovery-enabled = False'],
  ['rpc-http-api = ["ETH" "NET"]', 'no list: rpc-http-api = ["ETH" "NET"]'],
  ['[section]', 'not understood: [section]'],
  ['tx-pool = "layered"\ntx-pool = "sequenced"', 'twice: tx-pool'],
])('would be refused with %s', (line, fault) => {
  expect(faultsOf(line)).toEqual([fault]);
});

it('names what the containers mount, and listens where the nodes and the health check ask', () => {
  const { services } = readCompose('docker-compose.yml');
  const { volumes, healthcheck } = services['validator-1']!;
  const inside = volumes!.map((volume) => volume.split(':').filter((part) => part.startsWith('/'))[0]!);
  for (const option of ['genesis-file', 'static-nodes-file', 'node-private-key-file', 'data-path'])
    expect([option, inside.some((path) => path.endsWith(valueOf(option)))]).toEqual([option, true]);
  const asked = String(services['core']!.environment!['TRADEPROOF_RPC_URLS']);
  expect(asked).toContain(`:${valueOf('rpc-http-port')}`);
  expect(JSON.stringify(healthcheck)).toContain(`/127.0.0.1/${valueOf('rpc-http-port')}`);
});

it('keeps to what proofs and free transactions need', () => {
  expect([valueOf('min-gas-price'), valueOf('sync-mode'), valueOf('data-storage-format')]).toEqual([
    '0',
    'FULL',
    'BONSAI',
  ]);
  expect(valueOf('discovery-enabled')).toBe('false');
});
