import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import type { Money } from '../../kernel/money.js';
import { Rational } from '../../kernel/rational.js';
import { Members } from '../../members/index.js';
import { Acknowledgements, isOpen, Receivables, type SaidPayment, Statements } from '../../receivables/index.js';

/** What obligors say they paid to this member, and neither it has acknowledged nor they have taken back. */
@Injectable()
export class WaitingClaims {
  constructor(
    private readonly members: Members,
    private readonly receivables: Receivables,
    private readonly statements: Statements,
    private readonly acknowledgements: Acknowledgements,
  ) {}

  /** Of just this amount, oldest first; without those whose acknowledgement is on its way, and those to another member. */
  async of(receivable: Hex, { amount, currency }: Money): Promise<SaidPayment[]> {
    const { name } = await this.members.self();
    const onTheirWay = await this.acknowledgements.of(receivable);
    const claims = await this.statements.payments(await this.receivables.get(receivable));
    return claims.filter(
      ({ root, acknowledged, withdrawn, fields, ...claim }) =>
        isOpen({ acknowledged, withdrawn }) &&
        !onTheirWay.has(root) &&
        fields?.get('/paidTo') === name &&
        isOf(claim.amount, fields.get('/currency'), { amount, currency }),
    );
  }

  /** Of just this amount and reference, whomever they say was paid, acknowledged or not; what was taken back says nothing. */
  async withReference(receivable: Hex, reference: string, amount: Money): Promise<SaidPayment[]> {
    const claims = await this.statements.payments(await this.receivables.get(receivable));
    return claims.filter(
      ({ fields, withdrawn, ...claim }) =>
        !withdrawn && fields?.get('/reference') === reference && isOf(claim.amount, fields.get('/currency'), amount),
    );
  }
}

const isOf = (amount: string | undefined, currency: string | undefined, wanted: Money): boolean =>
  currency === wanted.currency &&
  amount !== undefined &&
  Rational.parse(amount).compare(Rational.parse(wanted.amount)) === 0;
