import { Injectable, SetMetadata, applyDecorators } from '@nestjs/common';
import type { Job } from './job.js';

/** Does the work of one kind of job. May be called again with the same payload, and by several processes at once. */
export interface JobProcessor<Payload extends object> {
  handle(payload: Payload): Promise<void>;
}

export interface JobHandlerOptions {
  /** Also run with an empty payload at this interval, once over all processes. */
  readonly everyMs?: number;
}

export interface JobHandlerMetadata extends JobHandlerOptions {
  readonly name: string;
}

export const JOB_HANDLER = Symbol('JOB_HANDLER');

/** Marks the provider that handles `job`; the class is a {@link JobProcessor} and is listed in its module's providers. */
export const JobHandler = <Payload extends object>(job: Job<Payload>, options: JobHandlerOptions = {}) =>
  applyDecorators(
    SetMetadata(JOB_HANDLER, { name: job.name, ...options } satisfies JobHandlerMetadata),
    Injectable(),
  ) as <C extends new (...args: never[]) => JobProcessor<Payload>>(target: C) => void;
