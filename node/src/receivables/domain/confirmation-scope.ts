/** What an obligor's confirmation says beside amount and date. */
export interface ConfirmationScope {
  /** Set-off against other claims of the obligor is given up. */
  readonly waivesSetOff: boolean;
  /** Defences of the underlying contract are given up. */
  readonly waivesDefences: boolean;
  /** Confirmed whatever was received (rule 5). */
  readonly withoutReceipt: boolean;
}

const BITS = { waivesSetOff: 1, waivesDefences: 2, withoutReceipt: 4 } as const;

/** The scope as the contract stores it. */
export function encodeScope(scope: ConfirmationScope): number {
  return (
    (scope.waivesSetOff ? BITS.waivesSetOff : 0) |
    (scope.waivesDefences ? BITS.waivesDefences : 0) |
    (scope.withoutReceipt ? BITS.withoutReceipt : 0)
  );
}

export function decodeScope(bits: number): ConfirmationScope {
  return {
    waivesSetOff: (bits & BITS.waivesSetOff) !== 0,
    waivesDefences: (bits & BITS.waivesDefences) !== 0,
    withoutReceipt: (bits & BITS.withoutReceipt) !== 0,
  };
}
