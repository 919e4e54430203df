import { mock } from 'node:test';
import { jest } from '@jest/globals';
import type { ToldLook } from '../../audit/index.js';
import { MAX_PATH } from '../../documents/index.js';
import { largestBodyBytes } from '../../exchange/domain/limits.js';
import type { Hex } from '../../kernel/hex.js';
import { type LooksBody, looksBody } from './envelopes.js';
import { ReportLooks } from './report-looks.handler.js';

const id = (byte: string): Hex => `0x${byte.repeat(32)}`;
const [SELF, MAKER, OTHER] = [1, 2, 3];
const SMALLEST_NODE = largestBodyBytes(256 * 1024);

const look = (fields: string[], n = 0): ToldLook => ({
  ...{ seenAt: '2026-11-26T12:00:00.000Z', block: n, object: id('0b'), root: id('0c'), fields },
  ...{ grant: id('0a'), purpose: 'CREDIT_DECISION', outcome: 'SHOWN' },
});

/** What is sent to each owner of a node that was taken these looks from its log, some at a time. */
async function told(...takings: ToldLook[][]): Promise<Map<number, LooksBody[]>> {
  const sent = new Map<number, LooksBody[]>();
  const known = { grant: { side: 'GRANTEE', maker: MAKER } };
  const reporting = new ReportLooks(
    { run: (fn: () => unknown) => fn() } as never,
    { take: () => Promise.resolve(takings.shift() ?? []) } as never,
    { find: () => Promise.resolve(known) } as never,
    { owners: () => Promise.resolve([MAKER, OTHER]) } as never,
    { self: () => Promise.resolve({ id: SELF }) } as never,
    {
      send: ({ to, body }: { to: number; body: LooksBody }) =>
        Promise.resolve(void sent.set(to, [...(sent.get(to) ?? []), body])),
    } as never,
    { onAdded: () => undefined } as never,
    {} as never,
  );
  await reporting.handle();
  return sent;
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
});

it('gathers the looks of a moment, and asks once for all of them to be told', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const added = jest.fn();
    let looked = (): unknown => undefined;
    const nothing = {} as never;
    const log = { onAdded: (listener: () => unknown) => (looked = listener) } as never;
    const reporting = new ReportLooks(nothing, nothing, nothing, nothing, nothing, nothing, log, {
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
