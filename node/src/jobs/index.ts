export { eachInTurn } from './each-in-turn.js';
export { defineJob, type Job } from './job.js';
export { JobHandler, type JobProcessor } from './job-handler.js';
export { type AddOptions, JobQueue } from './job-queue.js';
export { JobsModule } from './jobs.module.js';
export { refuseUndone } from './refuse-undone.js';
export { RoundHandler, type RoundProcessor } from './round-handler.js';
export { Rounds, type RoundsOptions } from './rounds.js';
