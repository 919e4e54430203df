import type { Json } from '../../../scripts/demo/client.js';
import type { Random } from '../../chaos/random.js';
import { type Pence, pence, text } from '../plain.js';
import type { Step } from '../send.js';
import {
  type Advance,
  type Claim,
  coverOf,
  lienOn,
  newClaim,
  openDisputes,
  openProposal,
  owedOn,
  payeeOf,
  type Share,
  statusOf,
  type Supplier,
  type Tree,
} from './plain.js';

export interface Situation {
  readonly tree: Tree;
  readonly claim: Claim;
  readonly advance?: Advance;
  readonly random: Random;
  /** A number that no other document has. */
  readonly number: string;
  /** RFC 3339, two days of the chain's time ahead. */
  readonly expiresAt: string;
}

type Act = (situation: Situation) => Step | undefined;

const ALL = ['core', 'supplier-1', 'supplier-2', 'bank-a', 'bank-b'];
const BAD = ['0', '-1', '0.001', '1e2'];
const UNKNOWN = `0x${'7e'.repeat(32)}`;

const isSupplier = (member: string): member is Supplier => member === 'supplier-1' || member === 'supplier-2';
const when = (refused: boolean, ...codes: string[]): string[] => (refused ? codes : []);
const by = ({ random }: Situation, member: string): string => (random.chance(0.85) ? member : random.of(ALL));
const at = ({ claim: { id } }: Situation, act: string): string => `/v1/receivables/${id}/${act}`;
const confirmed = ({ claim }: Situation) => when(claim.status !== 'CONFIRMED', 'RECEIVABLE_NOT_CONFIRMED');

/** An amount at an edge now and then, and why it is refused as such. */
function amount({ random }: Situation, usual: Pence): { amount: string; pence: Pence; codes: string[] } {
  const bad = random.chance(0.1);
  const given = bad ? random.of(BAD) : text(Math.max(1, usual));
  return { amount: given, pence: bad ? 0 : pence(given), codes: when(bad, 'AMOUNT_INVALID') };
}

/** Why it cannot be split as all stands, whoever asks (rule 4). */
const indivisible = ({ claim, tree }: Situation): string[] => [
  ...when(claim.status !== 'CONFIRMED', 'RECEIVABLE_INVALID_TRANSITION'),
  ...when(lienOn(claim) !== undefined, 'RECEIVABLE_ALREADY_ENCUMBERED'),
  ...when(lienOn(tree) !== undefined, 'ORDER_ALREADY_ENCUMBERED'),
  ...when(openDisputes(claim).length > 0, 'RECEIVABLE_DISPUTED'),
  ...when(claim.overdue, 'RECEIVABLE_IS_OVERDUE'),
];

/** Why no lender may have a claim where the advance would be (rule 1). */
function taken({ tree, claim, advance }: Situation, yields: boolean): string[] {
  const above = lienOn(tree);
  if (!advance?.claim)
    return [
      ...when(above !== undefined, 'ORDER_ALREADY_ENCUMBERED'),
      ...when(
        tree.claims.some((each) => lienOn(each)),
        'ORDER_DESCENDANTS_ENCUMBERED',
      ),
    ];
  return [
    ...when(lienOn(claim) !== undefined, 'RECEIVABLE_ALREADY_ENCUMBERED'),
    ...when(above !== undefined && !yields, 'ORDER_ALREADY_ENCUMBERED'),
  ];
}

/** A command of a side of an advance. The other side, and who is none, are refused before all else. */
function side(
  s: Situation,
  act: string,
  who: 'holder' | 'lender',
  from: readonly string[],
  more: Omit<Partial<Step>, 'refusals'> & { readonly refusals?: readonly string[] },
): Step | undefined {
  const { advance } = s;
  if (!advance) return undefined;
  const right = who === 'holder' ? advance.holder : advance.bank;
  const member = by(s, right);
  const known = member === advance.holder || member === advance.bank;
  const refusals = [
    ...when(member !== right, known ? 'FINANCING_UNAUTHORIZED' : 'FINANCING_UNKNOWN'),
    ...when(!from.includes(statusOf(advance)), 'FINANCING_INVALID_TRANSITION'),
    ...(more.refusals ?? []),
  ];
  return { member, path: `/v1/financings/${advance.id}/${act}`, done: () => {}, ...more, refusals };
}

