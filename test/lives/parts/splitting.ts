import type { Json } from '../../../scripts/demo/client.js';
import { BAD, when } from '../commands.js';
import { pence, text } from '../plain.js';
import {
  type Claim,
  lienOn,
  newClaim,
  openDisputes,
  openProposal,
  owedOn,
  type Share,
  type Supplier,
  type Tree,
} from './plain.js';
import { type Act, amount, at, by, isSupplier, type Situation } from './situation.js';

const UNKNOWN = `0x${'7e'.repeat(32)}`;

/** Why it cannot be split as all stands, whoever asks (rule 4). */
const indivisible = ({ claim, tree }: Situation): string[] => [
  ...when(claim.status !== 'CONFIRMED', 'RECEIVABLE_INVALID_TRANSITION'),
  ...when(lienOn(claim) !== undefined, 'RECEIVABLE_ALREADY_ENCUMBERED'),
  ...when(lienOn(tree) !== undefined, 'ORDER_ALREADY_ENCUMBERED'),
  ...when(openDisputes(claim).length > 0, 'RECEIVABLE_DISPUTED'),
  ...when(claim.overdue, 'RECEIVABLE_IS_OVERDUE'),
  ...when(
    claim.payments.some(({ counted, withdrawn }) => !counted && !withdrawn),
    'SPLIT_PAYMENT_OPEN',
  ),
];

/** A claim is split, by who should and by others, and those who are given parts answer. */
export const SPLITTING: Record<string, Act> = {
  split(s) {
    const { claim, random } = s;
    const member = by(s, claim.holder);
    const owed = owedOn(claim);
    const [first, second] = [random.of([owed, owed + 1, 1, Math.ceil(owed / 2), Math.ceil(owed / 3)]), 1];
    const one = amount(s, first);
    const further = claim.holder === 'supplier-1' ? 'supplier-2' : 'supplier-1';
    const holder = random.chance(0.85)
      ? random.of([further, further, claim.holder])
      : random.of(['core', 'bank-a', 'none']);
    const other = random.of(['supplier-1', 'supplier-2'] as const);
    const crowd = random.chance(0.05);
    const asked = crowd
      ? Array.from({ length: 32 }, () => ({ holder: 'supplier-2', amount: '0.01' }))
      : [{ holder, amount: one.amount }, ...(random.chance(0.5) ? [{ holder: other, amount: text(second) }] : [])];
    const total = asked.reduce((all, each) => all + (BAD.includes(each.amount) ? 0 : pence(each.amount)), 0);
    const shares = asked.map((each) => ({ holder: each.holder as Supplier, amount: pence(each.amount) }));
    const parts: Omit<Share, 'id'>[] =
      total < owed ? [...shares, { holder: claim.holder, amount: owed - total }] : shares;
    return {
      member,
      path: at(s, 'splits'),
      body: { parts: asked },
      refusals: [
        ...indivisible(s),
        ...when(member !== claim.holder, 'CONSENT_WRONG_SIGNER'),
        ...when(openProposal(claim) !== undefined, 'SPLIT_PENDING'),
        ...(crowd ? [] : one.codes),
        ...when(total > owed, 'SPLIT_SUM_MISMATCH'),
        ...when(parts.length > 32, 'SPLIT_INVALID_PART_COUNT'),
        ...(crowd ? [] : when(holder === 'core', 'SPLIT_HOLDER_INVALID')),
        ...(crowd ? [] : when(holder === 'bank-a', 'MEMBER_MISSING_ROLE')),
        ...(crowd ? [] : when(holder === 'none', 'MEMBER_UNKNOWN')),
      ],
      done({ id, parts: made }) {
        const { version, holder: proposer } = claim;
        const ids = (made as Json[]).map(({ receivable }) => String(receivable));
        if (ids.length !== parts.length) throw new Error(`${ids.length} parts, not ${parts.length}`);
        const proposed = parts.map((part, i) => ({ ...part, id: ids[i]! }));
        claim.proposals.unshift({ id: String(id), proposer, parts: proposed, version, status: 'PROPOSED' });
        // supplier-2 takes what supplier-1 gives it by standing rule; supplier-1 answers by hand.
        if (parts.every((part) => part.holder === proposer || part.holder === 'supplier-2')) complete(claim, s.tree);
      },
    };
  },
  acceptPart(s) {
    const { claim } = s;
    const open = openProposal(claim);
    const member = by(s, 'supplier-1');
    const asked = open?.proposer === 'supplier-2' && member === 'supplier-1';
    return {
      member,
      path: at(s, 'acceptance'),
      refusals: when(!asked, 'SPLIT_UNKNOWN', ...when(isSupplier(member), 'SPLIT_INVALID_TRANSITION')),
      done() {
        // Its obligor does not sign what a lender has a claim on, nor what it paid on.
        if (indivisible(s).length > 0) open!.status = 'REFUSED';
        else complete(claim, s.tree);
      },
    };
  },
  rejectPart(s) {
    const open = openProposal(s.claim);
    const member = by(s, 'supplier-1');
    const asked = open?.proposer === 'supplier-2' && member === 'supplier-1';
    return {
      member,
      path: at(s, 'rejection'),
      refusals: when(!asked, 'SPLIT_UNKNOWN', ...when(isSupplier(member), 'SPLIT_INVALID_TRANSITION')),
      done: () => (open!.status = 'REJECTED'),
    };
  },
  withdrawSplit(s) {
    const { claim } = s;
    const last = claim.proposals[0];
    const member = by(s, claim.holder);
    return {
      member,
      path: at(s, `splits/${last?.id ?? UNKNOWN}/withdrawal`),
      refusals: [
        ...when(!last || member !== last.proposer, 'SPLIT_UNKNOWN'),
        ...when(last !== undefined && last !== openProposal(claim), 'SPLIT_INVALID_TRANSITION'),
      ],
      done: () => (last!.status = 'WITHDRAWN'),
    };
  },
};

/** The claim is no more, and its parts are what it was (rule 4). */
function complete(parent: Claim, tree: Tree): void {
  const proposal = parent.proposals[0]!;
  proposal.status = 'COMPLETED';
  parent.status = 'SPLIT';
  for (const { id, holder, amount: each } of proposal.parts) {
    const part = newClaim({ id, parent, holder, confirmed: each });
    parent.parts.push(part);
    tree.claims.push(part);
  }
}
