import { Unusable } from '../../node/src/proofs/verify/unusable.js';

/** Why nothing was judged. What parseArgs does not know is the caller's mistake; what is not said to be anybody's is this program's. */
export function reasonOf(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof Unusable) return error;
  const { code, message = String(error) } = (
    typeof error === 'object' && error ? error : {}
  ) as Partial<NodeJS.ErrnoException>;
  if (code?.startsWith('ERR_PARSE_ARGS_')) return { code: 'USAGE', message };
  return { code: 'INTERNAL', message: `This program broke, which says nothing of the file: ${message}` };
}
