// The import directions of docs/architecture.md, as a machine checks them.
const room = (names) => `^node/src/(${[].concat(names).join('|')})/`;
const PLUMBING = [
  'auth',
  'audit',
  'events',
  'health',
  'errors',
  'logging',
  'tracing',
  'database',
  'jobs',
  'http',
  'outbound',
  'config',
  'kernel',
];
const BUSINESS = ['members', 'orders', 'fulfilment', 'receivables', 'financing', 'grants'];
/** Rooms whose domain/ judges what is proven to whoever has no node. */
const JUDGING = [...BUSINESS, 'evidence'];
/** Beside index.ts and domain/: what documents look like over HTTP, as models, and before they are read. */
const OTHER_DOORS = ['^node/src/documents/(http|model|source)/'];
const SPECS = '\\.spec\\.ts$|/testing/';

/** A room may import itself and the rooms listed, nothing else under node/src. */
const only = (name, allowed, more = []) => ({
  name: `${name}-imports`,
  severity: 'error',
  from: { path: room(name), pathNot: SPECS },
  to: { path: '^node/src/', pathNot: [room([name, ...allowed]), ...more] },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { pathNot: 'node_modules' } },
    },
    only('kernel', []),
    only('config', ['kernel']),
    only('outbound', ['kernel', 'config']),
    ...PLUMBING.filter((name) => !['kernel', 'config', 'outbound'].includes(name)).map((name) =>
      only(name, name === 'events' ? ['indexer', ...PLUMBING] : PLUMBING),
    ),
    only('chain', ['kernel', 'config', 'health', 'logging', 'database']),
    only('indexer', ['kernel', 'config', 'chain', 'database', 'health', 'logging', 'http', 'errors', 'jobs']),
    only('submissions', ['chain', 'indexer', ...PLUMBING]),
    {
      name: 'documents-imports',
      severity: 'error',
      from: { path: room('documents'), pathNot: [SPECS, '^node/src/documents/http/'] },
      to: { path: '^node/src/', pathNot: room(['documents', 'database', 'kernel', 'config']) },
    },
    only('exchange', ['documents', 'chain', 'indexer', 'submissions', ...PLUMBING], ['^node/src/members/']),
    only('policies', ['documents', ...PLUMBING], ['^node/src/fulfilment/domain/']),
    only('webhooks', PLUMBING),
    {
      // rooms.ts, which is in no room, takes their modules.
      name: 'rooms-are-entered-by-their-doors',
      severity: 'error',
      from: { path: '^node/src/([^/]+)/', pathNot: SPECS },
      to: {
        path: '^node/src/[^/]+/',
        pathNot: ['^node/src/$1/', '^node/src/[^/]+/(index\\.ts$|domain/)', ...OTHER_DOORS, room(PLUMBING)],
      },
    },
    {
      name: 'routes-stay-in-their-room',
      severity: 'error',
      from: { path: '^node/src/([^/]+)/', pathNot: SPECS },
      to: { path: '^node/src/[^/]+/routes/', pathNot: '^node/src/$1/' },
    },
    {
      name: 'only-chain-knows-ethers',
      severity: 'error',
      from: { path: '^node/src/', pathNot: [room('chain'), SPECS] },
      to: { path: 'node_modules/ethers' },
    },
    {
      name: 'proofs-verify-is-pure',
      severity: 'error',
      from: { path: '^node/src/proofs/verify/', pathNot: SPECS },
      to: {
        path: '^node/src/',
        pathNot: ['^node/src/proofs/verify/', room('kernel'), `^node/src/(${JUDGING.join('|')})/domain/`],
      },
    },
    ...JUDGING.map((name) => ({
      name: `${name}-domain-is-pure`,
      severity: 'error',
      from: { path: `^node/src/${name}/domain/`, pathNot: SPECS },
      to: {
        path: '^node/src/',
        pathNot: [`^node/src/(${JUDGING.join('|')})/domain/`, room('kernel'), '^node/src/documents/model/'],
      },
    })),
    {
      name: 'nobody-imports-scripts',
      severity: 'error',
      from: { path: '^node/src/', pathNot: SPECS },
      to: { path: '^(scripts|test)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
    includeOnly: '^(node/src|scripts|test|node_modules/ethers)',
  },
};
