import { existsSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { configSchema, FROM_FILES, ROLES, variableOf } from '../../node/src/config/index.js';
import { largestSealedBytes } from '../../node/src/exchange/domain/limits.js';
import { MAX_HEADER_BYTES } from '../../node/src/http/limits.js';
import { MEMBERS } from '../consortium/members.js';
import { type Compose, faultsOf } from './compose-rules.js';
import { readCompose } from './read-compose.js';
import { REHEARSAL, VALIDATORS } from './rehearsal.js';

interface Split {
  readonly environment: Readonly<Record<string, string>>;
  readonly extends?: { readonly file: string; readonly service: string };
}
type Mutable = { services: Record<string, Record<string, unknown>>; networks: Record<string, unknown> };

const parse = () => readCompose('docker-compose.yml');
const { services } = parse();
const nodes = MEMBERS.map(({ name }) => [name, services[name]!] as const);

it('has nothing that operations would refuse', () => {
  expect(faultsOf(parse())).toEqual([]);
});

it.each<[string, string, (service: Record<string, unknown>, all: Mutable) => void]>([
  ['core', 'is not pinned', (service) => (service['image'] = 'tradeproof:latest')],
  ['core', "it runs as 'root'", (service) => delete service['user']],
  ['edge', "it runs as '0:0'", (service) => (service['user'] = '0:0')],
  ['core-postgres', 'can be written', (service) => (service['read_only'] = false)],
  ['core-redis', 'it keeps capabilities', (service) => (service['cap_drop'] = ['NET_RAW'])],
  ['validator-1', 'it may gain privileges', (service) => delete service['security_opt']],
  ['validator-2', 'it publishes ports', (service) => (service['ports'] = ['8545:8545'])],
  ['validator-3', 'nothing checks its health', (service) => delete service['healthcheck']],
  ['bank-a-postgres', 'it reaches out by trade', (service) => (service['networks'] = ['trade'])],
  ['bank-a', 'its memory or processes', (service) => delete service['mem_limit']],
  ['bank-a', 'a URL holds a password', (service) => (service['environment'] = { A_URL: 'postgres://u:p@h/d' })],
  ['bank-b', 'ADMIN_TOKEN is a secret', (service) => (service['environment'] = { ADMIN_TOKEN: 'x' })],
  ['carrier', 'which is not there', (service) => (service['depends_on'] = { none: { condition: 'service_healthy' } })],
  [
    'carrier',
    'until edge is healthy',
    (service) => (service['depends_on'] = { edge: { condition: 'service_started' } }),
  ],
  ['auditor', 'there is no network auditor', (_, all) => delete all.networks['auditor']],
])('would be refused otherwise: %s, %s', (name, fault, spoil) => {
  const compose = structuredClone(parse()) as unknown as Mutable;
  spoil(compose.services[name]!, compose);
  expect(faultsOf(compose as unknown as Compose).filter((each) => each.startsWith(`${name}: `))).toEqual([
    expect.stringContaining(fault),
  ]);
});

it('gives each member a node, a PostgreSQL and a Redis that nobody else reaches', () => {
  for (const [name, { networks }] of nodes) {
    expect([name, networks]).toEqual([name, ['chain', 'trade', name]]);
    for (const part of ['postgres', 'redis']) expect(services[`${name}-${part}`]!.networks).toEqual([name]);
  }
});

it('has nodes give up soon what they sent to a host that is gone', () => {
  for (const [name, { sysctls }] of nodes) expect([name, sysctls]).toEqual([name, { 'net.ipv4.tcp_retries2': '6' }]);
});

it('sets what a node requires, and nothing that a node does not know', () => {
  const known = new Set(Object.keys(configSchema.shape).map(variableOf));
  for (const name of FROM_FILES) known.add(`${variableOf(name)}_FILE`);
  const required = Object.entries(configSchema.shape)
    .filter(([, schema]) => !schema.safeParse(undefined).success)
    .map(([name]) => variableOf(name));
  for (const [, { environment }] of nodes) {
    const given = Object.keys(environment!).filter((name) => name.startsWith('TRADEPROOF_'));
    expect(given.filter((name) => !known.has(name))).toEqual([]);
    expect(required.filter((name) => !given.includes(name) && !given.includes(`${name}_FILE`))).toEqual([]);
    expect(environment).not.toHaveProperty('TRADEPROOF_EMBEDDED');
    expect(environment!['TRADEPROOF_CHAIN_ID']).toBe(String(REHEARSAL.chainId));
  }
});

it('has the rehearsal’s validators at the addresses that their cards name', () => {
  VALIDATORS.forEach((owner, i) => {
    const { networks, volumes } = services[`validator-${i + 1}`]!;
    expect(networks).toEqual({ chain: { ipv4_address: `${REHEARSAL.subnet}.${11 + i}` } });
    expect(volumes!.filter((volume) => volume.includes(`/${owner}/validator/`))).toHaveLength(2);
  });
  const chambers = VALIDATORS.map((name) => MEMBERS.find((member) => member.name === name)!.chamber);
  // Three of four seal: no chamber has that many.
  for (const chamber of [1, 2, 3]) expect(chambers.filter((each) => each === chamber).length).toBeLessThan(3);
});

const edge = readFileSync('production/edge/nginx.conf', 'utf8');
const outside = edge.slice(edge.indexOf('listen 8443'));

it('has an edge that knows each member’s node, and keeps its connections', () => {
  const map = readFileSync('production/edge/nodes.conf', 'utf8');
  for (const [name] of nodes) {
    expect(map).toContain(`  ${name}.${REHEARSAL.domain} ${name};`);
    expect(map).toContain(
      `upstream ${name} {\n  zone ${name} 64k;\n  server ${name}:3000 resolve;\n  keepalive 32;\n}`,
    );
  }
  expect(map.match(/:3000 /g)).toHaveLength(nodes.length);
});

it('has an edge that shows outsiders what is theirs, and nobody what is read from inside', () => {
  const proxied = [...outside.matchAll(/location ~ (\S+) \{[^}]*\}\s+proxy_pass http:\/\/\$node;/g)];
  expect([proxied.length, outside.match(/proxy_pass/g)!.length]).toEqual([1, 1]);
  expect(outside).toMatch(/location \/ \{\s+return 404;/);
  const isShown = (path: string) => new RegExp(proxied[0]![1]!).test(path);
  const shown = ['/v1/orders', '/exchange/v1/envelopes', '/openapi.json', '/docs', '/docs/start.js'];
  const kept = ['/metrics', '/ready', '/health', '/metrics/', '/metrics/v1/', '/', '/v1', '/docs2', '/openapi.json/x'];
  expect(shown.filter((path) => !isShown(path))).toEqual([]);
  expect(kept.filter(isShown)).toEqual([]);
});

it('has an edge that keeps nothing of what outsiders send, believes nothing, and lets through what a node takes', () => {
  expect(edge).toMatch(/ssl_protocols TLSv1\.2 TLSv1\.3;/);
  expect(edge.match(/add_header Strict-Transport-Security /g)).toHaveLength(1);
  expect(edge).toMatch(/proxy_hide_header Strict-Transport-Security;/);
  for (const kept of ['proxy_buffering off;', 'proxy_request_buffering off;']) expect(outside).toContain(kept);
  expect(outside.match(/proxy_set_header X-Forwarded-For .*/g)).toEqual([
    'proxy_set_header X-Forwarded-For $remote_addr;',
  ]);
  const [, megabytes] = /client_max_body_size (\d+)m;/.exec(edge)!;
  expect(Number(megabytes) * 2 ** 20).toBeGreaterThanOrEqual(largestSealedBytes(5 * 2 ** 20));
  const [, kilobytes] = /large_client_header_buffers 4 (\d+)k;/.exec(edge)!;
  expect(Number(kilobytes) * 1024).toBeGreaterThanOrEqual(MAX_HEADER_BYTES);
});

it('has an edge that may start its workers, and the next ones beside them', () => {
  const [, workers] = /^worker_processes (\d+);$/m.exec(edge)!;
  expect(2 * Number(workers)).toBeLessThan(Number(services['edge']!.pids_limit) / 2);
  expect(edge).toMatch(/^worker_shutdown_timeout \d+s;$/m);
});

it('has an edge that refuses in a node’s words', () => {
  const known = readFileSync('docs/errors.md', 'utf8');
  const codes = [...edge.matchAll(/^ {4}(\S+) ([A-Z_]+);$/gm)].map(([, status, code]) => [status!, code!] as const);
  const titles = new Map([...edge.matchAll(/^ {4}([A-Z_]+) "(.+)";$/gm)].map(([, code, title]) => [code!, title!]));
  expect(codes.length).toBeGreaterThan(7);
  expect([...new Set(codes.map(([, code]) => code))].sort()).toEqual([...titles.keys()].sort());
  for (const [status, code] of codes.filter(([, each]) => !each.startsWith('EDGE_'))) {
    const row = new RegExp(
      `^\\| \`${code}\` +\\| ${status === 'default' ? '\\d+' : status} +\\| [a-z ]+\\| ${titles.get(code)} +\\|`,
      'm',
    );
    expect([code, row.test(known)]).toEqual([code, true]);
  }
  const transport = readFileSync('docs/transport.md', 'utf8');
  for (const [, code] of codes.filter(([, each]) => each.startsWith('EDGE_'))) expect(transport).toContain(code);
});

it('waits for a database that is served, not for the one that is being made', () => {
  for (const [name] of nodes)
    expect(services[`${name}-postgres`]!.healthcheck!.test).toEqual(
      expect.arrayContaining(['pg_isready', '-h', '127.0.0.1']),
    );
});

it('shows how a member’s roles are split, each done by a process and each process with its own', () => {
  const split = readCompose('production/split-roles.yml').services as unknown as Record<string, Split>;
  const [node, ...others] = Object.values(split);
  expect(node).toEqual({ environment: { TRADEPROOF_ROLES: 'api' } });
  expect(nodes.map(([name]) => name)).toContain(Object.keys(split)[0]);
  for (const { extends: base } of others) {
    expect(base).toEqual({ file: 'docker-compose.yml', service: Object.keys(split)[0] });
    expect(existsSync(base!.file)).toBe(true);
  }
  const given = Object.values(split).map(({ environment }) => environment['TRADEPROOF_ROLES']);
  expect([...given].sort()).toEqual([...ROLES].sort());
});

it('has a Prometheus that finds each process of a node, its roles split or not', () => {
  const { scrape_configs: jobs } = load(readFileSync('production/prometheus/prometheus.yml', 'utf8')) as {
    scrape_configs: {
      job_name: string;
      static_configs: { targets: string[] }[];
      dns_sd_configs?: { names: string[]; type: string; port: number }[];
    }[];
  };
  const { static_configs: always, dns_sd_configs: found } = jobs.find(({ job_name }) => job_name === 'tradeproof')!;
  const [node, ...others] = Object.keys(readCompose('production/split-roles.yml').services);
  expect(always.flatMap(({ targets }) => targets)).toEqual([`${node}:3000`]);
  expect(found).toEqual([expect.objectContaining({ names: others, type: 'A', port: 3000 })]);
});

it('builds an image that runs as nobody in particular, checks itself and takes no tools along', () => {
  const stages = readFileSync('Dockerfile', 'utf8')
    .split(/^FROM /m)
    .slice(1);
  expect(stages.every((stage) => /^node:24\.\d+\.\d+-bookworm-slim/.test(stage))).toBe(true);
  const last = stages.at(-1)!;
  expect(last).toMatch(/^USER 1000:1000$/m);
  expect(last).toMatch(/^HEALTHCHECK /m);
  expect(last).not.toMatch(/^RUN |^ADD |npm/m);
  const pinned = /NODE_VERSION = '([\d.]+)'/.exec(readFileSync('scripts/bootstrap.mjs', 'utf8'))![1];
  expect(stages.every((stage) => stage.startsWith(`node:${pinned}-`))).toBe(true);
});
