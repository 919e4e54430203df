import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiKeys } from '../../node/src/auth/api-keys.js';
import type { DeskRole } from '../../node/src/auth/index.js';
import type { Config, Settings } from '../../node/src/config/index.js';
import { createApp, orClose } from '../../node/src/create-app.js';
import { makeMemberKeys } from '../../scripts/consortium/keys.js';
import { testConfig } from './config.js';
import { migratedDatabase } from './migrated-database.js';

/** What folders of key files of this process are called: what is left of them tells who left it. */
export const KEYS_FOLDER = `tradeproof-keys-${process.pid}-`;

/** A key file of a member, for as long as the test needs it. */
function testKeys(): { path: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), KEYS_FOLDER));
  const path = join(dir, 'keys.json');
  writeFileSync(path, JSON.stringify(makeMemberKeys()), { mode: 0o600 });
  return { path, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

export interface TestApi {
  readonly app: NestFastifyApplication;
  readonly databaseUrl: string;
  /** What was logged so far, one JSON text a line. */
  readonly logs: string[];
  /** Value of an Authorization header of a new API key. */
  bearer(...roles: DeskRole[]): Promise<string>;
  stop(): Promise<void>;
}

/**
 * The node's plumbing with the given rooms over a fresh database, initialised; it listens only if the test says so. With
 * the key file that it makes, which lies in the clear, it counts as embedded unless the settings say otherwise.
 */
export async function testApi(rooms: Type[], settings: Partial<Settings> = {}): Promise<TestApi> {
  const database = settings.databaseUrl ? undefined : await migratedDatabase();
  const databaseUrl = settings.databaseUrl ?? database!.url;
  const logs: string[] = [];
  const keys = settings.keysFile ? undefined : testKeys();
  const own = keys && { keysFile: keys.path, embedded: true };
  const config = testConfig({ logLevel: 'info', rateLimit: 0, ...own, ...settings, databaseUrl });
  const cleanUp = async () => {
    await database?.drop();
    keys?.remove();
  };
  const app = await started(config, rooms, logs).catch(async (error: unknown) => {
    await cleanUp();
    throw error;
  });
  return {
    app,
    databaseUrl,
    logs,
    bearer: async (...roles) =>
      `Bearer ${(await app.get(ApiKeys, { strict: false }).create('test', roles, 'test')).text}`,
    stop: async () => {
      await app.close();
      await cleanUp();
    },
  };
}

async function started(config: Config, rooms: Type[], logs: string[]): Promise<NestFastifyApplication> {
  const app = await createApp(config, { rooms, logTo: { write: (line) => void logs.push(line) } });
  await orClose(app, () => app.init());
  await app.getHttpAdapter().getInstance().ready();
  return app;
}
