import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import type { DiscoveryService, MetadataScanner } from '@nestjs/core';

/** A route as its decorators declare it. */
export interface DeclaredRoute {
  readonly controller: Type;
  readonly handler: object;
  /** The handler's name in its controller. */
  readonly name: string;
  readonly method: string;
  /** `/v1/orders/:id` */
  readonly pattern: string;
}

/** Every route of all controllers, once for each path that leads to it. */
export function* declaredRoutes(discovery: DiscoveryService, scanner: MetadataScanner): Generator<DeclaredRoute> {
  for (const { metatype } of discovery.getControllers()) {
    if (!metatype) continue;
    const controller = metatype as Type;
    const prototype = controller.prototype as Record<string, object>;
    for (const name of scanner.getAllMethodNames(prototype)) yield* routesOf(controller, prototype[name]!, name);
  }
}

/** How a request finds its route: HEAD is answered as GET is. */
export const routeKey = (method: string, pattern: string | undefined): string =>
  `${method === 'HEAD' ? 'GET' : method} ${pattern}`;

function* routesOf(controller: Type, handler: object, name: string): Generator<DeclaredRoute> {
  const path = Reflect.getMetadata(PATH_METADATA, handler) as string | string[] | undefined;
  if (path === undefined) return;
  const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
  for (const prefix of [Reflect.getMetadata(PATH_METADATA, controller) as string | string[]].flat()) {
    for (const suffix of [path].flat()) {
      const pattern = `/${prefix}/${suffix}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
      yield { controller, handler, name, method, pattern };
    }
  }
}
