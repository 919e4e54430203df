/** What a verdict is made of, in the order in which it is read. */
export const FRAGMENT_KINDS = [
  'INTEGRITY',
  'ISSUANCE',
  'STATUS',
  'FULFILMENT',
  'COVER',
  'ENCUMBRANCE',
  'MEMBERSHIP',
  'FINALITY',
] as const;
export type FragmentKind = (typeof FRAGMENT_KINDS)[number];

/**
 * VALID: checked and so. INVALID: checked and not so. SKIPPED: could not be checked with what was given. ERROR: the check
 * itself broke, which says nothing about the facts.
 */
export type FragmentStatus = 'VALID' | 'INVALID' | 'SKIPPED' | 'ERROR';

/** One question and its answer; `message` is for a credit officer, `code` for a program. */
export interface Fragment {
  readonly kind: FragmentKind;
  readonly status: FragmentStatus;
  readonly reason: { readonly code: string; readonly message: string };
  readonly data?: Readonly<Record<string, unknown>>;
}

/**
 * What the verdict rests on: seals of a quorum of validators; this node's own endpoint, from which it fetched header and
 * proofs; or the word of a file's maker, from a chain without seals.
 */
export type Trust = 'validator-quorum' | 'own-rpc' | 'unsealed';

/** The whole answer. Statements about states are as of the block. */
export interface Verdict {
  readonly valid: boolean;
  readonly trust: Trust;
  readonly asOfBlock: { readonly number: number; readonly hash: string; readonly time: string };
  readonly fragments: readonly Fragment[];
}

/** FINALITY is required unless the header came from the verifier's own endpoint; all other kinds always are. */
function requiredKinds(trust: Trust): readonly FragmentKind[] {
  return trust === 'own-rpc' ? FRAGMENT_KINDS.filter((kind) => kind !== 'FINALITY') : FRAGMENT_KINDS;
}

/** As they are read. */
export function inOrder(fragments: readonly Fragment[]): Fragment[] {
  const place = ({ kind }: Fragment): number => FRAGMENT_KINDS.indexOf(kind);
  return [...fragments].sort((a, b) => place(a) - place(b));
}

/**
 * Valid only if each required kind has a fragment and all its fragments are VALID; never for an unsealed file. `kinds`
 * narrows what is required, for objects to which some kind cannot apply.
 */
export function isValid(trust: Trust, fragments: readonly Fragment[], kinds = requiredKinds(trust)): boolean {
  if (trust === 'unsealed') return false;
  return kinds.every((kind) => {
    const those = fragments.filter((fragment) => fragment.kind === kind);
    return those.length > 0 && those.every(({ status }) => status === 'VALID');
  });
}

export const valid = (kind: FragmentKind, message: string, data?: Record<string, unknown>): Fragment => ({
  kind,
  status: 'VALID',
  reason: { code: 'OK', message },
  data,
});

export const invalid = (
  kind: FragmentKind,
  code: string,
  message: string,
  data?: Record<string, unknown>,
): Fragment => ({
  kind,
  status: 'INVALID',
  reason: { code, message },
  data,
});

export const skipped = (
  kind: FragmentKind,
  code: string,
  message: string,
  data?: Record<string, unknown>,
): Fragment => ({
  kind,
  status: 'SKIPPED',
  reason: { code, message },
  data,
});
