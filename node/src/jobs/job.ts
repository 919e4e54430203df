/** A kind of background work: a wake-up. Its payload says where to look; the truth is in the tables. */
export interface Job<Payload extends object> {
  readonly name: string;
  /** Only for the compiler: what {@link JobQueue.add} and the handler agree on. */
  readonly payload?: Payload;
}

const jobs = new Map<string, Job<object>>();

/** Names a kind of job once. Boot refuses it unless exactly one handler is there. */
export function defineJob<Payload extends object = Record<string, never>>(options: { name: string }): Job<Payload> {
  if (jobs.has(options.name)) throw new Error(`job ${options.name} is defined twice`);
  const job: Job<Payload> = Object.freeze({ name: options.name });
  jobs.set(job.name, job);
  return job;
}

/** The names of all jobs defined so far. */
export function definedJobs(): string[] {
  return [...jobs.keys()];
}