/** What is asked of a lender, on a claim or on the order behind it. */
function request(onOrder: boolean): Act {
  return (s) => {
    const { tree, claim, random } = s;
    const holder: Supplier = onOrder ? 'supplier-1' : claim.holder;
    const member = by(s, holder);
    const bank = random.of(['bank-a', 'bank-b']);
    const on = onOrder ? { order: tree.order } : { receivable: claim.id };
    return {
      member,
      path: '/v1/financings',
      body: { ...on, lender: bank, requested: { amount: '1.00', currency: 'GBP' } },
      refusals: [
        ...when(!isSupplier(member), 'MEMBER_MISSING_ROLE'),
        ...when(member !== holder, 'FINANCING_NOT_HOLDER'),
        ...when(!onOrder && claim.status !== 'CONFIRMED', 'RECEIVABLE_NOT_CONFIRMED'),
      ],
      done({ id }) {
        const flags = { status: 'REQUESTED', offeredAt: -1, yielding: false, noticed: false, notified: false } as const;
        const advance = { id: String(id), bank, holder, ...flags };
        if (onOrder) tree.advances.push(advance);
        else claim.advances.push({ ...advance, claim });
      },
    };
  };
}

const OUT = ['DISBURSED', 'OVERDUE'];

/** Commands on claims, on what they are split into and on the orders behind them, by who should and by others, in every state. */
export const ACTS: Record<string, Act> = {
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
        // Its obligor does not sign what a lender has a claim on.
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
  request: request(false),
  requestOnOrder: request(true),
  offer(s) {
    const { advance, claim, tree, random } = s;
    if (!advance) return undefined;
    const above = lienOn(tree);
    const own = advance.claim !== undefined && above?.bank === advance.bank;
    // What is out on the order counts against the claim's cover too: there it is asked for little.
    const usual = advance.claim && !above ? random.of([coverOf(claim), coverOf(claim) + 1, 1]) : 1;
    const given = amount(s, usual);
    const onClaim = advance.claim
      ? [
          ...confirmed(s),
          ...when(openDisputes(claim).length > 0, 'RECEIVABLE_DISPUTED'),
          ...when(given.pence > coverOf(claim), 'ADVANCE_EXCEEDS_COVER'),
        ]
      : [];
    return side(s, 'offer', 'lender', ['REQUESTED'], {
      body: {
        advance: given.amount,
        ...{ discountBps: 450, feeBps: 100, recourse: true, kind: 'ASSIGNMENT', repayBy: '2027-01-31' },
        expiresAt: s.expiresAt,
      },
      refusals: [...given.codes, ...onClaim, ...taken(s, own)],
      done() {
        advance.status = 'OFFERED';
        advance.offeredAt = claim.version;
        advance.yielding = own;
      },
    });
  },
  agree(s) {
    const { advance, claim } = s;
    if (!advance) return undefined;
    const onClaim = advance.claim
      ? [
          ...when(advance.offeredAt !== claim.version, 'CONSENT_STALE'),
          ...confirmed(s),
          ...when(openDisputes(claim).length > 0, 'RECEIVABLE_DISPUTED'),
        ]
      : [];
    const above = lienOn(s.tree);
    // The consent by which its bank yields has to be of the claim that runs above it now.
    const yielded = advance.yielding
      ? [
          ...when(!above, 'CONSENT_UNEXPECTED'),
          ...when(above !== undefined && above.bank !== advance.bank, 'CONSENT_WRONG_SIGNER'),
        ]
      : [];
    return side(s, 'agreement', 'holder', ['OFFERED'], {
      refusals: [...taken(s, advance.yielding), ...onClaim, ...yielded],
      done: () => (advance.status = 'AGREED'),
    });
  },
  drop: (s) => side(s, 'drop', 'lender', ['AGREED'], { done: () => (s.advance!.status = 'EXPIRED') }),
  disburse(s) {
    return side(s, 'disbursement', 'lender', ['AGREED'], {
      body: { reference: 'OUT' },
      done: () => (s.advance!.status = 'DISBURSED'),
    });
  },
  release: (s) => side(s, 'release', 'lender', OUT, { done: () => (s.advance!.status = 'CLOSED') }),
  notify(s) {
    if (!s.advance?.claim) return undefined;
    return side(s, 'notice', 'lender', OUT, {
      refusals: [...when(s.advance.noticed, 'NOTICE_ALREADY_GIVEN'), ...confirmed(s)],
      done: () => (s.advance!.noticed = true),
    });
  },
  acknowledgeNotice(s) {
    const member = by(s, 'core');
    const lien = lienOn(s.claim);
    return {
      member,
      path: at(s, 'notice/acknowledgement'),
      refusals: [
        ...when(member !== 'core', 'RECEIVABLE_UNAUTHORIZED'),
        ...confirmed(s),
        ...when(!lien?.noticed, 'NOTICE_MISSING'),
        ...when(Boolean(lien?.notified), 'ENCUMBRANCE_INVALID_TRANSITION'),
      ],
      done: () => (lien!.notified = true),
    };
  },
  pay(s) {
    const { claim, random } = s;
    const member = by(s, 'core');
    const given = amount(s, random.chance(0.5) ? owedOn(claim) : Math.ceil(claim.confirmed / 3));
    return {
      member,
      path: at(s, 'payments'),
      body: { amount: given.amount, reference: 'PAY' },
      refusals: [...when(member !== 'core', 'RECEIVABLE_UNAUTHORIZED'), ...confirmed(s), ...given.codes],
      done({ n, paidTo }) {
        if (paidTo !== payeeOf(claim)) throw new Error(`paid to ${String(paidTo)}, not ${payeeOf(claim)}`);
        claim.payments.push({ n: Number(n), amount: given.pence, counted: false });
      },
    };
  },
  acknowledgePayment(s) {
    const { claim, tree, random } = s;
    const unknown = claim.payments.length === 0;
    const payment = unknown ? { n: 77, amount: 0, counted: false } : random.of(claim.payments);
    const member = by(s, payeeOf(claim));
    return {
      member,
      path: at(s, `payments/${payment.n}/acknowledgement`),
      refusals: [
        ...when(member !== payeeOf(claim), 'PAYMENT_NOT_PAYEE'),
        ...confirmed(s),
        ...when(unknown, 'PAYMENT_UNKNOWN'),
        ...when(payment.counted, 'PAYMENT_NOT_CLAIMED'),
      ],
      done() {
        const lien = lienOn(claim);
        payment.counted = true;
        claim.version++;
        if (owedOn(claim) === 0 && (lien ? lien.notified : !lienOn(tree))) claim.status = 'SETTLED';
      },
    };
  },
  credit(s) {
    const { claim, number } = s;
    const member = by(s, 'supplier-1');
    // Under a lender's claim it may lower the cover and not the debt: that is not told here.
    const plain = !lienOn(claim) && !lienOn(s.tree) && owedOn(claim) > 50;
    if (!plain && member === 'supplier-1' && claim.status === 'CONFIRMED') return undefined;
    return {
      member,
      path: at(s, 'credit-notes'),
      body: { document: creditNote(number) },
      refusals: [...when(member !== 'supplier-1', 'RECEIVABLE_UNAUTHORIZED'), ...confirmed(s)],
      done() {
        claim.credited += 50;
        claim.version++;
      },
    };
  },
  dispute(s) {
    const { claim } = s;
    const member = by(s, 'core');
    const given = amount(s, 500);
    return {
      member,
      path: at(s, 'disputes'),
      body: { amount: given.amount, reason: 'bent' },
      refusals: [...when(member !== 'core', 'RECEIVABLE_UNAUTHORIZED'), ...confirmed(s), ...given.codes],
      done({ n }) {
        claim.disputes.push({ n: Number(n), amount: given.pence, open: true });
        claim.version++;
      },
    };
  },
  resolve(s) {
    const { claim, random } = s;
    const unknown = claim.disputes.length === 0;
    const dispute = unknown ? { n: 77, amount: 0, open: false } : random.of(claim.disputes);
    const member = by(s, 'core');
    return {
      member,
      path: at(s, `disputes/${dispute.n}/resolution`),
      refusals: [
        ...when(member !== 'core', 'RECEIVABLE_UNAUTHORIZED'),
        ...when(claim.status === 'SPLIT', 'RECEIVABLE_NOT_CONFIRMED'),
        ...when(unknown, 'DISPUTE_UNKNOWN'),
        ...when(!unknown && !dispute.open, 'DISPUTE_NOT_OPEN'),
      ],
      done: () => (dispute.open = false),
    };
  },
  markOverdue(s) {
    const { claim } = s;
    const member = by(s, payeeOf(claim));
    return {
      member,
      path: at(s, 'overdue'),
      refusals: [
        ...when(member !== payeeOf(claim), 'PAYMENT_NOT_PAYEE'),
        ...confirmed(s),
        ...when(claim.overdue, 'RECEIVABLE_ALREADY_MARKED'),
      ],
      done() {
        claim.overdue = true;
        claim.version++;
      },
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

const PARTY = (id: string, name: string): Json => ({ id, scheme: '0088', name });
const creditNote = (number: string): Json => ({
  ...{ number, issueDate: '2026-11-20', currency: 'GBP', amount: '0.50', lines: [] },
  payer: PARTY('9521000000018', 'Kestrel Turbines SE'),
  payee: PARTY('9521000000025', 'Halden Castings AS'),
});
