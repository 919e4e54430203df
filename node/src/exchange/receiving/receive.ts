import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { toProblem } from '../../errors/index.js';
import { News, Rewinds } from '../../events/index.js';
import { IndexHead } from '../../indexer/index.js';
import { Problem } from '../../kernel/problem.js';
import { hashLetter } from '../domain/envelope.js';
import { envelopeSetAside } from '../domain/letter-news.js';
import { CATCH_UP_MS, MOST_SET_ASIDE } from '../domain/limits.js';
import { envelopeNotNow, envelopeQuota, IN_PARTS } from '../domain/problems.js';
import { decodeReceipt, receiptSigner, signReceipt } from '../domain/receipt.js';
import { ExchangeKeys } from '../keys.js';
import { DayQuota } from '../storage/day-quota.js';
import { type Arrival, Inbox } from '../storage/inbox.js';
import { Authenticate, type Authentic } from './authenticate.js';
import { EnvelopeHandlers } from './handlers.js';
import { Dispatch, isFinal } from './dispatch.js';

/** Takes in what other members' nodes send. */
@Injectable()
export class Receive {
  private readonly logger = new Logger(Receive.name);

  constructor(
    private readonly authenticate: Authenticate,
    private readonly dispatch: Dispatch,
    private readonly inbox: Inbox,
    private readonly keys: ExchangeKeys,
    private readonly head: IndexHead,
    private readonly unitOfWork: UnitOfWork,
    private readonly news: News,
    private readonly rewinds: Rewinds,
    private readonly handlers: EnvelopeHandlers,
    private readonly quota: DayQuota,
  ) {}

  /**
   * The signed receipt for a sealed envelope, once its effect and the note of it are durable. A repeat gets the receipt
   * that was given first, and has no effect. Problems: those of {@link Authenticate.open}, ENVELOPE_NOT_NOW, ENVELOPE_QUOTA,
   * ENVELOPE_DAY_QUOTA.
   */
  async receive(sealed: string): Promise<string> {
    const authentic = await this.authenticate.open(sealed);
    const repeated = await this.quotaLeft(authentic);
    if (repeated) return repeated;
    await this.catchUp(authentic.envelope.block);
    try {
      return await this.handle(authentic);
    } catch (error) {
      const problem = toProblem(error);
      // What it is about may have been lost with the chain's last blocks, and come again.
      if (isFinal(problem) && !(await this.rewinds.recent()))
        return problem.code === IN_PARTS ? this.inParts(authentic, problem) : this.setAside(authentic, problem);
      const level = error instanceof Problem ? 'debug' : 'warn';
      this.logger[level]({ err: error, envelope: authentic.envelope.id }, 'an envelope cannot be handled now');
      throw envelopeNotNow('try again', { retryAfterSeconds: 1 });
    }
  }

  /** Refuses with ENVELOPE_DAY_QUOTA what is new; a repeat fills nothing, and is given its receipt: its sender missed the first. */
  private async quotaLeft(authentic: Authentic): Promise<string | undefined> {
    try {
      await this.quota.requireLeft(authentic.from);
      return undefined;
    } catch (error) {
      if (await this.inbox.receiptOf(authentic.envelope)) return this.given(authentic);
      throw error;
    }
  }

  /** The sender spoke of what it had seen on chain; what this node has not seen yet it would refuse for no reason. */
  private async catchUp(block: number): Promise<void> {
    if (await this.head.waitFor(block, CATCH_UP_MS)) return;
    const indexed = this.head.current().number;
    throw envelopeNotNow('this node has not indexed as much as the sender', { block, indexed, retryAfterSeconds: 1 });
  }

  private handle(authentic: Authentic): Promise<string> {
    return this.unitOfWork.run(async () => {
      const arrival = await this.arrival(authentic);
      if (!(await this.inbox.add(arrival))) return this.given(authentic);
      await this.dispatch.dispatch(authentic.envelope, authentic.from);
      await this.inbox.keep(arrival);
      await this.quota.count(authentic.from.id, arrival.signed.length);
      return arrival.receipt;
    });
  }

  private setAside(authentic: Authentic, problem: Problem): Promise<string> {
    const { from, envelope } = authentic;
    const { id, type, object } = envelope;
    const { code } = problem;
    return this.unitOfWork.run(async () => {
      if ((await this.inbox.countSetAside(from.id)) >= MOST_SET_ASIDE) {
        throw envelopeQuota(`${MOST_SET_ASIDE} envelopes of ${from.name} wait for the operator`, {
          retryAfterSeconds: 60,
        });
      }
      const arrival = await this.arrival(authentic, problem);
      if (!(await this.inbox.add(arrival))) return this.given(authentic);
      this.logger.warn({ envelope: id, type, code }, 'an envelope was set aside');
      const kept = await this.inbox.keep(arrival);
      // Also when it is discarded at once, since it carries what was erased: what else is in it has not been taken in.
      const data = { from: from.name, envelope: id, type, code, ...(!kept && { discarded: true as const }) };
      await this.news.add(envelopeSetAside({ object, data }));
      await this.quota.count(from.id, arrival.signed.length);
      return arrival.receipt;
    });
  }

  /** Nothing of it is kept but that it came: what it brought comes again, in letters of its parts. */
  private inParts(authentic: Authentic, problem: Problem): Promise<string> {
    return this.unitOfWork.run(async () => {
      const arrival = await this.arrival(authentic, problem);
      if (!(await this.inbox.add(arrival))) return this.given(authentic);
      const { id, type } = authentic.envelope;
      const { name: from } = authentic.from;
      this.logger.debug({ envelope: id, type, from, ...problem.facts }, 'an envelope is to come in parts');
      await this.quota.count(authentic.from.id, arrival.signed.length);
      return arrival.receipt;
    });
  }

  /** The receipt that was given; under the present key where the one it was signed with counts no more. */
  private async given({ envelope }: Authentic): Promise<string> {
    const receipt = await this.inbox.receiptOf(envelope);
    if (!receipt) throw new Error(`envelope ${envelope.id} was noted and is not there`);
    return (await this.counts(receipt)) ? receipt : signReceipt(decodeReceipt(receipt), await this.keys.signing());
  }

  private async counts(receipt: string): Promise<boolean> {
    const key = receiptSigner(receipt);
    try {
      return key !== undefined && Boolean(await this.keys.signer(key));
    } catch (error) {
      if (error instanceof Problem) return false;
      throw error;
    }
  }

  private async arrival({ envelope, signed, signer }: Authentic, problem?: Problem): Promise<Arrival> {
    const { id, domain, from, to } = envelope;
    const receivedAt = new Date();
    const { number, hash: blockHash } = this.head.current();
    const hash = hashLetter(envelope);
    const outcome = !problem ? 'HANDLED' : problem.code === IN_PARTS ? 'IN_PARTS' : 'SET_ASIDE';
    const receipt = await signReceipt(
      {
        v: 1,
        envelope: id,
        hash,
        domain,
        from,
        to,
        receivedAt: receivedAt.toISOString(),
        block: { number, hash: blockHash },
        outcome,
        reason: problem?.code,
      },
      await this.keys.signing(),
    );
    const carries = this.handlers.carriedBy(envelope);
    const reason = problem?.toRecord();
    return { envelope, carries, signed, signer, hash, receipt, receivedAt, block: number, outcome, reason };
  }
}
