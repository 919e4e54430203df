import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import type { Money } from '../../kernel/money.js';
import { Rational } from '../../kernel/rational.js';
import { Members } from '../../members/index.js';
import { Receivables } from '../../receivables/index.js';
import { Acknowledgements } from '../../receivables/storage/acknowledgements.js';
import { type SaidPayment, Statements } from '../../receivables/queries/statements.js';

/** What obligors say they paid to this member, and it has not acknowledged. */
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
      ({ root, acknowledged, fields, ...claim }) =>
        !acknowledged &&
        !onTheirWay.has(root) &&
        fields?.get('/paidTo') === name &&
        fields.get('/currency') === currency &&
        claim.amount !== undefined &&
        Rational.parse(claim.amount).compare(Rational.parse(amount)) === 0,
    );
  }
}
