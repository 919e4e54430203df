import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Port } from '../port.js';
import { COMMAND_GATE, type CommandGate } from '../ports.js';
import '../request.js';

/** A command on one object, as it would be called alone. */
export interface ItemCommand {
  /** `POST /v1/orders/:id/acceptance` */
  readonly action: string;
  readonly object: string;
}

/** Asks the gate about each item of a request with many: what is held back alone is held back among others. */
@Injectable()
export class ItemGate {
  private readonly gate: Port<CommandGate>;

  constructor(modules: ModuleRef) {
    this.gate = new Port(modules, COMMAND_GATE);
  }

  /** Within the command's unit of work. Throws a Problem to hold the item back; it can then be sent alone, without a body, and be approved. */
  async admit({ principal }: FastifyRequest, { action, object }: ItemCommand): Promise<void> {
    if (!principal) return;
    const url = action.slice(action.indexOf(' ') + 1).replace(':id', object);
    await this.gate.get()?.admit({ principal, action, object, url, body: Buffer.alloc(0) });
  }
}
