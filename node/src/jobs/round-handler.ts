import { applyDecorators, Injectable, SetMetadata } from '@nestjs/common';

/** Looks at rows for what is due and does it. May be called by several processes at once, and again while a call before it hangs. */
export interface RoundProcessor {
  handle(): Promise<void>;
}

export interface RoundHandlerOptions {
  /** For logs and traces. */
  readonly name: string;
  readonly everyMs: number;
}

export const ROUND_HANDLER = Symbol('ROUND_HANDLER');

const names = new Set<string>();

/** The names of all rounds defined so far. */
export const definedRounds = (): string[] => [...names];

/**
 * Marks a provider that looks every few seconds, in each process with the role `worker`. Unlike a repeating job it asks the queue nothing,
 * which for a job is some ten statements each time; what must run once over all processes is one. Boot refuses a round that is not there.
 */
export const RoundHandler = (options: RoundHandlerOptions) => {
  if (names.has(options.name)) throw new Error(`round ${options.name} is defined twice`);
  names.add(options.name);
  return applyDecorators(SetMetadata(ROUND_HANDLER, options), Injectable()) as <
    C extends new (...args: never[]) => RoundProcessor,
  >(
    target: C,
  ) => void;
};
