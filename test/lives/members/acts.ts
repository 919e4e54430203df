import { ACTS as CLAIM_ACTS, type Situation as ClaimSituation } from '../acts.js';
import { when } from '../commands.js';
import { orderOf } from '../frameworks/documents.js';
import { lienOn } from '../plain.js';
import type { Step } from '../send.js';
import {
  carried,
  carryOut,
  type Consortium,
  type Decision,
  isRevoked,
  type Member,
  MEMBERS,
  obstacles,
  type Proposal,
  sizesOf,
  type Trade,
} from './plain.js';

export interface Situation extends ClaimSituation {
  readonly consortium: Consortium;
  readonly trade: Trade;
  /** One of the last that were put to the vote. */
  readonly proposal?: Proposal;
  /** A number that no other document has. */
  readonly number: string;
  /** ISO date, two months of the chain's time ahead. */
  readonly repayBy: string;
}

type Act = (situation: Situation) => Step | undefined;

/** An account whose key no node here has. */
const STRANGER = `0x${'5e'.repeat(20)}`;
const NOBODY = 'nobody';

const by = ({ random }: Situation, member: string): string => (random.chance(0.85) ? member : random.of(MEMBERS));
const memberOf = ({ consortium }: Situation, name: string): Member => consortium.members.get(name)!;

/** Why something may not be begun: by a member that is suspended, or with one (rule 10). */
const suspended = (s: Situation, ...names: string[]): string[] =>
  when(!names.every((name) => memberOf(s, name).active), 'MEMBER_NOT_ACTIVE');
/** Why a member says nothing: its operator's key counts no more (rule 7). */
const keyless = (s: Situation, name: string): string[] => when(isRevoked(memberOf(s, name)), 'MEMBER_KEY_REVOKED');

/** What a command on a claim asks of its members' standing. */
interface Rests {
  /** Who besides its member has to be active. Left out: it begins nothing. */
  readonly begins?: (situation: Situation) => string[];
  /** Whether the operator's key signs it; else an account of the claim alone does, which nobody revokes. */
  readonly byOperator?: true;
}

const RESTS: Readonly<Record<string, Rests>> = {
  confirm: { begins: () => [], byOperator: true },
  offer: { begins: () => ['supplier-1'], byOperator: true },
  agree: { begins: ({ advance }) => [advance!.bank] },
  notify: { byOperator: true },
  ...{ acknowledgeNotice: { byOperator: true }, pay: { byOperator: true } },
  ...{ dispute: { byOperator: true }, resolve: { byOperator: true } },
  ...{ decline: {}, withdraw: {}, drop: {}, disburse: {}, acknowledgePayment: {}, settle: {}, markOverdue: {} },
  ...{ callRecourse: {}, repurchase: {}, release: {}, demandRelease: {} },
};

/** Commands that finish something, whoever is suspended. */
export const DUTIES: ReadonlySet<string> = new Set(Object.keys(RESTS).filter((name) => !RESTS[name]!.begins));

/** A command on a claim as {@link CLAIM_ACTS} has it, refused besides for who its members are now; what finishes something never is. */
function onClaim(name: string): Act {
  const { begins, byOperator } = RESTS[name]!;
  return (s) => {
    const step = CLAIM_ACTS[name]!(s);
    if (!step) return undefined;
    const { member } = step;
    const standing = [...(begins ? suspended(s, member, ...begins(s)) : []), ...(byOperator ? keyless(s, member) : [])];
    return { ...step, refusals: [...step.refusals, ...standing] };
  };
}

