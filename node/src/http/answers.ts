import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiAcceptedResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { itemsRefused } from '../errors/index.js';

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
    readonly once: boolean,
    readonly passing: boolean,
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

/**
 * Ends a command that needs no chain, with the resource and 200 or 201. `once` is for an answer with a secret in it: it is not
 * kept, and a repeat with the same Idempotency-Key is refused with SHOWN_ONCE, whose facts have the resource's `id`. `passing` is
 * for one that the same request may get another of later, and that takes nothing twice: the key stays free.
 */
export function done<Resource>(
  resource: Resource,
  status: 200 | 201 = 201,
  { once = false, passing = false }: { once?: boolean; passing?: boolean } = {},
): Done<Resource> {
  return new Done(resource, status, once, passing);
}

/** Ends a command on many with what became of each. Throws ITEMS_REFUSED when all are refused: nothing was done then. */
export function doneOfMany<Item extends { readonly refusal: unknown }>(
  items: readonly Item[],
): Done<{ items: readonly Item[] }> {
  if (items.every(({ refusal }) => refusal !== null)) throw itemsRefused('see why each of them is', { items });
  return done({ items });
}

/** What an answer to a command on many says and what not, for readers of the API. */
export const TAKEN_IN =
  '201 says that they were taken in, not that the chain agreed: what becomes of each is told by its `submission` (`GET /v1/submissions/{id}`), and ' +
  '`Prefer: wait` waits for none.';

export const LOADS = Symbol('LOADS');

/** Gives the resource that an accepted command made; `routes` is the controller's instance. */
export type Load<Routes = unknown> = (routes: Routes, made: { id: string; submission: string }) => Promise<unknown>;

const acceptedBody = z.object({
  id: z.string().describe('Id of what the command makes or changes.'),
  submission: z.object({
    id: z.string(),
    status: z.enum(['QUEUED', 'SENT', 'INCLUDED']),
  }),
});

/**
 * Required on each route that returns {@link accepted}: `@Loads<OrderRoutes>((routes, { id }) => routes.get(id))`.
 * It stands on the route and not in the answer because a repeat, perhaps after a restart, loads without running the command.
 */
export const Loads = <Routes>(load: Load<Routes>) =>
  applyDecorators(
    SetMetadata(LOADS, load),
    ApiAcceptedResponse({ description: 'Taken in; the chain has yet to decide.', standardSchema: acceptedBody }),
  );

export const OWN_UNIT = Symbol('OWN_UNIT');

/** For a route whose writes are no commands of a client: it opens its own units of work, and is neither idempotent by key nor audited. */
export const OwnUnit = () => SetMetadata(OWN_UNIT, true);
