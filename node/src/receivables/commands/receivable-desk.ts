import { Injectable } from '@nestjs/common';
import { type ContractCall, Keyring } from '../../chain/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { Address } from '../../kernel/ids.js';
import { type Member, Members } from '../../members/index.js';
import { Submissions } from '../../submissions/index.js';
import type { Receivable } from '../domain/receivable.js';
import { requireAct } from '../domain/require-act.js';
import type { ReceivableAct } from '../domain/states.js';
import { Receivables } from '../queries/receivables.js';

/** A receivable on which this member acts. */
export interface Acting {
  readonly receivable: Receivable;
  readonly self: Member;
}

type CallOf<C> = C extends { contract: 'ReceivableRegistry'; fn: infer F; args: infer A } ? { fn: F; args: A } : never;

/** A call of ReceivableRegistry. */
export type RegistryAct = CallOf<ContractCall> & {
  /** In the room's words, e.g. `confirmReceivable`. */
  readonly act: string;
  /** What it is about: a receivable, unless `subject` says otherwise. */
  readonly object: Hex;
  readonly subject?: 'order' | 'receivable';
  /** Who sends; by default the operator. */
  readonly account?: Address;
};

/** What a command answers: the receivable, or what was said of it, and the transaction. */
export interface ReceivableAnswer {
  readonly id: Hex;
  readonly submission: string;
}

/** What all acts on a receivable share: the early refusal and the transaction. */
@Injectable()
export class ReceivableDesk {
  constructor(
    private readonly receivables: Receivables,
    private readonly members: Members,
    private readonly submissions: Submissions,
    private readonly keyring: Keyring,
  ) {}

  /** The receivable, if this member may do the act to it as it is now. Throws RECEIVABLE_UNKNOWN and what {@link requireAct} throws. */
  async begin(id: Hex, act: ReceivableAct): Promise<Acting> {
    const [receivable, self] = await Promise.all([this.receivables.get(id), this.members.self()]);
    requireAct(receivable, act, self.id);
    return { receivable, self };
  }

  /** Puts a transaction into the outbox, within the current unit of work; returns the submission's id. */
  async submit({ act, object, fn, args, account, subject = 'receivable' }: RegistryAct): Promise<string> {
    const { id } = await this.submissions.submit({
      act,
      // The compiler does not see that a name and its arguments stay together.
      call: { contract: 'ReceivableRegistry', fn, args } as ContractCall,
      account: account ?? this.keyring.operator.address,
      subject: { type: subject, id: object },
    });
    return id;
  }
}
