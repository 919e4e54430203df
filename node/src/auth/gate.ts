import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Audit } from '../audit/audit.js';
import { RateLimiter } from '../http/rate-limiter.js';
import '../http/request.js';
import { AccessMap } from './access-map.js';
import { Authenticator } from './authenticator.js';
import type { Principal } from './principal.js';
import { forbidden, unauthenticated } from './problems.js';

/** Failed logins a minute and address that are answered 401 and audited; further ones are 429 and leave no row. */
const FAILURES_A_MINUTE = 60;

/** Failed logins a minute that leave a row, from wherever they come: who has many addresses grows no log without bound. */
const AUDITED_A_MINUTE = 600;

/** Lets a request through to its route, before its body is read. */
@Injectable()
export class Gate {
  private readonly failures = new RateLimiter(FAILURES_A_MINUTE);
  private readonly audited = new RateLimiter(AUDITED_A_MINUTE);

  constructor(
    private readonly authenticator: Authenticator,
    private readonly access: AccessMap,
    private readonly audit: Audit,
  ) {}

  /** Sets the request's principal. Throws UNAUTHENTICATED, also on a public route when a credential is there but wrong. */
  async identify(request: FastifyRequest): Promise<void> {
    const header = request.headers.authorization;
    // The scheme of /v1/tracking tokens and of other nodes' envelopes is theirs to read.
    if (header === undefined || this.accessOf(request) === 'public') return;
    request.principal = await this.authenticator.authenticate(header);
    if (request.principal) return;
    this.failures.take(request.ip);
    // Beyond it only the metric of requests counts them.
    if (this.audited.allows('anybody'))
      await this.audit.record({
        actor: 'anonymous',
        action: 'login',
        outcome: 'UNAUTHENTICATED',
        facts: { from: request.ip },
      });
    throw unauthenticated('the credential is unknown, wrong, expired or revoked');
  }

  /** Throws UNAUTHENTICATED or FORBIDDEN unless the route is public or the principal has one of its roles. */
  async admit(request: FastifyRequest): Promise<void> {
    const access = this.accessOf(request);
    // No controller declares it: it is answered 404, which needs no credential.
    if (access === 'public' || request.is404) return;
    const { principal } = request;
    if (!principal) throw unauthenticated('send Authorization: Bearer <API key or token>');
    if (access?.some((role) => principal.roles.includes(role))) return;
    await this.refused(principal, request);
    throw forbidden('ask an administrator of your member for one of the roles', { roles: access ?? [] });
  }

  /** Whether who was let in would be now: for an answer that goes on. Throws TOKEN_ISSUER_UNAVAILABLE, as for a new request. */
  async stillAdmits(request: FastifyRequest): Promise<boolean> {
    const now = await this.authenticator.authenticate(request.headers.authorization ?? '');
    if (!now || now.credential !== request.principal?.credential) return false;
    const access = this.accessOf(request);
    return access === 'public' || access?.some((role) => now.roles.includes(role)) === true;
  }

  private accessOf(request: FastifyRequest) {
    return this.access.of(request.method, request.routeOptions.url);
  }

  private async refused(principal: Principal, request: FastifyRequest): Promise<void> {
    const action = `${request.method} ${request.routeOptions.url}`;
    await this.audit.record({ actor: principal.credential, action, outcome: 'FORBIDDEN' });
  }
}
