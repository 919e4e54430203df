import { Journal } from './journal.js';
import { NodeDoor } from './node-door.js';
import { Progress } from './progress.js';
import { RefusedFile } from './refused-file.js';
import { runImport } from './run-import.js';
import { readSettings, USAGE } from './settings.js';
import { openSource } from './sources/open-source.js';
import { ImportStopped } from './stopped.js';
import { isAllPosted, wordsOf } from './summary.js';

/** Of a request: well below the largest that a node takes. */
const MOST_BYTES = 2.5 * 1024 * 1024;
const PATIENCE_MS = 600_000;

/** Imports what the command line names, and returns the exit code. Whatever ends it is said on stderr. */
export const runCommand = (args: readonly string[]): Promise<number> => imported(args).catch(told);

async function imported(args: readonly string[]): Promise<number> {
  const settings = readSettings(args, process.env);
  const { path, url, apiKey, batch, json, inFlight } = settings;
  const chunk = { items: settings.chunk, bytes: MOST_BYTES };
  const source = openSource(path, settings);
  const { supplier, format, delimiter } = settings;
  const reading = JSON.stringify({ supplier, format, delimiter, chunk: settings.chunk });
  const journal = Journal.open(settings.journal, { url, batch, reading });
  const refused = new RefusedFile(settings.refused);
  const stop = stopBySignal();
  const door = new NodeDoor({ url, apiKey, batch, run: journal.run, patienceMs: PATIENCE_MS, stop });
  const progress = new Progress(process.stderr, source.total);
  const parts = { door, journal, refused, progress, inFlight, chunk, stop };
  const summary = await runImport(source, parts).catch((error: unknown) => {
    refused.abandon();
    // Told to stop, it no longer waits for a node that does not answer. Whatever else ends it says so by itself.
    if (!(stop.aborted && error instanceof ImportStopped && error.code === 'NODE_UNREACHABLE')) throw error;
    throw new ImportStopped('INTERRUPTED', error.message);
  });
  journal.close();
  refused.close();
  const left = summary.there > 0 || !isAllPosted(summary) ? `; see ${settings.refused}` : '';
  if (json) process.stdout.write(`${JSON.stringify({ ...summary, interrupted: stop.aborted })}\n`);
  else process.stdout.write(`${wordsOf(summary)}${left}\n`);
  if (stop.aborted) process.stderr.write('tradeproof: interrupted; run it again to go on\n');
  return stop.aborted ? 130 : isAllPosted(summary) ? 0 : 1;
}

/** A terminal's one Ctrl-C comes several times within milliseconds: from the terminal itself, and from each who started this. */
const ANOTHER_AFTER_MS = 500;

/** Aborts at the first Ctrl-C; a second one ends the process where it is, which loses nothing either: what is done is in the journal. */
function stopBySignal(): AbortSignal {
  const stop = new AbortController();
  let first: number | undefined;
  const stopping = () => {
    const now = performance.now();
    if (first !== undefined && now - first < ANOTHER_AFTER_MS) return;
    if (first !== undefined) process.exit(130);
    first = now;
    process.stderr.write('\ntradeproof: stopping once the requests under way are answered; again to stop at once\n');
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stopping);
  return stop.signal;
}

/** Says why, and returns the exit code. */
function told(error: unknown): number {
  if (!(error instanceof ImportStopped)) {
    // Nobody's mistake but this program's: where it happened is worth keeping.
    process.stderr.write(`tradeproof: ${(error as Error).stack ?? String(error)}\n`);
    return 2;
  }
  const { code, message } = error;
  process.stderr.write(`tradeproof: ${message} [${code}]\n${code === 'USAGE' ? `\n${USAGE}` : ''}`);
  return code === 'INTERRUPTED' ? 130 : 2;
}
