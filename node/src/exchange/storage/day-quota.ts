import { Injectable, Logger } from '@nestjs/common';
import { Config } from '../../config/index.js';
import { UnitOfWork } from '../../database/index.js';
import type { Member } from '../../members/index.js';
import { envelopeDayQuota } from '../domain/problems.js';

const TODAY = `(now() AT TIME ZONE 'UTC')::date`;
const BYTES_A_MEGABYTE = 1_000_000;

/** What one member's envelopes may fill of this node's disk in a day (UTC): what arrives is kept for years. */
@Injectable()
export class DayQuota {
  private readonly logger = new Logger(DayQuota.name);
  private lastTold = '';

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly config: Config,
  ) {}

  /** Refuses with ENVELOPE_DAY_QUOTA once as much has come. */
  async requireLeft({ id, name }: Pick<Member, 'id' | 'name'>): Promise<void> {
    const megabytes = this.config.letterQuotaMegabytes;
    const rows = await this.unitOfWork.manager.query<{ day: string }[]>(
      `SELECT day::text FROM exchange_arrivals WHERE from_member = $1 AND day = ${TODAY} AND bytes >= $2`,
      [id, megabytes * BYTES_A_MEGABYTE],
    );
    if (!rows[0]) return;
    this.tell(name, `${rows[0].day} ${id}`);
    throw envelopeDayQuota(`${megabytes} megabytes have come today`, { megabytes, retryAfterSeconds: 600 });
  }

  /**
   * Counts a new arrival, within the current unit of work. The last that it does: until its end other arrivals of the same sender
   * wait here.
   */
  async count(from: number, bytes: number): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO exchange_arrivals VALUES ($1, ${TODAY}, $2)
       ON CONFLICT (from_member, day) DO UPDATE SET bytes = exchange_arrivals.bytes + $2`,
      [from, bytes],
    );
  }

  /** Deletes what was counted on days before. */
  async forget(): Promise<void> {
    await this.unitOfWork.manager.query(`DELETE FROM exchange_arrivals WHERE day < ${TODAY}`);
  }

  /** Not at each attempt: a log, too, is a disk to fill. */
  private tell(member: string, what: string): void {
    if (what === this.lastTold) return;
    this.lastTold = what;
    this.logger.warn(
      { member },
      'a member has sent as much as is taken of one in a day; see TRADEPROOF_LETTER_QUOTA_MEGABYTES',
    );
  }
}
