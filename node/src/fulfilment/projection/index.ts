import type { ProjectionRegistry } from '../../indexer/index.js';
import { onMilestoneRecorded } from './on-milestone-recorded.js';

/** What OrderRegistry's events do to this room's tables. */
export function projectFulfilment(registry: ProjectionRegistry): void {
  registry.add(onMilestoneRecorded);
}
