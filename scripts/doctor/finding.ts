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

const SIGNS = { ok: 'ok     ', warning: 'WARNING', failure: 'FAILURE' } as const;

/** For a terminal, which obeys control characters: other members choose what stands in some facts. */
export function lineOf({ check, verdict, fact, advice }: Finding): string {
  const plain = (text: string): string => text.replace(/\p{Cc}/gu, '\ufffd');
  return `${SIGNS[verdict]} ${check.padEnd(9)} ${plain(fact)}${advice ? `\n${' '.repeat(18)}-> ${plain(advice)}` : ''}`;
}
