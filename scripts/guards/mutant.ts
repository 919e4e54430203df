/** One change to the code that a test has to notice. */
export interface Mutant {
  /** Stays when lines move: what is done, where, and the guard's own text. */
  readonly name: string;
  /** Specs that could notice it, the likeliest first. */
  readonly specs: readonly (readonly string[])[];
  /** What the test run is told, so that it runs this one. */
  readonly env: Readonly<Record<string, string>>;
}

/** Mutants of one kind of code, and how their tests are run. */
export interface Mutants {
  readonly mutants: readonly Mutant[];
  /** Makes ready; throws when the code cannot be built. */
  prepare(): Promise<void>;
  /** Whether all tests of these specs pass. */
  test(specs: readonly string[], env?: Readonly<Record<string, string>>): Promise<{ ok: boolean; output: string }>;
}
