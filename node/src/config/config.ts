import { readFileSync } from 'node:fs';
import { PREFIX, unknownNames } from './known-names.js';
import { configSchema, type Settings } from './schema.js';

/** Settings that hold credentials: each may be given as the path of a file instead, by its variable's name with `_FILE`. */
export const FROM_FILES: readonly string[] = ['databaseUrl', 'queueUrl', 'rpcUrls'];

/** Settings that say nothing without another. */
const NEEDS: readonly [setting: keyof Settings, needed: keyof Settings][] = [
  ['oidcAudience', 'oidcIssuer'],
  ['oidcJwksUrl', 'oidcIssuer'],
  ['signerPublicKey', 'signerUrl'],
  ['signerOtherPublicKeys', 'signerUrl'],
];

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

  /** Reads TRADEPROOF_* of `env`. Throws naming each variable that is faulty or none of ours, never its value. */
  static fromEnvironment(env: NodeJS.ProcessEnv = process.env): Config {
    const names = Object.keys(configSchema.shape) as (keyof Settings)[];
    const given = names.map((name) => [name, textOf(name, env)] as const);
    const texts = Object.fromEntries(given);
    const result = configSchema.safeParse(texts);
    const issues = result.error?.issues ?? [];
    const faults = [
      ...issues.map((issue) => `${variableOf(String(issue.path[0]))}: ${issue.message}`),
      ...unknownNames(env, [...names.map(variableOf), ...FROM_FILES.map((name) => `${variableOf(name)}_FILE`)]).map(
        (name) => `${name}: there is no such setting (docs/configuration.md)`,
      ),
      ...NEEDS.filter(([setting, needed]) => texts[setting] && !texts[needed]).map(
        ([setting, needed]) => `${variableOf(setting)}: it needs ${variableOf(needed)}`,
      ),
    ];
    if (result.success && faults.length === 0) return new Config(result.data);
    throw new Error(`unusable settings\n  ${faults.join('\n  ')}`);
  }
}

/** What the environment, or the file that it names, says of one setting. Throws naming the variable, never its value. */
export function textOf(name: keyof Settings, env: NodeJS.ProcessEnv): string | undefined {
  const variable = variableOf(name);
  const path = FROM_FILES.includes(name) ? env[`${variable}_FILE`]?.trim() : undefined;
  if (!path) return env[variable]?.trim() || undefined;
  if (env[variable]?.trim()) throw new Error(`unusable settings\n  ${variable} and ${variable}_FILE are both given`);
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch {
    throw new Error(`unusable settings\n  ${variable}_FILE: ${path} cannot be read`);
  }
  if (!text) throw new Error(`unusable settings\n  ${variable}_FILE: ${path} is empty`);
  return text;
}

/** The environment variable of a setting: `databaseUrl` -> TRADEPROOF_DATABASE_URL. */
export function variableOf(setting: string): string {
  return PREFIX + setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
