import { Injectable } from '@nestjs/common';
import { saysOtherPayee } from '../../domain/documents/other-payee.js';
import type { Receivable } from '../../domain/receivable.js';
import type { Whole } from '../../domain/split/divide.js';
import { splitPayeeUnknown } from '../../domain/split/problems.js';
import { CommittedFields } from '../../queries/committed-fields.js';
import { Covers } from '../../queries/covers.js';
import { Debts } from '../../queries/debts.js';
import { Undertakings } from '../../queries/undertakings.js';

/** What there is to divide, and the terms that all parts share. */
export interface Divisible extends Whole {
  readonly dueDate: string;
  /** `payTo` where its invoice says to pay another than its supplier: so say its parts, which are financed without it. */
  readonly has: '' | 'payTo';
}

/** What is owed on receivables that are to be split, and what of it is covered. */
@Injectable()
export class Wholes {
  constructor(
    private readonly undertakings: Undertakings,
    private readonly debts: Debts,
    private readonly covers: Covers,
    private readonly fields: CommittedFields,
  ) {}

  /**
   * Throws CONFIRMATION_NOT_SHOWN, COVER_NOT_SHOWN while documents that decide it are not here; SPLIT_PAYEE_UNKNOWN where its own is from before
   * `/has`: it cannot be financed, and its parts, which would say of the payee what nobody knows, could be.
   */
  async of(receivable: Receivable): Promise<Divisible> {
    const { currency, dueDate } = await this.undertakings.require(receivable);
    const { commitment: root, id: object } = receivable;
    const [outstanding, { cover }, known] = await Promise.all([
      this.debts.outstanding(receivable),
      this.covers.of(receivable),
      this.fields.of([{ root, object }]),
    ]);
    const isOther = saysOtherPayee(known.get(root));
    if (isOther === undefined) {
      const detail = 'its document is from before there was a word for whether another is to be paid';
      throw splitPayeeUnknown(detail, { receivable: object });
    }
    return { currency, dueDate, outstanding, cover: cover.amount, has: isOther ? 'payTo' : '' };
  }
}
