import { inPortions } from '../kernel/portions.js';

/** Things to call in their order, in portions of at most `bytes` of calldata; each has at least one. */
export function portions<T extends { readonly data: string }>(calls: readonly T[], bytes: number): T[][] {
  return inPortions(calls, ({ data }) => (data.length - 2) / 2, { bytes });
}
