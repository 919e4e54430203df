import { Injectable } from '@nestjs/common';
import type { EventName } from '../../kernel/contract-events.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { Rational } from '../../kernel/rational.js';
import type { Deduction } from '../domain/cover/cover.js';
import { amountIn } from '../domain/documents/figures.js';
import { type EventPlace, refOf } from '../storage/event-place.js';
import { ReceivableLogStore } from '../storage/receivable-log.store.js';
import { CommittedFields } from './committed-fields.js';

interface Said {
  readonly kind: Deduction['kind'];
  readonly receivable: Hex;
  readonly commitment: Hex;
  readonly name: EventName;
  readonly place: EventPlace;
}

/** What lowers cover beside missing goods: credit notes, open disputes, acknowledged payments. */
@Injectable()
export class Deductions {
  constructor(
    private readonly log: ReceivableLogStore,
    private readonly fields: CommittedFields,
  ) {}

  /**
   * By receivable; given is what each is owed in. An amount that this member was not shown with its currency, that none can
   * read, or that is none of that currency, is absent: then all is deducted.
   */
  async of(currencies: ReadonlyMap<Hex, string>): Promise<ReadonlyMap<Hex, readonly Deduction[]>> {
    const said = await this.said([...currencies.keys()]);
    const known = await this.fields.of(said.map(({ receivable: object, commitment: root }) => ({ root, object })));
    const byReceivable = Map.groupBy(said, ({ receivable }) => receivable);
    return new Map(
      [...byReceivable].map(([receivable, items]) => [receivable, items.map((item) => deductionOf(item))]),
    );

    function deductionOf({ kind, receivable, commitment, name, place }: Said): Deduction {
      const amount = amountIn(known.get(commitment), currencies.get(receivable)!);
      return {
        kind,
        amount: amount === undefined ? undefined : Rational.parse(amount),
        event: refOf(name, receivable, place),
      };
    }
  }

  private async said(receivables: readonly Hex[]): Promise<Said[]> {
    const [credits, disputes, payments] = await Promise.all([
      this.log.creditNotes(receivables),
      this.log.disputes(receivables),
      this.log.payments(receivables),
    ]);
    return [
      ...credits.map(
        ({ issued, ...row }) => ({ ...row, kind: 'CREDIT_NOTE', name: 'CreditNoteIssued', place: issued }) as const,
      ),
      ...disputes
        .filter(({ resolved }) => resolved === null)
        .map(({ opened, ...row }) => ({ ...row, kind: 'DISPUTE', name: 'DisputeOpened', place: opened }) as const),
      ...payments.flatMap(({ acknowledged, ...row }) =>
        acknowledged ? [{ ...row, kind: 'PAYMENT', name: 'PaymentAcknowledged', place: acknowledged } as const] : [],
      ),
    ];
  }
}
