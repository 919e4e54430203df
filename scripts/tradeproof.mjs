#!/usr/bin/env node
// `npx tradeproof`: the offline verifier, built from the sources when it is not there yet (no network is used).
import { buildVerifier, COMMAND } from './verifier/build.mjs';

try {
  await buildVerifier();
} catch (error) {
  process.stderr.write(`tradeproof: cannot be built (${error.message}); run \`npm install\` first\n`);
  process.exit(2);
}
await import(COMMAND);
