import type { ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';
import { requestInvalid } from '../../errors/index.js';
import '../request.js';

/** Parameters through which a route sees what was sent. Keys of the metadata are `<type>:<place>`. */
const SEES = new RegExp(`^(${[RouteParamtypes.REQUEST, RouteParamtypes.BODY, RouteParamtypes.RAW_BODY].join('|')}):`);

/**
 * Refuses with REQUEST_INVALID a body that its route does not look at: nothing would check it, and whoever sent it means something
 * by it. No body at all, `{}` and `null` are the same here.
 */
export function requireBodyTaken(context: ExecutionContext, { rawBody, body }: FastifyRequest): void {
  if (!rawBody?.length || saysNothing(body) || seesBody(context)) return;
  throw requestInvalid('this route takes no body', { faults: [{ pointer: '', message: 'send none, or {}' }] });
}

function saysNothing(body: unknown): boolean {
  if (body === null || body === undefined) return true;
  return Object.getPrototypeOf(body) === Object.prototype && Object.keys(body).length === 0;
}

function seesBody(context: ExecutionContext): boolean {
  const [controller, name] = [context.getClass(), context.getHandler().name];
  const parameters = Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) as object | undefined;
  return Object.keys(parameters ?? {}).some((key) => SEES.test(key));
}
