import type { ProjectionRegistry } from '../../indexer/index.js';
import { onFrameworkPosted } from './on-framework-posted.js';
import { onMilestoneRecorded } from './on-milestone-recorded.js';
import { onOrderAccepted } from './on-order-accepted.js';
import { onOrderBatchAnswered } from './on-order-batch-answered.js';
import { onOrderBatchPosted } from './on-order-batch-posted.js';
import { onOrderCalledOff } from './on-order-called-off.js';
import { onOrderCancellationProposed } from './on-order-cancellation-proposed.js';
import { onOrderCancelled } from './on-order-cancelled.js';
import { onOrderChangeDeclined } from './on-order-change-declined.js';
import { onOrderChangeProposed } from './on-order-change-proposed.js';
import { onOrderChanged } from './on-order-changed.js';
import { onOrderCompleted } from './on-order-completed.js';
import { onOrderCompletionProposed } from './on-order-completion-proposed.js';
import { onOrderCoverVersionRaised } from './on-order-cover-version-raised.js';
import { onOrderEncumbranceChanged } from './on-order-encumbrance-changed.js';
import { onOrderExpired } from './on-order-expired.js';
import { onOrderMaterialised } from './on-order-materialised.js';
import { onOrderPosted } from './on-order-posted.js';
import { onOrderProposalsRetracted } from './on-order-proposals-retracted.js';
import { onOrderRejected } from './on-order-rejected.js';
import { onOrderWithdrawn } from './on-order-withdrawn.js';
import { onParticipantAppointed } from './on-participant-appointed.js';

/** What OrderRegistry's events do to this room's tables. */
export function projectOrders(registry: ProjectionRegistry): void {
  registry.add(onFrameworkPosted);
  registry.add(onMilestoneRecorded);
  registry.add(onOrderAccepted);
  registry.add(onOrderBatchAnswered);
  registry.add(onOrderBatchPosted);
  registry.add(onOrderCalledOff);
  registry.add(onOrderCancellationProposed);
  registry.add(onOrderCancelled);
  registry.add(onOrderChangeDeclined);
  registry.add(onOrderChangeProposed);
  registry.add(onOrderChanged);
  registry.add(onOrderCompleted);
  registry.add(onOrderCompletionProposed);
  registry.add(onOrderCoverVersionRaised);
  registry.add(onOrderEncumbranceChanged);
  registry.add(onOrderExpired);
  registry.add(onOrderMaterialised);
  registry.add(onOrderPosted);
  registry.add(onOrderProposalsRetracted);
  registry.add(onOrderRejected);
  registry.add(onOrderWithdrawn);
  registry.add(onParticipantAppointed);
}
