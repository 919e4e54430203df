import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Keyring } from '../../chain/index.js';
import { timeOf } from '../../kernel/block-time.js';
import { type Hex, parseHex } from '../../kernel/hex.js';
import { registrationUnknown } from '../domain/problems.js';
import type { Receivable } from '../domain/receivable.js';
import { readRegistration } from '../domain/registration.js';
import { ReceivableLogStore } from '../storage/receivable-log.store.js';
import { CommittedFields } from './committed-fields.js';
import { ReceivableAccess } from './receivable-access.js';
import { Receivables } from './receivables.js';

/** A registration elsewhere, as far as this member was shown it. */
export const registrationView = z.object({
  id: z.string().describe('Root over its fields.'),
  receivable: z.string(),
  status: z.literal('RECORDED'),
  version: z.literal(1),
  priority: z.int().describe('1 for who said it first: the order in which the chain took them.'),
  n: z.int().describe("Its place in the receivable's log."),
  by: z.enum(['HOLDER', 'LENDER']).describe('Who said it.'),
  own: z.boolean().describe('Whether this member did.'),
  register: z.string().optional(),
  number: z.string().optional(),
  registeredAt: z.string().optional(),
  noticeGivenAt: z.string().optional().describe('When the obligor was given notice, outside of this system.'),
  at: z.iso.datetime().describe('Block time.'),
});
export type RegistrationView = z.output<typeof registrationView>;

/** Registrations elsewhere of receivables, in the order in which they were said. */
@Injectable()
export class Registrations {
  constructor(
    private readonly log: ReceivableLogStore,
    private readonly fields: CommittedFields,
    private readonly receivables: Receivables,
    private readonly access: ReceivableAccess,
    private readonly keyring: Keyring,
  ) {}

  /** The caller has checked that this member may see the receivable. */
  async of({ id, holder }: Receivable): Promise<RegistrationView[]> {
    const said = (await this.log.statements([id])).filter(({ kind }) => kind === 'REGISTRATION');
    const known = await this.fields.of(said.map(({ commitment: root }) => ({ root, object: id })));
    const own = this.keyring.oneTime(id).address;
    return said.map(({ entry, commitment, by, made }, i) => {
      const fields = known.get(commitment);
      return {
        ...{ id: commitment, receivable: id, status: 'RECORDED', version: 1, priority: i + 1, n: entry },
        ...{ by: by === holder ? 'HOLDER' : 'LENDER', own: by === own },
        ...(fields && readRegistration(fields)),
        at: timeOf(made.at),
      } as const;
    });
  }

  /** Throws RECEIVABLE_UNKNOWN, RECEIVABLE_NOT_DISCLOSED. */
  async ofReceivable(id: Hex): Promise<RegistrationView[]> {
    const receivable = await this.receivables.get(id);
    await this.access.require(receivable);
    return this.of(receivable);
  }

  /** Throws REGISTRATION_UNKNOWN. */
  async get(id: string): Promise<RegistrationView> {
    const root = parseHex(id, 32);
    const about = await this.log.receivableOf('chain_statements', root);
    const found = about && (await this.of(await this.receivables.get(about))).find((each) => each.id === root);
    if (found) return found;
    throw registrationUnknown('no registration has this id', { registration: id });
  }
}
