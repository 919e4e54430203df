import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Hex } from '../../kernel/hex.js';
import type { Envelope } from '../domain/envelope.js';
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

  /** What an envelope's body names beside its object. */
  carriedBy({ type, body }: Pick<Envelope, 'type' | 'body'>): readonly Hex[] {
    const schema = this.byType.get(type)?.carries;
    if (!schema) return [];
    try {
      return schema.safeParse(JSON.parse(body)).data ?? [];
    } catch {
      return [];
    }
  }

  /** Types of which envelopes may name something beside their object. */
  carrying(): string[] {
    return [...this.byType.values()].filter(({ carries }) => carries).map(({ type }) => type);
  }
}
