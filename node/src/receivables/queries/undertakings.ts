import { Injectable } from '@nestjs/common';
import { defineProblem } from '../../kernel/problem.js';
import { decodeScope } from '../domain/confirmation-scope.js';
import { type ConfirmationTerms, readConfirmation } from '../domain/documents/read-documents.js';
import type { Receivable } from '../domain/receivable.js';
import { CommittedFields } from './committed-fields.js';

const confirmationNotShown = defineProblem({
  code: 'CONFIRMATION_NOT_SHOWN',
  status: 409,
  title: 'This node does not know the terms that the obligor confirmed',
  passing: true,
});

/** What obligors undertook to pay, as far as this member knows. */
@Injectable()
export class Undertakings {
  constructor(private readonly fields: CommittedFields) {}

  /** Undefined while it is not confirmed, or the terms are not here. */
  async of({ id: object, confirmation: root, scope }: Receivable): Promise<ConfirmationTerms | undefined> {
    const fields = root && (await this.fields.of([{ root, object }])).get(root);
    const terms = fields ? readConfirmation(fields) : undefined;
    return terms && { ...terms, ...decodeScope(scope ?? 0) };
  }

  /** Throws CONFIRMATION_NOT_SHOWN. */
  async require(receivable: Receivable): Promise<ConfirmationTerms> {
    const terms = await this.of(receivable);
    if (terms) return terms;
    throw confirmationNotShown('the terms of the confirmation are not here', { receivable: receivable.id });
  }
}
