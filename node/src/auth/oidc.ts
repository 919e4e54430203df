import { Injectable } from '@nestjs/common';
import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import { Config } from '../config/index.js';
import { defineProblem } from '../kernel/problem.js';
import { IssuerKeys } from './issuer-keys.js';
import type { Principal } from './principal.js';
import { DESK_ROLES, type DeskRole } from './roles.js';

const issuerUnavailable = defineProblem({
  code: 'TOKEN_ISSUER_UNAVAILABLE',
  status: 503,
  title: 'The keys of the token issuer cannot be fetched',
});

const LEEWAY_SECONDS = 30;

/** What the issuer's answer lacked, and no token: another status than 200 or no JSON, no set of public keys, none in time. */
const OF_THE_KEY_SET = new Set<string>(
  [errors.JOSEError, errors.JWKSInvalid, errors.JWKSTimeout].map(({ code }) => code),
);

/** Recognises bearer tokens of the member's own OpenID Connect issuer. Off unless the settings name one. */
@Injectable()
export class Oidc {
  private readonly keys?: IssuerKeys;

  constructor(private readonly config: Config) {
    if (config.oidcIssuer && !config.oidcAudience) throw new Error('an OIDC issuer needs TRADEPROOF_OIDC_AUDIENCE');
    if (config.oidcIssuer) this.keys = new IssuerKeys(config.oidcIssuer, config.oidcJwksUrl);
  }

  /** Who a token stands for; undefined when it is not one of this issuer, for this audience, live and well signed. */
  async recognise(token: string): Promise<Principal | undefined> {
    const { oidcIssuer: issuer, oidcAudience: audience, oidcAlgorithms: algorithms } = this.config;
    if (!this.keys || !isOf(token, issuer)) return undefined;
    try {
      const { payload } = await jwtVerify(token, await this.keys.get(), {
        issuer,
        audience,
        algorithms,
        clockTolerance: LEEWAY_SECONDS,
        requiredClaims: ['sub', 'exp'],
      });
      const name = payload['preferred_username'];
      return {
        credential: `oidc:${payload.sub}`,
        name: typeof name === 'string' ? name : payload.sub!,
        roles: this.rolesOf(payload),
      };
    } catch (error) {
      if (error instanceof errors.JOSEError && !OF_THE_KEY_SET.has(error.code)) return undefined;
      throw issuerUnavailable('send the request again later', { retryAfterSeconds: 5 });
    }
  }

  private rolesOf(payload: JWTPayload): DeskRole[] {
    const claim = claimAt(payload, this.config.oidcRolesClaim);
    const named = typeof claim === 'string' ? claim.split(/[\s,]+/) : Array.isArray(claim) ? claim : [];
    return DESK_ROLES.filter((role) => named.includes(role));
  }
}

/** Whether it says so, which proves nothing: the keys are not fetched for anything else. */
function isOf(token: string, issuer: string | undefined): boolean {
  try {
    return decodeJwt(token).iss === issuer;
  } catch {
    return false;
  }
}

/** A claim by its name, which may be a URL, or by a JSON Pointer into nested ones: `/realm_access/roles`. */
function claimAt(payload: JWTPayload, place: string): unknown {
  if (!place.startsWith('/')) return payload[place];
  const names = place.slice(1).split('/');
  return names.reduce<unknown>((value, name) => {
    const key = name.replaceAll('~1', '/').replaceAll('~0', '~');
    return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
      ? (value as Record<string, unknown>)[key]
      : undefined;
  }, payload);
}
