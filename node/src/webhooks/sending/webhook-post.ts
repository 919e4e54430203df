import { type AddressRules, OutboundPost, PlaceRefused, readPlace } from '../../outbound/index.js';
import { ANSWER_WITHIN_MS, LARGEST_ANSWER_BYTES } from '../domain/limits.js';
import type { Outcome } from '../domain/outcome.js';
import { webhookUrlRefused } from '../domain/problems.js';
import { type Message, signatures } from '../domain/signature.js';

/** Sends signed messages to receivers. */
export class WebhookPost extends OutboundPost {
  constructor(private readonly receivers: AddressRules) {
    super(receivers, { withinMs: ANSWER_WITHIN_MS, sockets: 2, answerBytes: LARGEST_ANSWER_BYTES });
  }

  /** Throws WEBHOOK_URL_REFUSED when nothing will ever be sent to such a URL. */
  requireUrl(url: string): void {
    try {
      readPlace(url, this.receivers);
    } catch (error) {
      throw webhookUrlRefused(error instanceof PlaceRefused ? error.message : 'it is no URL', { url });
    }
  }

  /** One attempt. Never rejects. */
  async attempt(url: string, message: Message, secrets: readonly string[]): Promise<Outcome> {
    const headers = {
      'content-type': 'application/json',
      'webhook-id': message.id,
      'webhook-timestamp': String(message.timestamp),
      'webhook-signature': signatures(message, secrets),
    };
    try {
      const { status } = await this.send(url, message.body, headers);
      if (status >= 200 && status < 300) return { delivered: true, httpStatus: status };
      return { delivered: false, httpStatus: status, error: `HTTP_${status}`, gone: status === 410 };
    } catch (error) {
      return { delivered: false, error: reasonOf(error) };
    }
  }
}

/** For people to read; never the answer's own text, which may say anything. */
function reasonOf(error: unknown): string {
  const { code, name, message } = error as NodeJS.ErrnoException;
  if (error instanceof PlaceRefused) return `REFUSED: ${message}`;
  return name === 'TimeoutError' ? 'TIMED_OUT' : typeof code === 'string' ? code : 'FAILED';
}
