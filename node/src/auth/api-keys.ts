import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/index.js';
import { sameSecret } from '../kernel/prefixed-secret.js';
import { generateApiKey, parseApiKey } from './api-key.js';
import { type ApiKeyRow, ApiKeyStore } from './api-key.store.js';
import type { Principal } from './principal.js';
import { apiKeyLast, apiKeyUnknown } from './problems.js';
import type { DeskRole } from './roles.js';

/** A key's row is believed for this long: a key revoked at another process of this node lives on for as much. */
const CACHE_MS = 2000;
const CACHE_SIZE = 1000;

/** Makes, revokes and recognises API keys. */
@Injectable()
export class ApiKeys {
  private readonly cache = new Map<string, { row: ApiKeyRow | undefined; until: number }>();

  constructor(
    private readonly store: ApiKeyStore,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Makes a key; `text` is the only copy of its secret. */
  async create(name: string, roles: DeskRole[], by: string): Promise<{ row: ApiKeyRow; text: string }> {
    const { id, text, secretHash } = generateApiKey();
    return { row: await this.store.insert({ id, name, secretHash, roles, createdBy: by }), text };
  }

  list(): Promise<ApiKeyRow[]> {
    return this.store.list();
  }

  /** Within a unit: revokes the key; again is no error. Throws API_KEY_UNKNOWN, API_KEY_LAST_ADMIN. */
  async revoke(id: string, by: string): Promise<ApiKeyRow> {
    const admins = await this.store.lockAdmins();
    if (admins.length === 1 && admins[0] === id) throw apiKeyLast('make another key with the role ADMIN first', { id });
    await this.store.revoke(id, by);
    const row = await this.store.find(id);
    if (!row) throw apiKeyUnknown('no key has this id', { id });
    this.unitOfWork.afterCommit(() => void this.cache.delete(id));
    return row;
  }

  /** Who a key's text stands for; undefined when it is malformed, unknown, wrong or revoked. */
  async recognise(text: string): Promise<Principal | undefined> {
    const key = parseApiKey(text);
    if (!key) return undefined;
    const row = await this.cached(key.id);
    if (!row || row.revokedAt || !sameSecret(row.secretHash, key.secretHash)) return undefined;
    return { credential: `key:${row.id}`, name: row.name, roles: row.roles };
  }

  private async cached(id: string): Promise<ApiKeyRow | undefined> {
    const hit = this.cache.get(id);
    if (hit && hit.until > performance.now()) return hit.row;
    const row = await this.store.find(id);
    // Made-up ids would fill it; it only has to hold the keys in use.
    if (this.cache.size >= CACHE_SIZE) this.cache.clear();
    this.cache.set(id, { row, until: performance.now() + CACHE_MS });
    return row;
  }
}
