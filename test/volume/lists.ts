import { FIRST_BLOCK } from './fill.js';

/** A list: its path, what it can be narrowed to, and where a page far down begins. */
export interface List {
  readonly path: string;
  readonly filters: readonly string[];
  /** Key of the item before that page, by how many rows there are and the ids of things. */
  readonly deep?: (rows: number, ids: Readonly<Record<string, string>>) => unknown;
}

const place = (rows: number): [block: number, log: number] => [FIRST_BLOCK + rows / 40, 3];
const half = (rows: number): string => String(rows / 2);
const ofStatus = (...statuses: string[]): string[] => statuses.map((status) => `status=${status}`);

/** `carrier`, and what is written in lower case among them, stand for few rows, all of them far down. */
const PARTIES = ['party=supplier-1', 'party=carrier', 'party=auditor'];

/** The main lists. `{order}` stands for the id of one. */
export const LISTS: readonly List[] = [
  {
    path: '/v1/orders',
    filters: [
      ...ofStatus('ACCEPTED', 'CANCELLED', 'REJECTED', 'POSTED'),
      ...['counterparty=supplier-1', 'counterparty=carrier', 'number=PO-60'],
      ...['type=ORDER', 'type=FRAMEWORK', 'framework={framework}'],
    ],
    deep: (rows) => [...place(rows), 0],
  },
  {
    path: '/v1/registry/orders',
    filters: [...ofStatus('ACCEPTED', 'CANCELLED', 'POSTED'), ...PARTIES],
    deep: (rows) => [...place(rows), 0],
  },
  { path: '/v1/orders/batches', filters: [], deep: place },
  { path: '/v1/orders/{order}/history', filters: [] },
  { path: '/v1/orders/{order}/milestones', filters: [], deep: () => 100 },
  {
    path: '/v1/receivables',
    filters: [...ofStatus('CONFIRMED', 'WRITTEN_OFF', 'SPLIT'), 'order={order}'],
    deep: place,
  },
  {
    path: '/v1/registry/receivables',
    filters: [...ofStatus('CONFIRMED', 'WRITTEN_OFF', 'SPLIT'), ...PARTIES, 'order={order}'],
    deep: place,
  },
  {
    path: '/v1/financings',
    filters: ['side=HOLDER', 'side=LENDER', 'object={receivable}'],
    deep: (rows, { middleFinancing }) => [1_800_000_000 + rows / 2, middleFinancing],
  },
  {
    path: '/v1/grants',
    filters: ['side=MAKER', 'side=OWNER', 'side=GRANTEE', 'order={order}'],
    deep: (rows, { middleGrant }) => [1_800_000_000 + rows / 2, middleGrant],
  },
  {
    path: '/v1/access-log',
    filters: ['viewer=bank-a', 'viewer=auditor', 'viewer=nobody', 'order={order}', 'grant={grant}'],
    deep: half,
  },
  {
    path: '/v1/audit-log',
    filters: ['actor=desk', 'actor=rare', 'action=rare', 'object={bareOrder}'],
    deep: half,
  },
  { path: '/v1/submissions', filters: ofStatus('INCLUDED', 'QUEUED', 'SENT', 'REVERTED', 'REFUSED'), deep: half },
  { path: '/v1/webhooks/{webhook}/deliveries', filters: [], deep: half },
  { path: '/v1/exchange/set-aside', filters: [] },
];
