import { applyDecorators, Injectable, SetMetadata } from '@nestjs/common';

/** Looks at rows for what is due and does it. May be called by several processes at once. */
export interface RoundProcessor {
  handle(): Promise<void>;
}

export interface RoundHandlerOptions {
  /** For logs and traces. */
  readonly name: string;
  readonly everyMs: number;
}

export const ROUND_HANDLER = Symbol('ROUND_HANDLER');

/**
 * Marks a provider that looks every few seconds, in each process with the role `worker`. Unlike a repeating job it asks the queue nothing,
 * which for a job is some ten statements each time; what must run once over all processes is one.
 */
export const RoundHandler = (options: RoundHandlerOptions) =>
  applyDecorators(SetMetadata(ROUND_HANDLER, options), Injectable()) as <
    C extends new (...args: never[]) => RoundProcessor,
  >(
    target: C,
  ) => void;
