import type { Hex } from '../../kernel/hex.js';
import { EVENT_NAMES } from '../../kernel/contract-events.generated.js';
import { defineChainTable } from '../chain-table.js';
import { defineProjection, touch } from '../projection.js';
import { ProjectionRegistry } from '../projection-registry.js';

/** Tables of each column type, filled from grants, which any account can make. */
export const PROBE_TABLES = `
  CREATE TABLE chain_probe_grants (
    id bytea PRIMARY KEY, maker bytea NOT NULL, revoked bool NOT NULL, made_at int8 NOT NULL, note text, seen jsonb NOT NULL);
  CREATE TABLE chain_probe_makers (
    kind text NOT NULL, maker bytea NOT NULL, made int4 NOT NULL, ids bytea[] NOT NULL, blocks int4[] NOT NULL,
    PRIMARY KEY (kind, maker));`;

/** Whatever could be taken for syntax on the way into PostgreSQL and back. */
export const AWKWARD = 'tab\t line\n return\r back\\slash "quote" {brace} \\N \\. 供应商';

interface ProbeGrant {
  id: Hex;
  maker: Hex;
  revoked: boolean;
  made_at: number;
  note: string | null;
  seen: { block: number; note: string }[];
}

interface ProbeMaker {
  kind: string;
  maker: Hex;
  made: number;
  ids: Hex[];
  blocks: number[];
}

const grants = defineChainTable<ProbeGrant>({
  name: 'chain_probe_grants',
  key: ['id'],
  columns: { id: 'bytea', maker: 'bytea', revoked: 'bool', made_at: 'int8', note: 'text', seen: 'jsonb' },
});
const makers = defineChainTable<ProbeMaker>({
  name: 'chain_probe_makers',
  key: ['kind', 'maker'],
  columns: { kind: 'text', maker: 'bytea', made: 'int4', ids: 'bytea[]', blocks: 'int4[]' },
});

const KIND = 'a|kind \\ "with" specials';

/** All events projected or ignored: grants fill the probe tables, nothing else does. */
export function probeRegistry(): ProjectionRegistry {
  const registry = new ProjectionRegistry();
  registry.add(
    defineProjection({
      event: 'GrantMade',
      touches: ({ event }) => [touch(makers, { kind: KIND, maker: event.args.maker })],
      apply({ event, block, blockTime }, rows) {
        const { grant: id, maker } = event.args;
        const seen = [{ block, note: AWKWARD }];
        rows.put(grants, { id, maker, revoked: false, made_at: blockTime, note: AWKWARD, seen });
        const before = rows.get(makers, { kind: KIND, maker }) ?? { kind: KIND, maker, made: 0, ids: [], blocks: [] };
        const { made, ids, blocks } = before;
        rows.put(makers, { ...before, made: made + 1, ids: [...ids, id], blocks: [...blocks, block] });
      },
    }),
    defineProjection({
      event: 'GrantRevoked',
      touches: ({ event }) => [touch(grants, { id: event.args.grant })],
      apply({ event, block }, rows) {
        const { seen } = rows.get(grants, { id: event.args.grant })!;
        const more = [...seen, { block, note: '' }];
        rows.patch(grants, { id: event.args.grant }, { revoked: true, note: null, seen: more });
      },
    }),
  );
  const projected = new Set<string>(['GrantMade', 'GrantRevoked']);
  const others = EVENT_NAMES.filter((name) => !projected.has(name));
  registry.ignore(Object.fromEntries(others.map((name) => [name, 'no probe'])));
  return registry;
}
