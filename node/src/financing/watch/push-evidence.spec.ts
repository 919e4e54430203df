import type { Hex } from '../../kernel/hex.js';
import type { Shown } from '../commands/evidence-builder.js';
import type { Financing } from '../domain/financing.js';
import { PushEvidence } from './push-evidence.js';

const root = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`;
const [OBJECT, INVOICE, RECEIPT, ORDER] = [1, 2, 3, 4].map(root) as [Hex, Hex, Hex, Hex];

/**
 * A holder that has shown its lender the invoice, without what is traded; gives what a look sends, of what the chain then has and the holder
 * keeps. Lines meet by what is traded alone while the chain has what is told.
 */
function holder(untaken: readonly Hex[] = [], byItems = (_onChain: readonly Hex[]) => false) {
  const shown = new Map<Hex, boolean>([[INVOICE, false]]);
  let [onChain, kept, tagged]: [Hex[], Hex[], boolean] = [[], [], true];
  const sent: Hex[] = [];
  let asked = 0;
  const push = new PushEvidence(
    { ofReceivable: () => Promise.resolve(onChain.map((root) => ({ root, object: OBJECT }))) } as never,
    { get: () => Promise.resolve({ id: OBJECT }) } as never,
    {
      atAll: (places: { root: Hex }[]) =>
        Promise.resolve(new Map(places.filter(({ root }) => kept.includes(root)).map(({ root }) => [root, {}]))),
    } as never,
    {
      of: () => Promise.resolve(new Map(shown)),
      forget: (_: Hex, roots: Hex[]) => Promise.resolve(roots.forEach((root) => shown.delete(root))),
    } as never,
    {
      proposed: () => Promise.resolve([]),
      signatures: () => Promise.resolve({}),
      judgedBy: () => Promise.resolve([INVOICE, ORDER]),
      documents: (_: Hex, __: boolean, ___: string[], shown: Shown) => {
        const items = byItems(onChain);
        const roots = onChain.filter(
          (root) => kept.includes(root) && (!shown.has(root) || (items && !shown.get(root))),
        );
        return Promise.resolve({ documents: roots.map((root) => ({ root })), items });
      },
    } as never,
    { lack: () => Promise.resolve(!tagged && ++asked > 0) } as never,
    {
      untaken: () => Promise.resolve(untaken.filter((root) => shown.has(root))),
      send: (_: Financing, { documents, items }: { documents: { root: Hex }[]; items: boolean }) => {
        for (const { root } of documents) shown.set(root, items);
        return Promise.resolve(void sent.push(...documents.map(({ root }) => root)));
      },
    } as never,
    { ofFinancing: () => Promise.resolve({ grant: { revocation: null, fields: [] } }) } as never,
    { at: () => Promise.resolve([]) } as never,
  );
  const financing = { id: root(9), object: OBJECT, onOrder: false, sent: true } as Financing;
  return async (chain: Hex[], here = chain, isTagged = true) => {
    [onChain, kept, tagged] = [chain, here, isTagged];
    sent.length = 0;
    asked = 0;
    const waiting = await push.run(financing);
    // It asks buyers, and would do so twice.
    expect(asked).toBeLessThanOrEqual(1);
    return { waiting, sent: [...sent] };
  };
}

it('shows what is new, once, and waits for what is not here', async () => {
  const look = holder();
  expect(await look([INVOICE])).toEqual({ waiting: false, sent: [] });
  expect(await look([INVOICE, RECEIPT], [INVOICE])).toEqual({ waiting: true, sent: [] });
  expect(await look([INVOICE, RECEIPT])).toEqual({ waiting: false, sent: [RECEIPT] });
  expect(await look([INVOICE, RECEIPT])).toEqual({ waiting: false, sent: [] });
});

it('shows once more what the chain lost, and has again', async () => {
  const look = holder();
  await look([INVOICE, RECEIPT]);
  expect(await look([INVOICE])).toEqual({ waiting: false, sent: [] });
  expect(await look([INVOICE, RECEIPT])).toEqual({ waiting: false, sent: [RECEIPT] });
});

it('shows what its lender did not take in with what is new, and not by itself', async () => {
  const look = holder([INVOICE]);
  expect(await look([INVOICE])).toEqual({ waiting: false, sent: [] });
  expect(await look([INVOICE, RECEIPT])).toEqual({ waiting: false, sent: [INVOICE, RECEIPT] });
  expect(await look([INVOICE, RECEIPT])).toEqual({ waiting: false, sent: [] });
});

it('holds back what the claim is judged by while a buyer’s tags lack a key, and that alone', async () => {
  const look = holder();
  const both = [INVOICE, RECEIPT, ORDER];
  expect(await look([INVOICE, ORDER], both, false)).toEqual({ waiting: true, sent: [] });
  expect(await look(both, both, false)).toEqual({ waiting: true, sent: [RECEIPT] });
  expect(await look(both, both, false)).toEqual({ waiting: true, sent: [] });
  expect(await look(both)).toEqual({ waiting: false, sent: [ORDER] });
});

it('holds back too what the claim is judged by that its lender did not take in, until the tags are here', async () => {
  const look = holder([INVOICE]);
  const both = [INVOICE, RECEIPT];
  expect(await look(both, both, false)).toEqual({ waiting: true, sent: [RECEIPT] });
  expect(await look(both, both, false)).toEqual({ waiting: true, sent: [] });
  expect(await look(both)).toEqual({ waiting: false, sent: [INVOICE] });
});

it('holds back too what it has to show again for what is traded, until the tags are here', async () => {
  const both = [INVOICE, RECEIPT];
  expect(await holder([], (onChain) => onChain.includes(RECEIPT))(both)).toEqual({ waiting: false, sent: both });
  const look = holder([], (onChain) => onChain.includes(RECEIPT));
  expect(await look(both, both, false)).toEqual({ waiting: true, sent: [RECEIPT] });
  expect(await look(both, both, false)).toEqual({ waiting: true, sent: [] });
  expect(await look(both)).toEqual({ waiting: false, sent: [INVOICE] });
  expect(await look(both)).toEqual({ waiting: false, sent: [] });
});

it('shows all that has lines once more when what stands no more was what they met by', async () => {
  const look = holder([], (onChain) => !onChain.includes(ORDER));
  await look([INVOICE, ORDER]);
  expect(await look([INVOICE])).toEqual({ waiting: false, sent: [INVOICE] });
  expect(await look([INVOICE])).toEqual({ waiting: false, sent: [] });
});
