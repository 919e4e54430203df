import { Injectable } from '@nestjs/common';
import { Exchange } from '../../exchange/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import type { Receivable } from '../domain/receivable.js';
import { fingerprintCheckLate } from '../domain/problems.js';
import { Receivables } from '../queries/receivables.js';
import { FingerprintChecks } from '../storage/fingerprint-checks.js';

/** A supplier asks the obligor's node whether its invoice's fingerprint is taken, before it offers the claim to anybody. */
@Injectable()
export class AskFingerprintCheck {
  constructor(
    private readonly receivables: Receivables,
    private readonly members: Members,
    private readonly checks: FingerprintChecks,
    private readonly exchange: Exchange,
  ) {}

  /** Refuses with RECEIVABLE_UNKNOWN, RECEIVABLE_UNAUTHORIZED, FINGERPRINT_CHECK_LATE. */
  async run(id: Hex): Promise<void> {
    const [receivable, self] = await Promise.all([this.receivables.get(id), this.members.self()]);
    requireCheckable(receivable, self.id);
    await this.checks.ask(id, receivable.obligor);
    await this.exchange.send({ to: receivable.obligor, type: 'receivable.fingerprint-check', object: id, body: {} });
  }
}

/** Only who issued a receivable and holds it still may have its own invoice checked; later its fingerprint is its own. */
export function requireCheckable({ id, supplier, status }: Receivable, member: number): void {
  if (supplier !== member) {
    throw CONTRACT_PROBLEMS.ReceivableUnauthorized('its fingerprint is checked for its supplier alone', {
      receivable: id,
      member,
    });
  }
  if (status !== 'ISSUED') throw fingerprintCheckLate(`it is ${status}`, { receivable: id, status });
}
