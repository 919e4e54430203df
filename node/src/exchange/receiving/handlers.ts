import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
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
}
