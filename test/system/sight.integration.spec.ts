import { readFileSync } from 'node:fs';
import { CORE_SCHEMA, load } from 'js-yaml';
import { startNodes, type TestNodes } from '../support/nodes.js';

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
  readonly templating: { readonly list: readonly { readonly query: string }[] };
}
interface Alerts {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
}

/** What Prometheus makes itself of a target. */
const MADE_BY_PROMETHEUS = ['up'];
const FUNCTIONS = new Set(
  'by sum min max count max_over_time quantile_over_time rate topk histogram_quantile label_values'.split(' '),
);
/** A name of a metric stands before its selector, its range or the end; labels stand in braces, after `by` or after an operator. */
const namesIn = (expr: string): string[] =>
  expr
    .replace(/\{[^}]*\}|\[[^\]]*\]|by \([^)]*\)|"[^"]*"/g, ' ')
    .match(/[a-z_][a-z0-9_]+/g)!
    .filter((name) => !FUNCTIONS.has(name) && name !== 'member');

let nodes: TestNodes;
let exposed: Map<string, string[]>;

beforeAll(async () => {
  nodes = await startNodes(['core']);
  const { url } = nodes.of('core').client.member;
  // Read to their end, from which on they are counted.
  for (const path of ['health', 'ready', 'openapi.json']) await (await fetch(`${url}/${path}`)).arrayBuffer();
  const text = await (await fetch(`${url}/metrics`)).text();
  exposed = new Map();
  for (const [, name, labels] of text.matchAll(/^([a-z_][a-z0-9_]*)(?:\{([^}]*)\})? /gm))
    exposed.set(
      name!,
      [...(labels ?? '').matchAll(/([a-z_]+)="/g)].map(([, label]) => label!),
    );
});
afterAll(() => nodes.stop());

const dashboard = JSON.parse(readFileSync('production/grafana/tradeproof.json', 'utf8')) as Dashboard;
const panels = dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const));
const rules = (load(readFileSync('production/prometheus/alerts.yml', 'utf8'), { schema: CORE_SCHEMA }) as Alerts)
  .groups;
const alerts = rules.flatMap((group) => group.rules.map(({ alert, expr }) => [alert, expr] as const));

it.each([...panels, ...alerts])('%s asks for what a node exposes', (_, expr) => {
  const names = namesIn(expr).filter((name) => !MADE_BY_PROMETHEUS.includes(name));
  expect(names.filter((name) => !exposed.has(name))).toEqual([]);
  // Labels of selectors and groups, beside those that Prometheus adds.
  const used = [...expr.matchAll(/\{([^}]*)\}/g)].flatMap(([, inside]) => [...inside!.matchAll(/([a-z_]+)=/g)]);
  const labels = used.map(([, label]) => label!).filter((label) => label !== 'job' && label !== 'instance');
  for (const name of names) expect(labels.filter((label) => !exposed.get(name)!.includes(label))).toEqual([]);
});

it('does not count what supervisors ask among the requests', async () => {
  const { url } = nodes.of('core').client.member;
  const text = await (await fetch(`${url}/metrics`)).text();
  const routes = [...text.matchAll(/^tradeproof_http_request_seconds_count\{.*route="([^"]*)"/gm)].map(
    ([, route]) => route!,
  );
  expect(routes).toContain('/openapi.json');
  expect(routes.filter((route) => /health|ready|metrics/.test(route))).toEqual([]);
});

it('shows each measure of its own on a panel', () => {
  const own = [...exposed.keys()].filter((name) => name.startsWith('tradeproof_') && !/_(bucket|sum)$/.test(name));
  const shown = panels.flatMap(([, expr]) => namesIn(expr));
  expect(own.filter((name) => !shown.includes(name))).toEqual([]);
});

it('explains each alert in the operations guide', () => {
  const guide = readFileSync('docs/operations.md', 'utf8');
  expect(alerts.map(([alert]) => alert).filter((alert) => !guide.includes(`| ${alert} |`))).toEqual([]);
});

it('names no object, party or counterparty in a label', () => {
  const labels = new Set([...exposed.values()].flat());
  const known = [
    'member',
    'method',
    'route',
    'status',
    'le',
    'endpoint',
    'direction',
    'type',
    'kind',
    'space',
    'version',
    'major',
    'minor',
    'patch',
    'quantile',
  ];
  expect([...labels].filter((label) => !known.includes(label))).toEqual([]);
});
