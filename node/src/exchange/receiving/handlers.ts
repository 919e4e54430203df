import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Hex } from '../../kernel/hex.js';
import type { Envelope } from '../domain/envelope.js';
import { MOST_CARRIED } from '../domain/limits.js';
import { ENVELOPE_HANDLER, type EnvelopeHandlerMetadata, type EnvelopeProcessor } from './envelope-handler.js';

export interface Handler extends EnvelopeHandlerMetadata {
  readonly processor: EnvelopeProcessor;
}

/** Who takes in which type of envelope. */
@Injectable()
export class EnvelopeHandlers implements OnModuleInit {
  private readonly byType = new Map<string, Handler>();

  constructor(private readonly discovery: DiscoveryService) {}

  /** Refuses to start with two handlers for a type. */
  onModuleInit(): void {
    for (const { instance, metatype } of this.discovery.getProviders()) {
      if (!metatype) continue;
      const metadata = Reflect.getMetadata(ENVELOPE_HANDLER, metatype) as EnvelopeHandlerMetadata | undefined;
      if (!metadata) continue;
      if (this.byType.has(metadata.type)) throw new Error(`envelopes ${metadata.type} have more than one handler`);
      this.byType.set(metadata.type, { ...metadata, processor: instance as EnvelopeProcessor });
    }
  }

  of(type: string): Handler | undefined {
    return this.byType.get(type);
  }

  /** Types of which a letter may name others in its body. */
  get carryingTypes(): readonly string[] {
    return [...this.byType].flatMap(([type, { carries, processor }]) => ((carries ?? processor.carried) ? [type] : []));
  }

  /** What an envelope's body names beside its object; no more than a proper one may, whoever wrote it. */
  carriedBy({ type, object, body }: Pick<Envelope, 'type' | 'object' | 'body'>): readonly Hex[] {
    const handler = this.byType.get(type);
    if (!handler || !(handler.carries ?? handler.processor.carried)) return [];
    try {
      const parsed: unknown = JSON.parse(body);
      const named = [
        ...(handler.carries?.safeParse(parsed).data ?? []),
        ...(handler.processor.carried?.(object, parsed) ?? []),
      ];
      return [...new Set(named)].slice(0, MOST_CARRIED);
    } catch {
      return [];
    }
  }
}
