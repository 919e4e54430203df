import 'reflect-metadata';
import { Config } from './config/index.js';
import { createApp } from './create-app.js';

/** A process that cannot stop in this time is stopped hard; what it had not committed is undone by the database. */
const STOP_MS = 20_000;

async function main(): Promise<void> {
  const config = Config.fromEnvironment();
  const app = await createApp(config);
  await app.listen(config.port, config.host);
  const url = await app.getUrl();
  // A supervisor that spawned this process with an IPC channel learns the port, and takes us with it when it goes.
  process.send?.({ type: 'ready', url });

  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.on(event, stop);
}

main().catch((error: unknown) => {
  // The logger may not be there yet, and settings' errors name variables, never values.
  process.stderr.write(
    `tradeproof cannot start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(1);
});
