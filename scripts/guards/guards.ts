/** Something that code refuses for. */
export interface Guard {
  /** Path from the repository's root. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** What is refused when it is true; `true` for a refusal that no condition stands before in its statement. */
  readonly condition: string;
  readonly error: string;
}

/** A guard, and where in its file's text the condition stands; `from` and `to` are equal where there is none. */
export interface Place extends Guard {
  readonly from: number;
  readonly to: number;
}

/** What is done to a guard: taken away, or turned round. */
export const MUTATIONS = ['deleted', 'negated'] as const;
export type Mutation = (typeof MUTATIONS)[number];

/** Every refusal of a file, in its order: `revert` in Solidity, `throw` in TypeScript. Comments are no code. */
export function guardsOf(file: string, source: string): Place[] {
  const code = source.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
  return [...code.matchAll(/\b(?:revert|throw)\s+(?:new\s+)?([\w.]+)/g)].map((found) => {
    const at = found.index;
    const condition = conditionBefore(code, at);
    const { from, to } = condition ?? { from: at, to: at };
    const line = source.slice(0, at).split('\n').length;
    const text = condition ? source.slice(from, to).replace(/\s+/g, ' ').trim() : 'true';
    return { file, line, condition: text, error: found[1]!.split('.').at(-1)!, from, to };
  });
}

/** The condition of an `if` whose first statement begins at `at`. */
function conditionBefore(code: string, at: number): { from: number; to: number } | undefined {
  const before = code
    .slice(0, at)
    .replace(/\{?\s*$/, '')
    .trimEnd();
  if (!before.endsWith(')')) return undefined;
  const close = before.length - 1;
  let depth = 0;
  for (let i = close; i >= 0; i--) {
    if (code[i] === ')') depth++;
    if (code[i] === '(' && --depth === 0)
      return /\bif\s*$/.test(code.slice(0, i)) ? { from: i + 1, to: close } : undefined;
  }
  return undefined;
}

/** A mutant's name, which stays when lines move. */
export const nameOf = ({ file, condition, error }: Guard, mutation: Mutation): string =>
  `${mutation}: ${file}: if (${condition}) ${file.endsWith('.sol') ? 'revert' : 'throw'} ${error}`;
