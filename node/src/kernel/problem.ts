/** One kind of refusal, as clients know it: a row of docs/errors.md, which is generated from these. */
export interface ProblemType {
  /** Stable, UPPER_SNAKE; for a contract's custom error its name in that form. */
  readonly code: string;
  /** HTTP status, 400 to 599. */
  readonly status: number;
  /** The same for each occurrence. */
  readonly title: string;
  /** Number of the rule of DOMAIN.md that refuses, if one does. */
  readonly rule?: string;
  /** Of status 503, and yet it does not pass by itself: somebody has to put it right. */
  readonly lasting?: true;
  /** Refused only for what has not arrived or ended here yet: the same request may succeed later, so it is no final answer. */
  readonly passing?: true;
}

/** What failed, as stored with a refused submission or an idempotent answer. */
export interface ProblemRecord {
  readonly code: string;
  readonly detail: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** A refusal on its way to whoever asked. `facts` are shown to the client: never secrets, never documents. */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly rule?: string;
  readonly passing: boolean;
  readonly lasting: boolean;

  constructor(
    type: ProblemType,
    readonly detail: string,
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${type.code}: ${detail}`);
    this.name = 'Problem';
    this.code = type.code;
    this.status = type.status;
    this.title = type.title;
    this.rule = type.rule;
    this.passing = type.passing ?? false;
    this.lasting = type.lasting ?? false;
  }

  /** The form that can be stored and given to {@link restoreProblem}. */
  toRecord(): ProblemRecord {
    return { code: this.code, detail: this.detail, facts: this.facts };
  }
}

/**
 * The answer for one of many that was refused. Throws on what is no refusal, and a refusal of 503: what passes by itself is no
 * answer to keep, and the whole request is sent again.
 */
export function refusalToKeep(error: unknown): ProblemRecord {
  if (error instanceof Problem && (error.status !== 503 || error.lasting)) return error.toRecord();
  throw error;
}

const types = new Map<string, ProblemType>();

/** Registers a kind of refusal once and returns its maker. Throws when the code is taken or malformed: a defect. */
export function defineProblem(type: ProblemType): (detail: string, facts?: Record<string, unknown>) => Problem {
  if (!/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(type.code)) throw new Error(`problem code ${type.code} is not UPPER_SNAKE`);
  if (type.status < 400 || type.status > 599) throw new Error(`problem ${type.code} has status ${type.status}`);
  if (types.has(type.code)) throw new Error(`problem ${type.code} is defined twice`);
  types.set(type.code, Object.freeze({ ...type }));
  return (detail, facts) => new Problem(type, detail, facts);
}

/** All kinds defined so far, by code. */
export function problemTypes(): ProblemType[] {
  return [...types.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** The problem that a record tells of; 409 when its code is no longer known. */
export function restoreProblem({ code, detail, facts }: ProblemRecord): Problem {
  return new Problem(types.get(code) ?? { code, status: 409, title: 'Refused' }, detail, facts);
}
