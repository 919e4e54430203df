import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Contents by path from the repository's root, where every script runs. */
export type GeneratedFiles = Readonly<Record<string, string>>;

/**
 * Ends a generator: with `generate` writes its files, with `check` compares them and sets exit code 1 when one differs.
 * `folder` holds nothing but its files: what else lies there is removed, or named as stale.
 */
export function settle(files: GeneratedFiles, folder?: string): void {
  const surplus = folder ? filesIn(folder).filter((path) => !(path in files)) : [];
  if (process.argv[2] !== 'check') {
    for (const path of surplus) rmSync(path);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    return;
  }
  const stale = Object.entries(files).filter(
    ([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text,
  );
  for (const path of [...surplus, ...stale.map(([each]) => each)]) {
    process.stderr.write(`${path} is not what the sources say now: npm run generate, and look at what changed\n`);
    process.exitCode = 1;
  }
}

/** JSON as every generated file has it: keys in the order given, two spaces, a closing line feed. */
export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function filesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}