/** Puts a decision to the vote of the chambers. */
function propose(decisionIn: (situation: Situation) => { decision: Decision; what: object } | null): Act {
  return (s) => {
    const { consortium, random } = s;
    const { decision, what } = decisionIn(s) ?? {};
    const { name, active } = memberOf(s, random.of(MEMBERS));
    const kind = decision?.kind ?? 'SUSPEND';
    return {
      member: name,
      path: '/v1/proposals',
      body: { kind, reason: 'because', ...(what ?? { member: NOBODY }) },
      refusals: [
        ...keyless(s, name),
        ...when(!active, 'PROPOSAL_NOT_VOTER'),
        ...(decision ? obstacles(consortium, decision) : ['MEMBER_UNKNOWN']),
      ],
      done({ id }) {
        const { proposals, time } = consortium;
        const of = { id: String(id), ordinal: proposals.length, decision: decision!, sizes: sizesOf(consortium) };
        proposals.push({ ...of, votes: new Map(), time, status: 'VOTING' });
      },
    };
  };
}

const onMember = (kind: 'SUSPEND' | 'REINSTATE'): Act =>
  propose((s) => {
    if (s.random.chance(0.05)) return null;
    const of = memberOf(s, s.random.of(MEMBERS));
    return { decision: { kind, of }, what: { member: of.name } };
  });

/** A member's word on a proposal, which passes once enough of each chamber that decides approve. */
export function cast(consortium: Consortium, proposal: Proposal, member: string, approves: boolean): void {
  proposal.votes.set(member, approves);
  if (proposal.status === 'VOTING' && carried(consortium, proposal)) proposal.status = 'PASSED';
}

