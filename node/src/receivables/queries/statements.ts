import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { amountOf } from '../domain/documents/figures.js';
import type { Receivable } from '../domain/receivable.js';
import type { LateKind } from '../domain/states.js';
import type { EventPlace } from '../storage/event-place.js';
import { ReceivableLogStore } from '../storage/receivable-log.store.js';
import type { DocumentFields } from '../domain/documents/fields.js';
import { CommittedFields } from './committed-fields.js';

/** An entry of a receivable's log with what its document says, as far as that is known here. */
export interface Said {
  /** Place in the receivable's log. */
  readonly entry: number;
  readonly root: Hex;
  /** Undefined when it names none, or none that can be read, or is not known here. */
  readonly amount?: string;
  readonly fields?: DocumentFields;
  readonly at: EventPlace;
}

export interface SaidPayment extends Said {
  readonly acknowledged: EventPlace | null;
  readonly withdrawn: EventPlace | null;
  readonly settles: boolean;
}

export interface SaidDispute extends Said {
  readonly resolved: EventPlace | null;
}

export interface SaidLate extends Said {
  readonly kind: LateKind;
}

/** What was said of a receivable since it was confirmed. */
@Injectable()
export class Statements {
  constructor(
    private readonly log: ReceivableLogStore,
    private readonly fields: CommittedFields,
  ) {}

  async payments({ id }: Receivable): Promise<SaidPayment[]> {
    const rows = await this.log.payments([id]);
    return this.withFields(rows.map((row) => ({ ...row, at: row.claimed })));
  }

  async creditNotes({ id }: Receivable): Promise<Said[]> {
    const rows = await this.log.creditNotes([id]);
    return this.withFields(rows.map((row) => ({ ...row, at: row.issued })));
  }

  async disputes({ id }: Receivable): Promise<SaidDispute[]> {
    const rows = await this.log.disputes([id]);
    return this.withFields(rows.map((row) => ({ ...row, at: row.opened })));
  }

  /** That it is late, in default or written off. */
  async lateness({ id }: Receivable): Promise<SaidLate[]> {
    const rows = await this.log.statements([id]);
    const late = rows.flatMap(({ kind, ...row }) => (kind === 'REGISTRATION' ? [] : [{ ...row, kind }]));
    return this.withFields(late.map((row) => ({ ...row, at: row.made })));
  }

  private async withFields<R extends { readonly receivable: Hex; readonly commitment: Hex }>(rows: readonly R[]) {
    const known = await this.fields.of(rows.map(({ receivable: object, commitment: root }) => ({ root, object })));
    return rows.map((row) => {
      const fields = known.get(row.commitment);
      return { ...row, root: row.commitment, fields, amount: amountOf(fields) };
    });
  }
}
