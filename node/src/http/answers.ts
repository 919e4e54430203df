import { SetMetadata } from '@nestjs/common';

/** A command taken in: what it makes is known, the chain has yet to agree. */
export class Accepted {
  constructor(
    readonly id: string,
    readonly submission: string,
  ) {}
}

/** A command that is finished when its unit of work commits. */
export class Done<Resource = unknown> {
  constructor(
    readonly resource: Resource,
    readonly status: number,
  ) {}
}

/**
 * Ends a command that the chain decides: answered 202 `{id, submission: {id, status}}`, or with `Prefer: wait=N` by the
 * resource that the route's {@link Loads} gives once it is included and indexed, or by the problem of its refusal.
 */
export function accepted(result: { id: string; submission: string | { id: string } }): Accepted {
  const { id, submission } = result;
  return new Accepted(id, typeof submission === 'string' ? submission : submission.id);
}

/** Ends a command that needs no chain, with the resource and 200 or 201. */
export function done<Resource>(resource: Resource, status: 200 | 201 = 201): Done<Resource> {
  return new Done(resource, status);
}

export const LOADS = Symbol('LOADS');

/** Gives the resource that an accepted command made; `routes` is the controller's instance. */
export type Load<Routes = unknown> = (routes: Routes, made: { id: string; submission: string }) => Promise<unknown>;

/**
 * Required on each route that returns {@link accepted}: `@Loads<OrderRoutes>((routes, { id }) => routes.get(id))`.
 * It stands on the route and not in the answer because a repeat, perhaps after a restart, loads without running the command.
 */
export const Loads = <Routes>(load: Load<Routes>) => SetMetadata(LOADS, load);
