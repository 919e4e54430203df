import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { statement, timeIsOver, UnitOfWork } from '../../database/index.js';
import { parsePosition, type EventFilter, type Position } from '../../events/index.js';
import { AtRest } from '../../kernel/at-rest.js';
import { toHex } from '../../kernel/hex.js';
import { LEASE_MS, LONGEST_PAUSE_MS } from '../domain/limits.js';
import { WEBHOOK_SEAL } from '../secrets.js';

/** A webhook that this process alone sends for. */
export interface Held {
  readonly id: string;
  readonly url: string;
  readonly filter: EventFilter;
  readonly position: Position;
  readonly failures: number;
  /** newest first; the second only while a rotation is under way */
  readonly secrets: readonly string[];
}

interface Row {
  id: string;
  url: string;
  types: string[] | null;
  object: Buffer | null;
  position: string;
  failures: number;
  secret: Buffer;
  old_secret: Buffer | null;
}

/** Whether a process whose lease is in `$n` could send for it now. */
const canBeHeld = (
  n: number,
) => `status = 'ENABLED' AND ${timeIsOver('next_attempt_at', String(LONGEST_PAUSE_MS / 1000))}
  AND (lease = $${n} OR leased_until IS NULL OR ${timeIsOver('leased_until', String(LEASE_MS / 1000))})`;

const DUE = statement(`SELECT id FROM webhooks WHERE ${canBeHeld(1)}`);

/** Which process sends for which webhook: one at a time, so that events arrive in order. */
@Injectable()
export class Leases {
  private readonly lease = randomUUID();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(WEBHOOK_SEAL) private readonly seal: AtRest,
  ) {}

  /** Ids of webhooks that could be sent for now. */
  async due(): Promise<string[]> {
    const rows = await this.unitOfWork.read<{ id: string }>(DUE, [this.lease]);
    return rows.map(({ id }) => id);
  }

  /** Takes the webhook for LEASE_MS, or for as long again; undefined when another process has it or it is not due. */
  async hold(id: string): Promise<Held | undefined> {
    const [rows] = await this.unitOfWork.manager.query<[Row[], number]>(
      `UPDATE webhooks SET lease = $2, leased_until = now() + make_interval(secs => $3)
       WHERE id = $1 AND ${canBeHeld(2)}
       RETURNING id, url, types, object, position, failures, secret,
         CASE WHEN old_secret_until > now() THEN old_secret END AS old_secret`,
      [id, this.lease, LEASE_MS / 1000],
    );
    const row = rows[0];
    if (!row) return undefined;
    const { url, types, object, position, failures, secret, old_secret: old } = row;
    return {
      id,
      url,
      filter: { types: types ?? undefined, object: object ? toHex(object) : undefined },
      position: parsePosition(position),
      failures,
      secrets: [secret, ...(old ? [old] : [])].map((stored) => this.seal.decrypt(id, stored)),
    };
  }

  /** Within a unit: keeps the row until its end. False when the owner changed the webhook, or another process has it. */
  async confirm(id: string): Promise<boolean> {
    const rows = await this.unitOfWork.manager.query<unknown[]>(
      'SELECT 1 FROM webhooks WHERE id = $1 AND lease = $2 FOR UPDATE',
      [id, this.lease],
    );
    return rows.length > 0;
  }

  /** Lets others have the webhooks at once; for the end of the process. */
  async giveBack(): Promise<void> {
    await this.unitOfWork.manager.query('UPDATE webhooks SET lease = NULL, leased_until = NULL WHERE lease = $1', [
      this.lease,
    ]);
  }
}
