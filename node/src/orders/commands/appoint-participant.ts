import { Injectable } from '@nestjs/common';
import { type MilestoneKind, kindsMask } from '../../fulfilment/domain/milestone-kinds.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { requireNoFramework } from '../domain/framework.js';
import { partyOf } from '../domain/party.js';
import { OrderDesk, type OrderSubmission } from './order-desk.js';

export interface Appointment {
  /** Short name of the member. */
  readonly member: string;
  /** What it may record; none ends the appointment. */
  readonly kinds: readonly MilestoneKind[];
  /** Last second of the appointment, by block time. */
  readonly until: number;
}

/** One side says what a third member may record on an order. */
@Injectable()
export class AppointParticipant {
  constructor(
    private readonly desk: OrderDesk,
    private readonly members: Members,
  ) {}

  /** Refuses with ORDER_IS_FRAMEWORK, MEMBER_UNKNOWN, PARTICIPANT_IS_PARTY, PARTICIPANT_INVALID_KINDS (only the buyer reports receipt). */
  async run(id: Hex, { member: name, kinds, until }: Appointment): Promise<OrderSubmission> {
    const { order } = await this.desk.begin(id, 'appoint');
    requireNoFramework(order);
    const { id: member } = await this.members.byName(name);
    if (partyOf(order, member)) {
      throw CONTRACT_PROBLEMS.ParticipantIsParty(`${name} is a party and needs no appointment`, {
        order: id,
        member: name,
      });
    }
    if (kinds.includes('RECEIVED')) {
      throw CONTRACT_PROBLEMS.ParticipantInvalidKinds('only the buyer reports receipt', { kinds });
    }
    return this.desk.submit('appointParticipant', id, {
      fn: 'appoint',
      args: [id, member, kindsMask(kinds), until],
    });
  }
}
