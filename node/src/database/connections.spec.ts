import { readFileSync } from 'node:fs';
import { mostConnections } from './connections.js';

it('counts what a process opens at most, and the operations guide says the same', () => {
  expect([mostConnections(2), mostConnections(8)]).toEqual([16, 28]);
  expect(readFileSync('docs/operations.md', 'utf8')).toContain(
    `2 x \`TRADEPROOF_DATABASE_POOL\` + ${mostConnections(0)} `,
  );
});
