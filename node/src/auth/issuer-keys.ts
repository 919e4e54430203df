import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

const TIMEOUT_MS = 5000;
/** A token names a key that is not known here: the issuer is asked again, but no more often than this. */
const ASK_AGAIN_MS = 5000;
/** A key that the issuer no longer lists is believed for at most this long. */
const KEYS_LIVE_MS = 600_000;
/** An issuer that did not answer as it should is left alone for so long (ms): anybody can send what looks like a token. */
const REST_MS = 5000;

/** The keys of one issuer, fetched when they are first asked for. */
export class IssuerKeys {
  private keys?: Promise<JWTVerifyGetKey>;
  private restUntil = 0;

  constructor(
    private readonly issuer: string,
    /** Where the keys are, when the issuer is not to be asked for that. */
    private readonly jwksUrl?: string,
  ) {}

  /** Shared by all who ask meanwhile. Rejects with whatever keeps the issuer from being asked, for a while without asking it. */
  get(): Promise<JWTVerifyGetKey> {
    this.keys ??= this.find().catch((error: unknown) => {
      setTimeout(() => (this.keys = undefined), REST_MS).unref();
      throw error;
    });
    return this.keys;
  }

  private async find(): Promise<JWTVerifyGetKey> {
    return createRemoteJWKSet(new URL(this.jwksUrl ?? (await discover(this.issuer))), {
      timeoutDuration: TIMEOUT_MS,
      cooldownDuration: ASK_AGAIN_MS,
      cacheMaxAge: KEYS_LIVE_MS,
      [customFetch]: (url, options) => this.fetch(url, options),
    });
  }

  private async fetch(url: string, options: RequestInit): Promise<Response> {
    if (performance.now() < this.restUntil) throw new Error('the issuer did not answer as it should a moment ago');
    let isKeySet = false;
    try {
      const response = await fetch(url, options);
      isKeySet = response.status === 200 && (await holdsKeys(response.clone()));
      return response;
    } finally {
      this.restUntil = isKeySet ? 0 : performance.now() + REST_MS;
    }
  }
}

async function holdsKeys(response: Response): Promise<boolean> {
  const body = (await response.json().catch(() => null)) as { keys?: unknown } | null;
  return Array.isArray(body?.keys);
}

async function discover(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const found = discovery.parse(await response.json());
  if (found.issuer !== issuer) throw new Error('the discovery document is of another issuer');
  return found.jwks_uri;
}
