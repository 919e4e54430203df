import { mock } from 'node:test';
import { jest } from '@jest/globals';
import type { ToldLook } from '../../audit/index.js';
import { MAX_PATH } from '../../documents/index.js';
import { largestBodyBytes } from '../../exchange/domain/limits.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { type LooksBody, looksBody } from './envelopes.js';
import { byGrant } from './look-letters.js';
import { ReportLooks } from './report-looks.handler.js';

const id = (byte: string): Hex => `0x${byte.repeat(32)}`;
const [SELF, MAKER, OTHER, FURTHER] = [1, 2, 3, 4];
/** Whose documents those of a grant are beside its maker's, where it is not OTHER. */
const OTHERS = new Map([[id('0f'), FURTHER]]);
/** A grant on what is on chain no more. */
const LOST = id('0d');
const SMALLEST_NODE = largestBodyBytes(256 * 1024);

const look = (fields: string[], n = 0, grant = id('0a')): ToldLook => ({
  ...{ seenAt: '2026-11-26T12:00:00.000Z', block: n, object: id('0b'), root: id('0c'), fields },
  ...{ grant, purpose: 'CREDIT_DECISION', outcome: 'SHOWN' },
});

/** What is sent to each owner of a node that was taken these looks from its log, some at a time. */
async function told(...takings: ToldLook[][]): Promise<Map<number, LooksBody[]>> {
  return (await telling(takings)).sent;
}

async function telling(takings: ToldLook[][], isRecent = false) {
  const sent = new Map<number, LooksBody[]>();
  const given = (grant: Hex) => ({ grant: { id: grant, side: 'GRANTEE', maker: MAKER } });
  const reporting = new ReportLooks(
    { run: (fn: () => unknown) => fn() } as never,
    {
      last: () => Promise.resolve(takings.length > 0 ? '9' : undefined),
      // Those that are noted meanwhile are not waited for.
      take: (_: unknown, last: string) => Promise.resolve(last === '9' ? (takings.shift() ?? []) : []),
    } as never,
    { findMany: (ids: Hex[]) => Promise.resolve(ids.map(given)) } as never,
    {
      owners: ({ id }: { id: Hex }) =>
        id === LOST
          ? Promise.reject(CONTRACT_PROBLEMS.OrderUnknown('no such order'))
          : Promise.resolve([MAKER, OTHERS.get(id) ?? OTHER]),
    } as never,
    { self: () => Promise.resolve({ id: SELF }) } as never,
    {
      send: ({ to, object, body }: { to: number; object: Hex; body: LooksBody }) => {
        const grants = new Set(body.looks.map(({ grant }) => grant));
        expect(grants.has(object)).toBe(grants.size === 1);
        return Promise.resolve(void sent.set(to, [...(sent.get(to) ?? []), body]));
      },
    } as never,
    { recent: () => Promise.resolve(isRecent) } as never,
    { onAdded: () => undefined } as never,
    {} as never,
  );
  const failure = await reporting.handle().catch((error: unknown) => error);
  return { sent, failure };
}

/** A thousand lines of an order, as a credit decision sees them. */
const LINES = Array.from({ length: 1000 }, (_, n) =>
  ['id', 'has', 'quantity', 'unit', 'amount', 'orderLine', 'outstanding', 'short', 'rejected', 'status'].map(
    (name) => `/lines/${n}/${name}`,
  ),
).flat();

it('tells each owner of all looks, in letters that any node takes', async () => {
  const looks = Array.from({ length: 4 }, (_, n) => look(LINES, n));
  const sent = await told(looks);
  expect([...sent.keys()]).toEqual([MAKER, OTHER]);
  for (const letters of sent.values()) {
    for (const body of letters) {
      expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(SMALLEST_NODE);
      expect(looksBody.safeParse(body).success).toBe(true);
    }
    expect(letters.flatMap((body) => body.looks.map(({ block }) => block))).toEqual(looks.map(({ block }) => block));
  }
});

