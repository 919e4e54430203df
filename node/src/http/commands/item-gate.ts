import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { AccessMap } from '../../auth/access-map.js';
import type { Principal } from '../../auth/principal.js';
import { forbidden } from '../../auth/problems.js';
import type { Money } from '../../kernel/money.js';
import type { Problem } from '../../kernel/problem.js';
import { Port } from '../port.js';
import { COMMAND_GATE, type CommandGate, type GatedCommand } from '../ports.js';
import '../request.js';

/** A command on one object, as it would be called alone. */
export interface ItemCommand {
  /** `POST /v1/orders/:id/acceptance`: a route that there is */
  readonly action: string;
  readonly object: string;
  /** Its path, where that has more in it than the object's id. */
  readonly url?: string;
  /** The body that it would have. */
  readonly json?: unknown;
  /** What it moves, where its body does not say so. */
  readonly amounts?: readonly Money[];
}

/** Asks about each item of a request with many: what its caller could not do alone, nobody does among others. */
@Injectable()
export class ItemGate {
  private readonly gate: Port<CommandGate>;

  constructor(
    modules: ModuleRef,
    private readonly access: AccessMap,
  ) {
    this.gate = new Port(modules, COMMAND_GATE);
  }

  /**
   * Within the command's unit of work. Throws FORBIDDEN to a caller without a role of the item's own route, and a Problem to
   * hold the item back: it can then be sent alone and be approved, or with others again where {@link keep} was called.
   */
  async admit({ principal }: FastifyRequest, item: ItemCommand): Promise<void> {
    if (!principal) return;
    this.requireRole(principal, item.action);
    await this.gate.get()?.admit(gatedOf(principal, item));
  }

  /** Once the rows of an item that was held back are undone: keeps it for who approves. */
  async keep({ principal }: FastifyRequest, item: ItemCommand, problem: Problem): Promise<void> {
    if (principal) await this.gate.get()?.refused(gatedOf(principal, item), problem);
  }

  private requireRole({ roles }: Principal, action: string): void {
    const [method = '', path] = action.split(' ');
    const access = this.access.of(method, path);
    if (access === undefined || access === 'public') throw new Error(`${action} is no route that has roles`);
    if (!access.some((role) => roles.includes(role)))
      throw forbidden('ask an administrator of your member for one of the roles', { roles: access });
  }
}

function gatedOf(principal: Principal, { action, object, url, json, amounts }: ItemCommand): GatedCommand {
  return {
    ...{ principal, action, object, json, amounts },
    url: url ?? action.slice(action.indexOf(' ') + 1).replace(':id', object),
    ...(json === undefined ? {} : { mediaType: 'application/json' }),
    body: Buffer.from(json === undefined ? '' : JSON.stringify(json)),
  };
}
