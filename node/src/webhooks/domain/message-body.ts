import type { StreamEvent } from '../../events/index.js';

/** The JSON text that a receiver gets: type and time as the Standard Webhooks specification has them, and what the stream tells. */
export function messageBody(id: string, { type, object, data }: StreamEvent): string {
  const told = JSON.parse(data) as { at?: string };
  return JSON.stringify({ type, timestamp: told.at ?? null, data: { id, object, ...told } });
}
