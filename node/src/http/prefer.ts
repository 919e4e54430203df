/** Seconds of `Prefer: wait=N` (RFC 7240), at most `cap`; 0 without one. Malformed preferences are ignored, as the RFC asks. */
export function preferredWait(header: string | string[] | undefined, cap: number): number {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  for (const preference of text.split(',')) {
    const seconds = /^\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:;|$)/i.exec(preference)?.[1];
    if (seconds !== undefined) return Math.min(Number(seconds), cap);
  }
  return 0;
}
