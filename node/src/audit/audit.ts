import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/index.js';
import { currentRequestId } from '../logging/index.js';

/** One act for the audit log. Nothing in it may be a secret, a price, a quantity or a document. */
export interface AuditEntry {
  /** Credential of who did it, or `anonymous`, or `node` for the node's own acts. */
  readonly actor: string;
  /** What was done, e.g. `POST /v1/orders/:id/acceptance` or `login`. */
  readonly action: string;
  /** Id of what it was done to. */
  readonly object?: string;
  /** `ok`, or the code of the refusal. */
  readonly outcome: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** Writes the audit log. */
@Injectable()
export class Audit {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Adds a row within the current unit of work, so that no act commits without it; by itself outside of one. */
  async record({ actor, action, object, outcome, facts }: AuditEntry): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO audit_log (actor, action, object, outcome, request_id, facts) VALUES ($1, $2, $3, $4, $5, $6)`,
      [actor, action, object, outcome, currentRequestId(), facts && JSON.stringify(facts)],
    );
  }
}
