#!/usr/bin/env node
// `npx tradeproof`: the offline verifier, built from the sources when it is not there yet (no network is used);
// `npx tradeproof doctor` and `import` need the node's libraries and its Node.
if (['doctor', 'import'].includes(process.argv[2])) {
  await import('./bootstrap.mjs');
} else {
  const { buildVerifier, COMMAND } = await import('./verifier/build.mjs');
  try {
    await buildVerifier();
  } catch (error) {
    process.stderr.write(`tradeproof: cannot be built (${error.message}); run \`npm install\` first\n`);
    process.exit(2);
  }
  await import(COMMAND);
}
