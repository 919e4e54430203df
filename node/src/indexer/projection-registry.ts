import { Injectable } from '@nestjs/common';
import { EVENT_NAMES, type EventName, type EventNamed, type EventRecord } from '../kernel/contract-events.generated.js';
import type { Projection, TouchedKey } from './projection.js';
import type { RowStore } from './row-store.js';

/** A projection whose event is known only at run time. */
export interface AnyProjection {
  readonly event: EventName;
  touches(record: EventRecord): TouchedKey[];
  apply(record: EventRecord, rows: RowStore): void;
}

/**
 * Where rooms register what events do to their tables, in their module's constructor. Several rooms may project one
 * event, each to its own tables; they are applied in the order of registration.
 */
@Injectable()
export class ProjectionRegistry {
  private readonly projections = new Map<EventName, AnyProjection[]>();
  private readonly reasons = new Map<EventName, string>();

  add<Names extends readonly EventName[]>(...projections: { [I in keyof Names]: Projection<Names[I]> }): void {
    for (const projection of projections as readonly Projection[]) {
      const list = this.projections.get(projection.event) ?? [];
      list.push(erase(projection));
      this.projections.set(projection.event, list);
    }
  }

  /** Says why an event changes no table; it is kept in chain_events all the same. */
  ignore(reasons: Readonly<Partial<Record<EventName, string>>>): void {
    for (const [event, reason] of Object.entries(reasons)) this.reasons.set(event as EventName, reason);
  }

  of(event: EventName): readonly AnyProjection[] {
    return this.projections.get(event) ?? [];
  }

  /** Throws unless each event of the contracts is projected or ignored with a reason: the process must not start. */
  assertComplete(): void {
    const orphans = EVENT_NAMES.filter((name) => !this.projections.has(name) && !this.reasons.has(name));
    if (orphans.length) throw new Error(`events without a projection: ${orphans.join(', ')}`);
    const both = EVENT_NAMES.filter((name) => this.projections.has(name) && this.reasons.has(name));
    if (both.length) throw new Error(`events both projected and ignored: ${both.join(', ')}`);
  }
}

/** Sound because `of` gives a projection only the events whose name it registered for. */
function erase<N extends EventName>(projection: Projection<N>): AnyProjection {
  return {
    event: projection.event,
    touches: (record) => projection.touches(record as unknown as EventRecord<EventNamed<N>>),
    apply: (record, rows) => projection.apply(record as unknown as EventRecord<EventNamed<N>>, rows),
  };
}
