export type ProposalStatus = 'VOTING' | 'PASSED' | 'EXECUTED' | 'LAPSED';

/** What decides a proposal's state. Times in seconds, of blocks. */
export interface Ballot {
  readonly created_at: number;
  readonly voting_ends: number;
  /** null until it passes */
  readonly executable_at: number | null;
  readonly executed_block: number | null;
}

/** When a passed proposal can no longer be executed: as long after `executable_at` as votes were taken. */
export function executableUntil({ created_at, voting_ends, executable_at }: Ballot): number | null {
  return executable_at === null ? null : executable_at + voting_ends - created_at;
}

/** The state at block time `now`: time alone ends a vote, and a passed proposal that nobody executes. */
export function statusAt(ballot: Ballot, now: number): ProposalStatus {
  if (ballot.executed_block !== null) return 'EXECUTED';
  const until = executableUntil(ballot);
  if (until !== null) return now <= until ? 'PASSED' : 'LAPSED';
  return now <= ballot.voting_ends ? 'VOTING' : 'LAPSED';
}
