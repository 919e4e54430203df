import { Injectable, type Type } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { declaredRoutes, routeKey } from './declared-routes.js';
import { ALLOW, PUBLIC } from './decorators.js';
import type { DeskRole } from './roles.js';

/** Who may call a route: anyone, or who has one of these roles. */
export type Access = 'public' | readonly DeskRole[];

/** Everything is under /v1, save what the node itself and other nodes need. */
const PLACES = /^\/(v1|exchange|health|ready|metrics|openapi\.json|docs)(\/|$)/;

/** The access of each route, read from its decorators once, at boot. */
@Injectable()
export class AccessMap {
  private readonly routes = new Map<string, Access>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** Reads all controllers. Throws on a route with neither @Allow nor @Public (or both), and on one outside of /v1. */
  build(): void {
    for (const { controller, handler, name, method, pattern } of declaredRoutes(this.discovery, this.scanner)) {
      const access = this.accessOf(controller, handler, `${controller.name}.${name}`);
      if (!PLACES.test(pattern)) throw new Error(`route ${method} ${pattern} is not under /v1`);
      this.routes.set(routeKey(method, pattern), access);
    }
  }

  /** The access of a route by method and path pattern; undefined for one that no controller declares. */
  of(method: string, pattern: string | undefined): Access | undefined {
    return this.routes.get(routeKey(method, pattern));
  }

  /** Each route as method and path pattern, with its access, by path. */
  list(): { method: string; path: string; access: Access }[] {
    const rows = [...this.routes].map(([route, access]) => {
      const [method = '', path = ''] = route.split(' ');
      return { method, path, access };
    });
    return rows.sort((a, b) => (a.path === b.path ? (a.method < b.method ? -1 : 1) : a.path < b.path ? -1 : 1));
  }

  private accessOf(controller: Type, handler: object, name: string): Access {
    for (const target of [handler, controller]) {
      const allow = this.reflector.get<DeskRole[] | undefined>(ALLOW, target as Type);
      const open = this.reflector.get<true | undefined>(PUBLIC, target as Type);
      if (allow && open) throw new Error(`${name} has both @Allow and @Public`);
      if (open) return 'public';
      if (allow) return allow;
    }
    throw new Error(`${name} has neither @Allow nor @Public`);
  }
}
