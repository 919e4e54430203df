import { readFileSync, statSync } from 'node:fs';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { Config } from '../config/index.js';
import { UnitOfWork } from '../database/index.js';
import { parseApiKey } from './api-key.js';
import { type ApiKeyRow, ApiKeyStore } from './api-key.store.js';
import { DESK_ROLES, type DeskRole } from './roles.js';

/**
 * Takes in the first key from the file that the settings name: a line `tp_<id>_<secret>`. Only while no live ADMIN key is
 * there, and never an id that was there before, so a leaked old file opens nothing. It gets the role ADMIN; all roles in
 * the embedded consortium. A second administrator's key comes beside others: who runs the machine vouches for it (docs/adr/0060).
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
    const { bootstrapApiKeyFile: first, secondAdminKeyFile: second } = this.config;
    if (first) await this.unitOfWork.run(() => this.takeInFirst(first));
    if (second) await this.unitOfWork.run(() => this.takeInSecond(second));
  }

  private async takeInFirst(path: string): Promise<void> {
    await this.alone();
    if ((await this.store.lockAdmins()).length > 0) return;
    const key = readKey(path);
    if (await this.store.find(key.id)) throw revoked(path);
    await this.add(key, 'bootstrap', this.config.embedded ? [...DESK_ROLES] : ['ADMIN']);
  }

  private async takeInSecond(path: string): Promise<void> {
    await this.alone();
    const key = readKey(path);
    const known = await this.store.find(key.id);
    // Whoever revoked it is an administrator that is left: no reason to stop every process at its next start.
    if (known?.revokedAt)
      this.logger.warn({ key: key.id }, 'the second administrator’s key was revoked: put a new one in its file');
    if (!known) await this.add(key, 'second administrator', ['ADMIN']);
  }

  /** Two processes that start at once read the same file. */
  private async alone(): Promise<void> {
    await this.unitOfWork.manager.query('LOCK TABLE auth_api_keys IN SHARE ROW EXCLUSIVE MODE');
  }

  private async add({ id, secretHash }: Key, name: string, roles: DeskRole[]): Promise<void> {
    await this.store.insert({ id, name, secretHash, roles, createdBy: 'node' });
    await this.audit.record({
      actor: 'node',
      action: `${name} API key`,
      object: id,
      outcome: 'ok',
      facts: { roles },
    });
    this.logger.log({ key: id }, `an API key was taken in: ${name}`);
  }
}

type Key = Pick<ApiKeyRow, 'id' | 'secretHash'>;

const revoked = (path: string): Error => new Error(`the key of ${path} was revoked; put a new one there`);

function readKey(path: string): Key {
  if ((statSync(path).mode & 0o077) !== 0)
    throw new Error(`${path} holds a secret: only its owner may read it (chmod 600)`);
  const key = parseApiKey(readFileSync(path, 'utf8').trim());
  if (!key) throw new Error(`${path} holds no API key of the form tp_<id>_<secret>`);
  return key;
}
