import { Global, Module } from '@nestjs/common';
import { SUBMISSION_WAITER } from '../http/index.js';
import { Follower } from './follower.js';
import { LaneLock } from './lane-lock.js';
import { LaneLedger } from './lane-ledger.js';
import { LaneRunner } from './lane-runner.js';
import { LaneWatch, WakeLaneHandler } from './lane-watch.js';
import { OutboxStore } from './outbox-store.js';
import { Outbox } from './outbox.js';
import { SubmissionRoutes } from './routes.js';
import { Sender } from './sender.js';
import { SettlementWatch } from './settlement-watch.js';
import { SubmissionMetrics } from './submission-metrics.js';
import { Submissions } from './submissions.js';
import { UnknownNonces } from './unknown-nonces.js';

/** The outbox of transactions. */
@Global()
@Module({
  controllers: [SubmissionRoutes],
  providers: [
    OutboxStore,
    SubmissionMetrics,
    LaneLock,
    LaneLedger,
    UnknownNonces,
    LaneRunner,
    LaneWatch,
    WakeLaneHandler,
    Sender,
    Follower,
    SettlementWatch,
    Outbox,
    { provide: Submissions, useExisting: Outbox },
    { provide: SUBMISSION_WAITER, useExisting: Outbox },
  ],
  exports: [Submissions, SUBMISSION_WAITER],
})
export class SubmissionsModule {}
