import { commit, newSeed } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { ShownDocuments } from './shown-documents.js';

const object: Hex = `0x${'0a'.repeat(32)}`;
const fields = ['/kind', '/amount', '/currency', '/number'].map((path) => ({ path, value: path.slice(1) }));

it('add up what several grants show of a document, whichever was given first', async () => {
  const { root, disclose } = commitmentOf();
  const grants = [['/kind', '/number'], ['/kind', '/amount', '/currency'], ['/kind']].map((paths) => ({
    ...{ root, object, kind: 'ORDER' },
    disclosure: disclose(paths),
  }));
  for (const copies of [grants, grants.toReversed()]) {
    const shown = new ShownDocuments(
      { inFull: () => Promise.resolve(new Map()) } as never,
      { at: () => Promise.resolve(copies) } as never,
    );
    expect(await shown.of([{ root, object }])).toEqual([{ root, kind: 'ORDER', disclosure: disclose(['']) }]);
  }
});

function commitmentOf() {
  const commitment = commit(fields, newSeed());
  return { root: commitment.root as Hex, disclose: (paths: readonly string[]) => commitment.disclose(paths) };
}
