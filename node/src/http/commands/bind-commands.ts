import { type NestInterceptor, RequestMethod, UseInterceptors } from '@nestjs/common';
import { INTERCEPTORS_METADATA, METHOD_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { CommandInterceptor } from './command.interceptor.js';

declare module 'fastify' {
  interface FastifyInstance {
    /** Runs the writes of this server. */
    commands: CommandInterceptor;
  }
}

const READS = [RequestMethod.GET, RequestMethod.HEAD, RequestMethod.OPTIONS];

/** One object for all applications of a process: it stands in the metadata of classes that they share. */
const asCommand: NestInterceptor = {
  intercept: (context, next) =>
    context.switchToHttp().getRequest<FastifyRequest>().server.commands.intercept(context, next),
};

/**
 * Has every route that is no read run as a command. Not an APP_INTERCEPTOR, for which Nest would take each read through its
 * observables too. Before `init`, when routes are made.
 */
export function bindCommands(app: NestFastifyApplication): void {
  const commands: CommandInterceptor = app.get(CommandInterceptor);
  app.getHttpAdapter().getInstance().decorate('commands', commands);
  const scanner = new MetadataScanner();
  for (const { metatype } of app.get(DiscoveryService).getControllers()) {
    if (!metatype) continue;
    const prototype = metatype.prototype as object;
    for (const name of scanner.getAllMethodNames(prototype)) bind(prototype, name);
  }
}

function bind(prototype: object, name: string): void {
  const handler = (prototype as Record<string, object>)[name]!;
  const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
  if (method === undefined || READS.includes(method)) return;
  const bound = (Reflect.getMetadata(INTERCEPTORS_METADATA, handler) ?? []) as unknown[];
  if (!bound.includes(asCommand)) UseInterceptors(asCommand)(prototype, name, { value: handler });
}
