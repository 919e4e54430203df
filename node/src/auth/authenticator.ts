import { Injectable } from '@nestjs/common';
import { ApiKeys } from './api-keys.js';
import { Oidc } from './oidc.js';
import type { Principal } from './principal.js';

/** Tells who a request's Authorization header stands for. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly oidc: Oidc,
  ) {}

  /** The caller, or undefined when the header is no bearer credential that this node accepts. */
  async authenticate(header: string): Promise<Principal | undefined> {
    const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
    if (!token) return undefined;
    return token.startsWith('tp_') ? this.apiKeys.recognise(token) : this.oidc.recognise(token);
  }
}
