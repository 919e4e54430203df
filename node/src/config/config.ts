import { readFileSync } from 'node:fs';
import { configSchema, type Settings } from './schema.js';

const PREFIX = 'TRADEPROOF_';

/** Settings that hold credentials: each may be given as the path of a file instead, by its variable's name with `_FILE`. */
export const FROM_FILES: readonly string[] = ['databaseUrl', 'queueUrl', 'rpcUrls'];

// Gives the class the settings' properties without listing them a second time.
const Base = class {
  constructor(settings: Settings) {
    Object.assign(this, settings);
  }
} as new (settings: Settings) => Readonly<Settings>;

/** The settings of this process, frozen. Inject it; nothing else reads the environment. */
export class Config extends Base {
  constructor(settings: Settings) {
    super(settings);
    Object.freeze(this);
  }

  /** Reads TRADEPROOF_* of `env`. Throws naming each faulty variable, never its value. */
  static fromEnvironment(env: NodeJS.ProcessEnv = process.env): Config {
    const names = Object.keys(configSchema.shape);
    const given = names.map((name) => [name, textOf(name, env)] as const);
    const result = configSchema.safeParse(Object.fromEntries(given));
    if (result.success) return new Config(result.data);
    const faults = result.error.issues.map((issue) => `${variableOf(String(issue.path[0]))}: ${issue.message}`);
    throw new Error(`unusable settings\n  ${faults.join('\n  ')}`);
  }
}

function textOf(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const variable = variableOf(name);
  const path = FROM_FILES.includes(name) ? env[`${variable}_FILE`]?.trim() : undefined;
  if (!path) return env[variable]?.trim() || undefined;
  if (env[variable]?.trim()) throw new Error(`unusable settings\n  ${variable} and ${variable}_FILE are both given`);
  try {
    return readFileSync(path, 'utf8').trim() || undefined;
  } catch {
    throw new Error(`unusable settings\n  ${variable}_FILE: ${path} cannot be read`);
  }
}

/** The environment variable of a setting: `databaseUrl` -> TRADEPROOF_DATABASE_URL. */
export function variableOf(setting: string): string {
  return PREFIX + setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
