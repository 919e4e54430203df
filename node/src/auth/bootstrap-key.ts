import { readFileSync, statSync } from 'node:fs';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { Config } from '../config/index.js';
import { UnitOfWork } from '../database/index.js';
import { parseApiKey } from './api-key.js';
import { ApiKeyStore } from './api-key.store.js';
import { DESK_ROLES, type DeskRole } from './roles.js';

/**
 * Takes in the first key from the file that the settings name: a line `tp_<id>_<secret>`. Only while no live ADMIN key is
 * there, and never an id that was there before, so a leaked old file opens nothing. It gets the role ADMIN; all roles in
 * the embedded consortium.
 */
@Injectable()
export class BootstrapKey implements OnModuleInit {
  private readonly logger = new Logger(BootstrapKey.name);

  constructor(
    private readonly config: Config,
    private readonly store: ApiKeyStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  async onModuleInit(): Promise<void> {
    const path = this.config.bootstrapApiKeyFile;
    if (path) await this.unitOfWork.run(() => this.takeIn(path));
  }

  private async takeIn(path: string): Promise<void> {
    // Two processes that start at once read the same file.
    await this.unitOfWork.manager.query('LOCK TABLE auth_api_keys IN SHARE ROW EXCLUSIVE MODE');
    if ((await this.store.lockAdmins()).length > 0) return;
    const { id, secretHash } = readKey(path);
    if (await this.store.find(id)) throw new Error(`the key of ${path} was revoked; put a new one there`);
    const roles: DeskRole[] = this.config.embedded ? [...DESK_ROLES] : ['ADMIN'];
    await this.store.insert({ id, name: 'bootstrap', secretHash, roles, createdBy: 'node' });
    await this.audit.record({
      actor: 'node',
      action: 'bootstrap API key',
      object: id,
      outcome: 'ok',
      facts: { roles },
    });
    this.logger.log({ key: id }, 'the first API key was taken in');
  }
}

function readKey(path: string): { id: string; secretHash: Buffer } {
  if ((statSync(path).mode & 0o077) !== 0)
    throw new Error(`${path} holds a secret: only its owner may read it (chmod 600)`);
  const key = parseApiKey(readFileSync(path, 'utf8').trim());
  if (!key) throw new Error(`${path} holds no API key of the form tp_<id>_<secret>`);
  return key;
}
