import type { Money } from '../../kernel/money.js';
import { Rational } from '../../kernel/rational.js';
import { type ClauseInForce, type ClauseOf, clausesOf, type PackVersion } from './rule-pack.js';

/** A command as rules see it. */
export interface CommandFacts {
  /** e.g. `POST /v1/orders/:id/acceptance` */
  readonly action: string;
  /** What is at stake, as far as it can be told. */
  readonly amounts: readonly Money[];
  /** Whether something is at stake that cannot be told. */
  readonly unknown?: boolean;
}

/**
 * Commands that do to many at once what another does to one, in one call what others do, or the same: a clause that names one of those means
 * them too.
 */
const DOES: Readonly<Record<string, readonly string[]>> = {
  'POST /v1/orders/bulk': ['POST /v1/orders'],
  'POST /v1/orders/batches': ['POST /v1/orders'],
  'POST /v1/orders/batches/:root/answer': ['POST /v1/orders/:id/acceptance'],
  'DELETE /v1/orders/:id': ['POST /v1/orders/:id/withdrawal'],
  'POST /v1/orders/:id/withdrawal': ['DELETE /v1/orders/:id'],
  'POST /v1/orders/:id/acceptance-with-changes': ['POST /v1/orders/:id/acceptance', 'POST /v1/orders/:id/changes'],
};

/** Commands whose items are each asked about as if they came alone: what means all commands means the items. */
const BY_ITEM: readonly string[] = ['POST /v1/bank-notifications'];

/** Whoever does these alone makes the second person, or ends the rule. */
const ADMINISTRATION: readonly string[] = ['POST /v1/api-keys', 'POST /v1/policies/:scope'];

/** Stands while any other clause on four eyes does. */
const SECOND_ADMINISTRATOR: ClauseOf<'FOUR_EYES'> = {
  ...{ id: 'second-administrator', kind: 'FOUR_EYES' },
  ...{ commands: [...ADMINISTRATION], approvers: ['ADMIN'] },
};

/** The clauses for which a command needs a second person. */
export function fourEyesOn(packs: readonly PackVersion[], facts: CommandFacts): ClauseInForce<ClauseOf<'FOUR_EYES'>>[] {
  const standing = clausesOf(packs, 'FOUR_EYES');
  const bearing = standing.filter(({ clause }) => needsApproval(clause, facts));
  if (!standing[0] || !ADMINISTRATION.includes(facts.action)) return bearing;
  return [...bearing, { ...standing[0], clause: SECOND_ADMINISTRATOR }];
}

/** An unknown amount is above any where the clause names the command, and none where it means all commands. */
function needsApproval(
  { commands, above }: ClauseOf<'FOUR_EYES'>,
  { action, amounts, unknown }: CommandFacts,
): boolean {
  const named = [action, ...(DOES[action] ?? [])].some((each) => commands.includes(each));
  if (!named && (!commands.includes('*') || BY_ITEM.includes(action))) return false;
  if (!above) return true;
  if (named && (unknown || amounts.length === 0)) return true;
  return amounts.some(
    ({ amount, currency }) =>
      currency !== above.currency || Rational.parse(amount).compare(Rational.parse(above.amount)) > 0,
  );
}

/** Commands on which no clause bears: the decision itself, and signing in. */
export const FREE_ACTIONS: readonly string[] = ['POST /v1/approvals/:id'];
