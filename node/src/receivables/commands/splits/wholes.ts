import { Injectable } from '@nestjs/common';
import type { Whole } from '../../domain/split/divide.js';
import type { Receivable } from '../../domain/receivable.js';
import { Covers } from '../../queries/covers.js';
import { Debts } from '../../queries/debts.js';
import { Undertakings } from '../../queries/undertakings.js';

/** What there is to divide, and the terms that all parts share. */
export interface Divisible extends Whole {
  readonly dueDate: string;
}

/** What is owed on receivables that are to be split, and what of it is covered. */
@Injectable()
export class Wholes {
  constructor(
    private readonly undertakings: Undertakings,
    private readonly debts: Debts,
    private readonly covers: Covers,
  ) {}

  /** Throws CONFIRMATION_NOT_SHOWN, COVER_NOT_SHOWN while documents that decide it are not here. */
  async of(receivable: Receivable): Promise<Divisible> {
    const { currency, dueDate } = await this.undertakings.require(receivable);
    const [outstanding, { cover }] = await Promise.all([
      this.debts.outstanding(receivable),
      this.covers.of(receivable),
    ]);
    return { currency, dueDate, outstanding, cover: cover.amount };
  }
}
