import { randomBytes } from 'node:crypto';
import { generateApiKey } from '../../node/src/auth/api-key.js';
import { sealKeys } from '../../node/src/config/index.js';
import type { Chamber, MemberRole } from '../../node/src/members/domain/roles.js';
import { makeMemberKeys, publicKeysOf } from '../consortium/keys.js';
import type { MemberCard } from './cards.js';
import { makeKeystore } from '../lib/keystore.js';

export interface MemberPlan {
  readonly name: string;
  readonly roles: readonly MemberRole[];
  readonly chamber: Chamber;
  readonly endpoint: string;
}

/** A file to write, below the member's folder; `group` may be read by the group too, which the service's user is in. */
export interface SecretFile {
  readonly path: string;
  readonly text: string;
  readonly group?: boolean;
}

const secret = (): string => randomBytes(24).toString('base64url');

/**
 * All that a member keeps to itself, and the card for the others. The admin's key, which replaces all others, is in a
 * keystore of its own under a passphrase of its own: it belongs on no server.
 */
export async function makeMember(plan: MemberPlan): Promise<{ files: SecretFile[]; card: MemberCard }> {
  const { admin, ...keys } = makeMemberKeys();
  const accounts = publicKeysOf({ ...keys, admin });
  const [passphrase, adminPassphrase, databasePassword, queuePassword] = [secret(), secret(), secret(), secret()];
  const keystore = await makeKeystore(accounts.admin, admin!, adminPassphrase);
  const { name } = plan;
  const files = [
    { path: 'node/keys.json', text: JSON.stringify(sealKeys(keys, passphrase)) },
    { path: 'node/keys-passphrase', text: passphrase },
    { path: 'node/api-key', text: generateApiKey().text },
    {
      path: 'node/database-url',
      text: `postgres://tradeproof:${databasePassword}@${name}-postgres:5432/tradeproof`,
    },
    { path: 'node/queue-url', text: `redis://:${queuePassword}@${name}-redis:6379` },
    { path: 'postgres/password', text: databasePassword, group: true },
    { path: 'redis/redis.conf', text: redisConf(queuePassword), group: true },
    { path: 'admin/keystore.json', text: keystore },
    { path: 'admin/passphrase', text: adminPassphrase },
  ];
  const card = { ...plan, roles: [...plan.roles], ...accounts, keys: [...accounts.keys] };
  return { files, card: { format: 'tradeproof-member', version: 1, ...card } };
}

// A job is a wake-up, and the truth is in PostgreSQL: an evicted key costs a second, a refused write is heard of.
const redisConf = (password: string) => `requirepass ${password}\nappendonly yes\nmaxmemory-policy noeviction\n`;
