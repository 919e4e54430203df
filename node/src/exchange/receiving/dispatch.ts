import { Injectable } from '@nestjs/common';
import { News } from '../../events/index.js';
import type { Problem } from '../../kernel/problem.js';
import type { Member } from '../../members/index.js';
import { type Envelope, hashLetter } from '../domain/envelope.js';
import { letterReceived } from '../domain/letter-news.js';
import { envelopeMalformed, envelopeSenderSuspended, envelopeTypeUnknown } from '../domain/problems.js';
import { EnvelopeHandlers } from './handlers.js';

/** Gives an authentic envelope to its handler, and tells the desks that it came, or what it consists of. */
@Injectable()
export class Dispatch {
  constructor(
    private readonly handlers: EnvelopeHandlers,
    private readonly news: News,
  ) {}

  /**
   * Rejects with what the handler rejects with, or with ENVELOPE_TYPE_UNKNOWN, ENVELOPE_SENDER_SUSPENDED (rule 10) or
   * ENVELOPE_MALFORMED.
   */
  async dispatch(envelope: Envelope, from: Member): Promise<void> {
    const { id, type, object } = envelope;
    const handler = this.handlers.of(type);
    if (!handler) throw envelopeTypeUnknown('this node has no handler for it', { type });
    if (!from.active && !handler.fromSuspended) {
      throw envelopeSenderSuspended(`${from.name} is suspended`, { member: from.name, type });
    }
    const parsed = parse(envelope.body);
    const body = handler.body?.safeParse(parsed);
    if (parsed === undefined || body?.success === false) {
      const issues = body?.error?.issues ?? [];
      throw envelopeMalformed('the body is not of the form expected', {
        type,
        at: issues.map(({ path }) => path.join('.')),
      });
    }
    const hash = hashLetter(envelope);
    const { processor } = handler;
    const content = body ? body.data : parsed;
    await processor.handle({ id, from, type, object, body: content, hash });
    const about = processor.parts?.(content).map((part) => part.object) ?? [object];
    const data = { from: from.name, envelope: id };
    const received = letterReceived(type);
    await this.news.add(...about.map((object) => received({ object, data })));
  }
}

/** Whether to set aside: the same envelope would be refused again, as far as this node can tell. */
export function isFinal(problem: Problem): boolean {
  return problem.status < 500 && problem.status !== 429;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
