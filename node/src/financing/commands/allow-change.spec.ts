import type { Hex } from '../../kernel/hex.js';
import { AllowChange } from './allow-change.js';

const id = (byte: string): Hex => `0x${byte.repeat(32)}`;
const [FINANCING, ORDER, CLAIM, ROOT] = [id('0f'), id('0a'), id('0c'), id('0e')];

/** A lender's consent to version 2 of an order, `shown` being what its holder has shown it. */
const WHOLE = ['/amount', '/currency', '/lines/-', '/lines/0/quantity'];

function consenting({ shown, ofPart = false, paths = WHOLE }: { shown: Hex[]; ofPart?: boolean; paths?: string[] }) {
  const sent: unknown[] = [];
  const financing = { object: CLAIM, onOrder: false, holder: 7 };
  const allowing = new AllowChange(
    { begin: () => Promise.resolve({ financing }) } as never,
    {
      behind: () => Promise.resolve({ orders: [ORDER], coverVersion: 3, ofPart }),
      require: () => Promise.resolve({ commitment: ROOT }),
    } as never,
    {
      // What else was shown stays closed: it may be all of a large claim.
      at: (_: Hex, roots: Hex[]) => {
        expect(roots).toEqual([ROOT]);
        const fields = paths.map((path) => ({ path, value: '1' }));
        return Promise.resolve(
          shown.filter((root) => roots.includes(root)).map((root) => ({ root, disclosure: { fields } })),
        );
      },
    } as never,
    { give: (_: unknown, to: object, given: object) => Promise.resolve({ ...to, ...given }) } as never,
    { oneTime: () => ({ address: '0x01' }) } as never,
    { send: (letter: unknown) => Promise.resolve(void sent.push(letter)) } as never,
    { current: () => ({ timestamp: 100 }) } as never,
  );
  const run = (order = ORDER, commitment = ROOT) => allowing.run(FINANCING, order, { version: 2, commitment });
  return { sent, run };
}

describe('a lender’s consent to a change of an order', () => {
  it('goes to the holder, for just the version that was shown, at the claim’s present cover', async () => {
    const { run, sent } = consenting({ shown: [id('01'), ROOT] });
    await run();
    const consent = { object: CLAIM, act: 'CHANGE', coverVersion: 3 };
    expect(sent).toMatchObject([
      { to: 7, type: 'order.change-consent', object: ORDER, body: { version: 2, root: ROOT, lender: { consent } } },
    ]);
  });

  it('is given to nothing unread, and to nothing that the claim does not rest on', async () => {
    const { run, sent } = consenting({ shown: [id('01')] });
    await expect(run()).rejects.toMatchObject({ code: 'ORDER_CHANGE_NOT_SHOWN', facts: { order: ORDER, version: 2 } });
    await expect(run(id('0b'))).rejects.toMatchObject({ code: 'ENCUMBRANCE_NOT_OF_LINEAGE' });
    expect(sent).toEqual([]);
  });

  it('is given to nothing but what was read, when another version of that number is proposed meanwhile', async () => {
    const { run, sent } = consenting({ shown: [id('01'), ROOT] });
    await expect(run(ORDER, id('01'))).rejects.toMatchObject({ code: 'ORDER_CHANGE_MISSING' });
    expect(sent).toEqual([]);
  });

  it.each(WHOLE)('is given to nothing of which %s is not shown', async (withheld) => {
    const { run, sent } = consenting({ shown: [ROOT], paths: WHOLE.filter((path) => path !== withheld) });
    await expect(run()).rejects.toMatchObject({ code: 'ORDER_CHANGE_NOT_SHOWN' });
    expect(sent).toEqual([]);
  });

  it('is given unread on a part of a split, which no change of the order touches', async () => {
    const { run, sent } = consenting({ shown: [], ofPart: true });
    await run();
    expect(sent).toHaveLength(1);
  });
});
