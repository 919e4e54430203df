import { Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type DeclaredRoute, declaredRoutes, routeKey } from '../auth/declared-routes.js';
import { defineProblem } from '../kernel/problem.js';

const unknown = defineProblem({
  code: 'PARAMETER_UNKNOWN',
  status: 400,
  title: 'The route has no query parameter of this name',
});
const empty = defineProblem({ code: 'PARAMETER_EMPTY', status: 400, title: 'A query parameter has no value' });

/** Of a name that was sent, so much is quoted. */
const QUOTED = 100;

interface Argument {
  /** `@Query('name')` */
  readonly data?: unknown;
  /** `@Query({ schema })` */
  readonly schema?: unknown;
}

/**
 * Which query parameters each route has, read once at boot from the schema of its `@Query`; one without takes none. A filter that
 * is misspelt would show everything, and an option that is dropped would have its default: whoever sent it means something by it.
 */
@Injectable()
export class QueryNames {
  private readonly routes = new Map<string, ReadonlySet<string>>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** Reads all controllers. Throws on a route with a query that does not name its parameters. */
  build(): void {
    for (const route of declaredRoutes(this.discovery, this.scanner))
      this.routes.set(routeKey(route.method, route.pattern), new Set(namesOf(route)));
  }

  /** Throws PARAMETER_UNKNOWN for a parameter that the route does not have, PARAMETER_EMPTY for one without a value. */
  require({ method, routeOptions, query }: FastifyRequest): void {
    for (const [parameter, value] of Object.entries(query as Record<string, string | string[]>)) {
      const known = this.routes.get(routeKey(method, routeOptions.url)) ?? new Set();
      if (!known.has(parameter))
        throw unknown('mend its name or leave it out', { parameter: parameter.slice(0, QUOTED), known: [...known] });
      if ([value].flat().includes('')) throw empty('give it one or leave it out', { parameter });
    }
  }
}

function namesOf({ controller, name, method, pattern }: DeclaredRoute): string[] {
  const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<string, Argument>;
  return Object.entries(args)
    .filter(([key]) => key.startsWith(`${RouteParamtypes.QUERY}:`))
    .flatMap(([, { data, schema }]) => {
      if (typeof data === 'string') return [data];
      if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
      throw new Error(`route ${method} ${pattern} has a query that does not name its parameters`);
    });
}
