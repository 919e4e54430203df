import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Principal } from './principal.js';
import type { DeskRole } from './roles.js';

export const ALLOW = Symbol('ALLOW');
export const PUBLIC = Symbol('PUBLIC');

/** Names the roles that may call a route (or each route of a class). Boot refuses a route with neither this nor @Public. */
export const Allow = (...roles: [DeskRole, ...DeskRole[]]) => SetMetadata(ALLOW, roles);

/** Lets anyone call a route, without a credential. */
export const Public = () => SetMetadata(PUBLIC, true);

/** The caller, as a parameter of a route that is not @Public. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal | undefined => {
  return context.switchToHttp().getRequest<{ principal?: Principal }>().principal;
});
