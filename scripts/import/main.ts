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

async function main(args: readonly string[]): Promise<number> {
  const settings = readSettings(args, process.env);
  const { path, url, apiKey, batch, json, inFlight } = settings;
  const chunk = { items: settings.chunk, bytes: MOST_BYTES };
  const source = openSource(path, settings);
  const { supplier, format, delimiter } = settings;
  const reading = JSON.stringify({ supplier, format, delimiter, chunk: settings.chunk });
  const journal = Journal.open(settings.journal, { url, batch, reading });
  const refused = new RefusedFile(settings.refused);
  const door = new NodeDoor({ url, apiKey, batch, run: journal.run, patienceMs: PATIENCE_MS });
  const progress = new Progress(process.stderr, source.total);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  const summary = await runImport(source, {
    ...{ door, journal, refused, progress, inFlight, chunk, stop: stop.signal },
  });
  journal.close();
  refused.close();
  const left = summary.there > 0 || !isAllPosted(summary) ? `; see ${settings.refused}` : '';
  if (json) process.stdout.write(`${JSON.stringify({ ...summary, interrupted: stop.signal.aborted })}\n`);
  else process.stdout.write(`${wordsOf(summary)}${left}\n`);
  if (stop.signal.aborted) process.stderr.write('tradeproof: interrupted; run it again to go on\n');
  return stop.signal.aborted ? 130 : isAllPosted(summary) ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ImportStopped)) throw error;
  const { code, message } = error;
  process.stderr.write(`tradeproof: ${message} [${code}]\n${code === 'USAGE' ? `\n${USAGE}` : ''}`);
  process.exitCode = 2;
}
