import type { Look } from '../../audit/index.js';

const ID = /0x[0-9a-f]{64}/g;

/** What is kept of a request. */
interface Kept {
  readonly made?: { readonly id: string };
  readonly answer?: { readonly body: string };
}

/** What a keyed request was about, and what was shown with its answer. */
export interface Naming {
  /** Id in the path. */
  readonly object?: string;
  readonly looks?: readonly Pick<Look, 'grant'>[];
}

/**
 * Ids that a request and what is kept of it name, and the grants under which something in it was shown: whatever is erased of one of them,
 * or shown no more under one, the answer is not given again (docs/adr/0095).
 */
export function aboutOf({ made, answer }: Kept, { object = '', looks = [] }: Naming): string[] {
  const named = `${object} ${made?.id ?? ''} ${answer?.body ?? ''}`.toLowerCase().match(ID) ?? [];
  return [...new Set([...named, ...looks.flatMap(({ grant }) => grant ?? [])])];
}
