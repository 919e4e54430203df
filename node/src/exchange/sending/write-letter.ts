import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RegistryDomains } from '../../chain/index.js';
import { Config } from '../../config/index.js';
import { UnitOfWork } from '../../database/index.js';
import { tryAgain } from '../../errors/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { hashLetter, type Letter } from '../domain/envelope.js';
import { largestBodyBytes } from '../domain/limits.js';
import { envelopeTooLarge } from '../domain/problems.js';
import { EnvelopeHandlers } from '../receiving/handlers.js';
import { Outbox } from '../storage/outbox.js';

/** What a room gives to the exchange. */
export interface Outgoing {
  /** member number of the recipient */
  readonly to: number;
  /** e.g. `order.document`; all nodes have a handler for it */
  readonly type: string;
  /** what it is about: envelopes about one object arrive in the order they were sent */
  readonly object: Hex;
  /** anything that JSON can say */
  readonly body: unknown;
  /** submission without whose inclusion the envelope means nothing: it leaves afterwards, or never */
  readonly after?: string;
}

/** Puts letters into the outbox. */
@Injectable()
export class WriteLetter {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly members: Members,
    private readonly domains: RegistryDomains,
    private readonly handlers: EnvelopeHandlers,
    private readonly outbox: Outbox,
    private readonly config: Config,
  ) {}

  /** Bytes of the largest body, as JSON text, that is taken. */
  get largestBody(): number {
    return largestBodyBytes(this.config.maxBodyBytes);
  }

  /** Within the current unit of work, by `id` where it is given; its id. Refuses with ENVELOPE_TOO_LARGE, and with TRY_AGAIN what carries what was erased. */
  async write({ to, type, object, body, after }: Outgoing, letterId: string = randomUUID()): Promise<string> {
    if (!this.unitOfWork.active) throw new Error(`envelope ${type} is sent outside of a unit of work`);
    if (!this.handlers.of(type)) throw new Error(`no node has a handler for envelopes ${type}`);
    const text = JSON.stringify(body);
    const [size, limit] = [Buffer.byteLength(text), this.largestBody];
    if (size > limit) throw envelopeTooLarge(`the body has ${size} bytes, ${limit} are taken`, { size, limit });
    const { id: from } = await this.members.self();
    const domain = this.domains.of('MemberRegistry');
    const letter: Letter = { v: 1, id: letterId, domain, from, to, type, object, body: text };
    const carries = this.handlers.carriedBy(letter);
    if (!(await this.outbox.add({ letter, hash: hashLetter(letter), carries, after })))
      throw tryAgain('what it carries has just been erased', { type, object });
    return letter.id;
  }
}
