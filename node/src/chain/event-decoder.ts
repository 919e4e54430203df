import type { Hex } from '../kernel/hex.js';
import type { ContractEvent, ContractName, EventName } from '../kernel/contract-events.generated.js';

/** How one kind of event is read from a log. */
export interface EventDecoder {
  readonly name: EventName;
  /** Registries that can emit it. */
  readonly contracts: readonly ContractName[];
  /** Argument that names the object whose history the event belongs to. */
  readonly object: string | null;
  /** Whether a log has as many topics and as much data as the event needs. */
  shape(topics: readonly Hex[], data: string): boolean;
  args(topics: readonly Hex[], data: string): ContractEvent['args'];
}
