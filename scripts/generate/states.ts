import { FINANCING_STATUSES, FINANCING_TRANSITIONS } from '../../node/src/financing/domain/states.js';
import { ORDER_ACTS } from '../../node/src/orders/domain/order-acts.js';
import { ORDER_STATUSES } from '../../node/src/orders/domain/order-status.js';
import {
  ENCUMBRANCE_STATES,
  RECEIVABLE_STATUSES,
  RECEIVABLE_TRANSITIONS,
  type ReceivableTransition,
} from '../../node/src/receivables/domain/states.js';
import { SPLIT_STATUSES, SPLIT_TRANSITIONS } from '../../node/src/receivables/domain/split/states.js';
import { settle } from '../lib/generated.js';
import { table } from '../lib/markdown.js';

const INTRODUCTION = `# States

Who may do what in which state, and what becomes of it: the tables that the nodes refuse by. A cell says what an act makes of
the state, ✓ that it leaves it as it is; an empty one is refused with a named error that carries the offending values (rule 6).
\`by\` is who acts last: \`cancel\` and \`complete\` take effect once both sides have asked, \`void\` needs the holder's consent, \`settle\` by a
holder that of each lender whose claim reaches the receivable.

Generated from the code; \`npm run generate\`.
`;

const FRAMEWORKS = `A framework contract is an order of its own type with the same states. Orders call it off (\`callOff\`) until its \`expiry\`; nobody
is appointed to it (\`appoint\`), and nothing is recorded, invoiced or lent on it: that is refused with \`ORDER_IS_FRAMEWORK\`.`;

/** An act as all tables have it. */
interface Act {
  readonly by: string;
  readonly from: readonly string[];
  readonly to?: string;
}

function matrix(statuses: readonly string[], acts: Readonly<Record<string, Act>>): string {
  const rows = Object.entries(acts).map(([name, { by, from, to }]) => [
    `\`${name}\``,
    by,
    ...statuses.map((status) => (from.includes(status) ? (to === undefined || to === status ? '✓' : to) : '')),
  ]);
  return table(['act', 'by', ...statuses], rows);
}

const orderActs = Object.fromEntries(
  Object.entries(ORDER_ACTS).map(([name, rule]) => [
    name,
    { from: rule.from, to: 'to' in rule ? rule.to : undefined, by: rule.by.join(' or ').toLowerCase() },
  ]),
);

const receivableActs: [string, ReceivableTransition][] = Object.entries(RECEIVABLE_TRANSITIONS);
const encumbranceActs = Object.fromEntries(
  receivableActs.flatMap(([name, { by, encumbrance }]) =>
    encumbrance ? [[name, { by, from: encumbrance.from, to: encumbrance.to?.join(' or ') }]] : [],
  ),
);

settle({
  'docs/states.md': [
    INTRODUCTION,
    `## Order\n\n${FRAMEWORKS}\n\n${matrix(ORDER_STATUSES, orderActs)}`,
    `## Receivable\n\n${matrix(RECEIVABLE_STATUSES, Object.fromEntries(receivableActs))}`,
    `## Encumbrance, beside a receivable\n\n${matrix(ENCUMBRANCE_STATES, encumbranceActs)}`,
    `## Split, on its way to the chain\n\n${matrix(SPLIT_STATUSES, SPLIT_TRANSITIONS)}`,
    `## Financing\n\n${matrix(FINANCING_STATUSES, FINANCING_TRANSITIONS)}`,
  ].join('\n'),
});
