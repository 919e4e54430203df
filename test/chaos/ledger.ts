/** What a write does on chain, by the last part of its route; what is not listed stays between two members. */
const EVENTS: readonly (readonly [RegExp, string])[] = [
  [/^\/v1\/orders$/, 'OrderPosted'],
  [/^\/v1\/orders\/[^/]+\/acceptance$/, 'OrderAccepted'],
  [/^\/v1\/orders\/[^/]+\/milestones$/, 'MilestoneRecorded'],
  [/^\/v1\/receivables$/, 'ReceivableIssued'],
  [/^\/v1\/receivables\/[^/]+\/confirmation$/, 'ReceivableConfirmed'],
  [/^\/v1\/financings$/, 'a request'],
  [/^\/v1\/financings\/[^/]+\/offer$/, 'an offer'],
  [/^\/v1\/financings\/[^/]+\/evidence$/, 'more evidence'],
  [/^\/v1\/financings\/[^/]+\/agreement$/, 'EncumbranceReserved'],
  [/^\/v1\/financings\/[^/]+\/disbursement$/, 'EncumbranceDisbursed'],
];

/** A write that a node took in: it answered 201 or 202. */
export interface Accepted {
  /** The event of the chain that it must become, once; or words for what members agree on between them. */
  readonly becomes: string;
  /** Id that the answer gave. */
  readonly id: string;
  readonly path: string;
}

/** All writes that were taken in since the world began. */
export class Ledger {
  readonly accepted: Accepted[] = [];
  /** Taken in, and refused afterwards. */
  readonly lost: string[] = [];

  accept(path: string, id: string): void {
    const [route] = path.split('?') as [string];
    const becomes = EVENTS.find(([pattern]) => pattern.test(route))?.[1];
    if (!becomes) throw new Error(`nobody said what ${path} becomes`);
    this.accepted.push({ becomes, id, path: route });
  }

  /** How many writes must have become each thing. */
  counts(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { becomes } of this.accepted) counts.set(becomes, (counts.get(becomes) ?? 0) + 1);
    return counts;
  }
}
