// Loads as tests do, but for one mutant: the file that TRADEPROOF_MUTANT_TEXT names has another text between two places.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { compile } from '../../test/support/typescript.mjs';

export { default } from '../../test/support/runtime.mjs';

const mutant = JSON.parse(process.env.TRADEPROOF_MUTANT_TEXT ?? 'null');

if (mutant)
  registerHooks({
    load(url, context, next) {
      if (!url.endsWith(`/${mutant.file}`)) return next(url, context);
      const text = readFileSync(fileURLToPath(url), 'utf8');
      return compile(url, text.slice(0, mutant.from) + mutant.text + text.slice(mutant.to));
    },
  });
