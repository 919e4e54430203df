export type Verdict = 'ok' | 'warning' | 'failure';

/** One thing that was looked at. */
export interface Finding {
  readonly check: string;
  readonly verdict: Verdict;
  /** What was found, with its figures; never a secret. */
  readonly fact: string;
  /** What to do about it, unless it is well. */
  readonly advice?: string;
}

export const ok = (check: string, fact: string): Finding => ({ check, verdict: 'ok', fact });
export const warning = (check: string, fact: string, advice: string): Finding => ({
  check,
  verdict: 'warning',
  fact,
  advice,
});
export const failure = (check: string, fact: string, advice: string): Finding => ({
  check,
  verdict: 'failure',
  fact,
  advice,
});

/** An error's own words; a database's and a URL's are cut to what holds no value. */
export function wordsOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: string };
  const text = (message ?? String(error)).split('\n')[0]!.replace(/\/\/[^/\s@]*@/g, '//');
  return code && !text.includes(String(code)) ? `${String(code)}: ${text}` : text || String(code);
}
