import { Injectable, Logger } from '@nestjs/common';
import type { Envelope } from '../domain/envelope.js';
import { decodeSigned } from '../domain/open.js';
import { EnvelopeHandlers } from '../receiving/handlers.js';
import { Inbox, type SetAsideArrival } from '../storage/inbox.js';

/**
 * Files letters anew that came when this node did not know their type, and wait since: what such a letter carries only their handler says,
 * which came with a later release.
 */
@Injectable()
export class FileSetAside {
  private readonly logger = new Logger(FileSetAside.name);

  constructor(
    private readonly inbox: Inbox,
    private readonly handlers: EnvelopeHandlers,
  ) {}

  /** Within the current unit of work, in which nobody else takes them up. */
  async run(): Promise<void> {
    for (const seq of await this.inbox.unfiled(this.handlers.carryingTypes)) {
      const arrival = await this.inbox.takeSetAside(seq);
      const envelope = arrival && this.opened(arrival);
      if (envelope) await this.inbox.file(seq, this.handlers.carriedBy(envelope));
    }
  }

  /** Undefined for one that opens to nobody any more: nothing can be read in it, and it holds up no erasure. */
  private opened(arrival: SetAsideArrival): Envelope | undefined {
    try {
      return decodeSigned(this.inbox.read(arrival));
    } catch (error) {
      this.logger.warn({ err: error, envelope: arrival.id }, 'an envelope that is set aside cannot be opened');
      return undefined;
    }
  }
}