/** Commands of members while some of them are suspended, taken back and overruled, and while their operators change. */
export const ACTS: Record<string, Act> = {
  ...Object.fromEntries(Object.keys(RESTS).map((name) => [name, onClaim(name)])),
  confirm(s) {
    const step = onClaim('confirm')(s)!;
    const done: Step['done'] = (answer) => {
      step.done(answer);
      s.trade.taggedBy = memberOf(s, 'core').operator;
    };
    return { ...step, done };
  },
  request(s) {
    const { trade, claim, random } = s;
    const core = memberOf(s, 'core');
    const member = by(s, 'supplier-1');
    const bank = random.of(['bank-a', 'bank-b']);
    const stale = !trade.tagged && core.operators.get(trade.taggedBy) === 'REVOKED';
    // The buyer has to sign its order's tags anew: until it can, the request waits at who made it.
    if (stale && isRevoked(core) && claim.status === 'CONFIRMED' && member === 'supplier-1') return undefined;
    return {
      member,
      path: '/v1/financings',
      body: { receivable: claim.id, lender: bank, requested: { amount: '30.00', currency: 'GBP' } },
      refusals: [
        ...when(member !== 'supplier-1', 'MEMBER_MISSING_ROLE'),
        ...when(claim.status !== 'CONFIRMED', 'RECEIVABLE_NOT_CONFIRMED', 'CONFIRMATION_NOT_SHOWN'),
        ...suspended(s, member, bank),
        ...keyless(s, member),
      ],
      done({ id }) {
        if (stale) trade.taggedBy = core.operator;
        const terms = { recourse: true, kind: 'ASSIGNMENT', amount: 3_000 } as const;
        const marks = { noticed: false, notified: false, called: false, contested: false, demanded: false };
        const money = { due: 0, repaid: 0, offeredAt: -1 };
        claim.advances.push({ id: String(id), bank, claim, status: 'REQUESTED', ...terms, ...marks, ...money });
      },
    };
  },
  offer(s) {
    const step = onClaim('offer')(s);
    return step && { ...step, body: { ...step.body, repayBy: s.repayBy } };
  },
  agree(s) {
    const step = onClaim('agree')(s);
    if (!step) return undefined;
    const { trade } = s;
    const stale = !trade.tagged && memberOf(s, 'core').operators.get(trade.taggedBy) === 'REVOKED';
    const done: Step['done'] = (answer) => {
      step.done(answer);
      trade.tagged = true;
    };
    // The chain sees the buyer's signature of the tags for the first time (rule 7).
    return { ...step, refusals: [...step.refusals, ...when(stale, 'MEMBER_KEY_REVOKED')], done };
  },
  demandRelease(s) {
    const step = onClaim('demandRelease')(s);
    const done: Step['done'] = (answer) => {
      step!.done(answer);
      s.trade.demandedIn = s.consortium.time;
    };
    return step && { ...step, done };
  },
  post(s) {
    const member = by(s, 'core');
    return {
      member,
      path: '/v1/orders?supplier=supplier-1',
      body: { document: orderOf(s.number, 100) },
      refusals: [
        ...when(member !== 'core', 'MEMBER_MISSING_ROLE'),
        ...suspended(s, member, 'supplier-1'),
        ...keyless(s, member),
      ],
      done: () => {},
    };
  },
  suspend: onMember('SUSPEND'),
  reinstate: onMember('REINSTATE'),
  overrule: propose(({ trade }) => ({
    decision: { kind: 'OVERRULE_LENDER', of: trade },
    what: { receivable: trade.claim.id },
  })),
  vote(s) {
    const { consortium, proposal, random } = s;
    if (!proposal) return undefined;
    const { name, active, votingSince } = memberOf(s, random.of(MEMBERS));
    const approve = random.chance(0.97);
    return {
      member: name,
      path: `/v1/proposals/${proposal.id}/votes`,
      body: { approve },
      refusals: [
        ...keyless(s, name),
        ...when(!active, 'PROPOSAL_NOT_VOTER'),
        ...when(proposal.time !== consortium.time, 'PROPOSAL_VOTING_ENDED'),
        ...when(votingSince > proposal.ordinal, 'PROPOSAL_VOTER_TOO_NEW'),
        ...when(proposal.votes.has(name), 'PROPOSAL_ALREADY_VOTED'),
      ],
      done: () => cast(consortium, proposal, name, approve),
    };
  },
  /** Anybody may: what the chambers decided needs nobody's leave. */
  execute(s) {
    const { consortium, proposal, random } = s;
    if (!proposal) return undefined;
    const { status, decision, time } = proposal;
    const late = status === 'PASSED' && time !== consortium.time;
    return {
      member: random.of(MEMBERS),
      path: `/v1/proposals/${proposal.id}/execution`,
      refusals: [
        ...when(status === 'EXECUTED', 'PROPOSAL_ALREADY_EXECUTED'),
        ...when(status === 'VOTING', 'PROPOSAL_NOT_PASSED'),
        ...when(late, 'PROPOSAL_LAPSED'),
        ...obstacles(consortium, decision),
      ],
      done() {
        proposal.status = 'EXECUTED';
        carryOut(consortium, decision);
      },
    };
  },
  addOperator(s) {
    const { name, operators, operator, next } = memberOf(s, s.random.of(MEMBERS));
    const account = s.random.chance(0.8) ? next : s.random.of([operator, STRANGER]);
    return {
      member: name,
      path: '/v1/keys',
      body: { kind: 'OPERATOR', account },
      refusals: [
        ...when(account === STRANGER, 'OPERATOR_KEY_ELSEWHERE'),
        ...when(operators.has(account), 'MEMBER_ACCOUNT_TAKEN'),
      ],
      done: () => void operators.set(account, 'LIVE'),
    };
  },
  revokeOperator(s) {
    const { random } = s;
    const owner = memberOf(s, random.of(MEMBERS));
    const [account, status] = random.of([...owner.operators]);
    const member = by(s, owner.name);
    const early = random.chance(0.1);
    return {
      member,
      path: `/v1/keys/${account}/revocation`,
      body: early ? { inDoubtFrom: 1_000_000_000 } : random.of([{}, { inDoubtFrom: 1 }]),
      refusals: [
        ...when(member !== owner.name, 'MEMBER_UNKNOWN_OPERATOR'),
        ...when(status === 'REVOKED', 'MEMBER_KEY_REVOKED'),
        ...when(early, 'MEMBER_INVALID_DOUBT'),
      ],
      done: () => void owner.operators.set(account, 'REVOKED'),
    };
  },
};

/** Whether a lender's claim is on it, or it is not over: something can be done about it. */
export const isLively = ({ claim }: Trade): boolean =>
  claim.status === 'ISSUED' || claim.status === 'CONFIRMED' || lienOn(claim) !== undefined;
