import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/index.js';
import type { Hex } from '../kernel/hex.js';
import { FileSetAside } from './commands/file-set-aside.js';
import { type Condition, Conditions } from './sending/conditions.js';
import { Courier } from './sending/courier.js';
import { type Outgoing, WriteLetter } from './sending/write-letter.js';
import { Forgotten } from './storage/forgotten.js';
import { Inbox } from './storage/inbox.js';
import { Outbox } from './storage/outbox.js';
import { type Unfinished, UnfinishedLetters } from './queries/unfinished-letters.js';

/** Envelopes to other members' nodes. */
@Injectable()
export class Exchange {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly inbox: Inbox,
    private readonly outbox: Outbox,
    private readonly courier: Courier,
    private readonly conditions: Conditions,
    private readonly letters: WriteLetter,
    private readonly unfinished: UnfinishedLetters,
    private readonly forgotten: Forgotten,
    private readonly filing: FileSetAside,
  ) {}

  /** Envelopes of this type leave only while the condition says so, which is asked before each attempt; one that is not meant any more is dropped. */
  leavesIf(type: string, condition: Condition): void {
    this.conditions.add(type, condition);
  }

  /**
   * Empties the letters that are done with and carry one of these (objects, roots of documents), within the current unit of work, and
   * of those that come from then on keeps no content: what they bring is erased. A letter that somebody still waits for is left as
   * it is, and answered; undefined when there is none. What others than the `parties` to it sent, and is set aside, nobody waits for.
   */
  async forget(ids: readonly Hex[], parties: readonly number[]): Promise<Unfinished | undefined> {
    await this.forgotten.add(ids);
    await this.filing.run();
    await this.inbox.forgo(ids, parties);
    await this.outbox.forgo(ids);
    return this.unfinished.carrying(ids);
  }

  /**
   * Until the current unit of work ends nothing is erased. To be the first act of a unit that sees all as of one moment and then sends:
   * it would not see that what it sends was erased meanwhile.
   */
  holdErasures(): Promise<void> {
    return this.forgotten.hold();
  }

  /** Whether a letter that this member sent is set aside here: what makes no sense without it is to wait (`leavesIf`). */
  isSetAside(type: string, object: Hex): Promise<boolean> {
    return this.outbox.isSetAside(type, object);
  }

  /** How many letters of a type about an object have yet to arrive: of several the earlier may be meant no more (`leavesIf`). */
  onTheirWay(type: string, object: Hex): Promise<number> {
    return this.unfinished.onTheirWay(type, object);
  }

  /** Whether a letter that another member sent is set aside here: what makes no sense without it is not to be refused for good. */
  isSetAsideFrom(from: number, type: string, object: Hex): Promise<boolean> {
    return this.inbox.isSetAside({ from, type, object });
  }

  /**
   * Of letters that this member sent, by their ids, those that did not come to be taken in: the recipient set them aside, be it that its
   * operator retries them, or they were dropped or given up here. Of what is forgotten by now it knows nothing.
   */
  untaken(ids: readonly string[]): Promise<ReadonlySet<string>> {
    return this.outbox.untaken(ids);
  }

  /** Bytes of the largest body, as JSON text, that `send` takes. */
  get largestBody(): number {
    return this.letters.largestBody;
  }

  /**
   * Puts an envelope into the outbox, within the current unit of work. It is sealed and delivered later, tried for days
   * if the counterparty is down. Returns its id. Refuses with ENVELOPE_TOO_LARGE what no node would take, with TRY_AGAIN what carries
   * what was erased since it was looked up.
   */
  async send(outgoing: Outgoing): Promise<string> {
    const id = await this.letters.write(outgoing);
    this.unitOfWork.afterCommit(() => this.courier.wake());
    return id;
  }
}