it('tells each owner in one letter of looks under many grants, of its own alone', async () => {
  const [one, another, others] = [id('0a'), id('0e'), id('0f')];
  const sent = await told([look(['/a'], 1, one), look(['/b'], 2, others), look(['/c'], 3, another), look([], 4, one)]);
  const blocks = [...sent].map(([to, letters]) => [to, letters.map(({ looks }) => looks.map(({ block }) => block))]);
  expect(new Map(blocks as [number, number[][]][])).toEqual(
    new Map([
      [MAKER, [[1, 2, 3, 4]]],
      [OTHER, [[1, 3, 4]]],
      [FURTHER, [[2]]],
    ]),
  );
  const parts = byGrant(sent.get(OTHER)![0]!);
  expect(parts.map(({ object, body }) => [object, body.looks.map(({ block }) => block)])).toEqual([
    [one, [1, 4]],
    [another, [3]],
  ]);
});

it('tells of a look at more than a letter holds in several', async () => {
  const fields = Array.from({ length: 20_000 }, (_, n) => `/source/values/Line/${n}/${'x'.repeat(100)}`);
  const letters = (await told([look(fields), look([])])).get(OTHER)!;
  expect(letters.length).toBeGreaterThan(2);
  for (const body of letters) expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(SMALLEST_NODE);
  expect(letters.flatMap(({ looks }) => looks.flatMap((part) => part.fields))).toEqual(fields);
  expect(letters.at(-1)!.looks.at(-1)!.fields).toEqual([]);
});

it('tells of paths as long as a document may have, and of the beginning of what is longer', async () => {
  const longest = `/source/values/${'n'.repeat(MAX_PATH - 15)}`;
  const letters = (await told([look([longest, `${longest}/further`])])).get(OTHER)!;
  expect(letters.map((body) => looksBody.parse(body).looks.map(({ fields }) => fields))).toEqual([
    [[longest, longest]],
  ]);
});

it('goes on until none are left', async () => {
  const letters = (await told([look(['/a'], 1)], [look(['/b'], 2)])).get(OTHER)!;
  expect(letters.flatMap(({ looks }) => looks.map(({ block }) => block))).toEqual([1, 2]);
  expect((await told()).size).toBe(0);
});

it('tells the maker alone of looks at what the chain has lost, and all of the others', async () => {
  const { sent } = await telling([[look(['/a'], 1, LOST), look(['/b'], 2)]]);
  const blocks = [...sent].map(([to, letters]) => [
    to,
    letters.flatMap(({ looks }) => looks.map(({ block }) => block)),
  ]);
  expect(blocks).toEqual([
    [MAKER, [1, 2]],
    [OTHER, [2]],
  ]);
});

it('waits while what the chain has lost may come again', async () => {
  const { sent, failure } = await telling([[look(['/a'], 1, LOST), look(['/b'], 2)]], true);
  expect([sent.size, failure]).toEqual([0, expect.objectContaining({ code: 'ORDER_UNKNOWN' })]);
});

it('gathers the looks of a moment, and asks once for all of them to be told', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const added = jest.fn();
    let looked = (): unknown => undefined;
    const nothing = {} as never;
    const log = { onAdded: (listener: () => unknown) => (looked = listener) } as never;
    const reporting = new ReportLooks(nothing, nothing, nothing, nothing, nothing, nothing, nothing, log, {
      add: added,
    } as never);
    looked();
    looked();
    expect(added).not.toHaveBeenCalled();
    mock.timers.tick(1000);
    expect(added).toHaveBeenCalledTimes(1);
    looked();
    mock.timers.tick(1000);
    expect(added).toHaveBeenCalledTimes(2);
    looked();
    reporting.onModuleDestroy();
    mock.timers.tick(1000);
    expect(added).toHaveBeenCalledTimes(2);
  } finally {
    mock.timers.reset();
  }
});
