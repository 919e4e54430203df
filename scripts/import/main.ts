/**
 * `npm run import`. Node's own exit code for what nobody catches is 1, which says here that all but what was refused is posted: so this
 * comes before anything is loaded.
 */
process.on('uncaughtException', (error) => {
  process.stderr.write(`tradeproof: ${error.stack ?? String(error)}\n`);
  process.exit(2);
});

const { runCommand } = await import('./command.js');
process.exitCode = await runCommand(process.argv.slice(2));
