// `npm run generate`: writes every generated file anew, in order.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GENERATORS } from './generators.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
for (const { name, script } of GENERATORS) {
  process.stdout.write(`generating ${name}\n`);
  const { status } = spawnSync(process.execPath, [join(ROOT, script), 'generate'], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
