import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fromCaller } from '../lib/from-caller.js';
import { isSameFile } from '../lib/same-file.js';
import { type Format, FORMATS } from './sources/open-source.js';
import { ImportStopped } from './stopped.js';

export const USAGE = `npm run import -- FILE|FOLDER [options]

  Posts the purchase orders of an NDJSON or CSV file, or of a folder of UBL files, at this member's node. Stopped or killed, it goes on
  where it was when it is run again; no order is posted twice. docs/import.md.

  --supplier NAME   for orders that name no supplier; always for a folder
  --url URL         the node, else TRADEPROOF_URL
  --batch           anchors what goes to one supplier as one batch a request
  --format FORMAT   ndjson, csv or ubl, else as the name says
  --delimiter CHAR  of a CSV file, by default ,
  --journal FILE    what is done, by default FILE.import
  --refused FILE    what was refused, by default FILE.refused.ndjson
  --chunk N         orders a request, 1 to 1000, by default 500
  --in-flight N     requests at once, 1 to 16, by default 2
  --json            the summary as JSON

  TRADEPROOF_API_KEY_FILE names a file with a key of the order desk; or TRADEPROOF_API_KEY is the key.
  Exit code: 0 all is posted, 1 some were refused or stand with other content, 2 it could not be finished, 130 it was interrupted.
`;

export interface ImportSettings {
  readonly path: string;
  readonly supplier?: string;
  readonly url: string;
  readonly apiKey: string;
  readonly batch: boolean;
  readonly format?: Format;
  readonly delimiter?: string;
  readonly journal: string;
  readonly refused: string;
  /** Orders a request. */
  readonly chunk: number;
  readonly inFlight: number;
  readonly json: boolean;
}

const OPTIONS = {
  supplier: { type: 'string' },
  url: { type: 'string' },
  format: { type: 'string' },
  delimiter: { type: 'string' },
  journal: { type: 'string' },
  refused: { type: 'string' },
  chunk: { type: 'string', default: '500' },
  'in-flight': { type: 'string', default: '2' },
  batch: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** What the command line and the environment say. Throws ImportStopped; the key is in no message. */
export function readSettings(args: readonly string[], env: Environment): ImportSettings {
  const { positionals, values } = parsed(args);
  const [path, ...rest] = positionals;
  if (path === undefined || rest.length > 0) throw new ImportStopped('USAGE', 'name one file or folder');
  const at = (name: string) => fromCaller(name, env);
  const { supplier, delimiter, batch, json } = values;
  const format = FORMATS.find((each) => each === values.format);
  if (values.format !== undefined && !format) throw new ImportStopped('USAGE', `--format is ${FORMATS.join(', ')}`);
  if (delimiter !== undefined && [...delimiter].length !== 1)
    throw new ImportStopped('USAGE', '--delimiter is one character');
  const chunk = wholeUpTo(1000, '--chunk', values.chunk);
  const inFlight = wholeUpTo(16, '--in-flight', values['in-flight']);
  const source = at(path);
  const journal = at(values.journal ?? `${source}.import`);
  const refused = at(values.refused ?? `${source}.refused.ndjson`);
  requireApart({ 'the source': source, 'the journal': journal, 'the file of what is refused': refused });
  return {
    ...{ path: source, journal, refused, supplier, format, delimiter, batch, json, chunk, inFlight },
    url: readUrl(values.url ?? env['TRADEPROOF_URL']),
    apiKey: readKey(env, at),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new ImportStopped('USAGE', (error as Error).message);
  }
}

/** What was refused takes its file's place, whatever is there. */
function requireApart(paths: Readonly<Record<string, string>>): void {
  const named = Object.entries(paths);
  for (const [i, [what, path]] of named.entries())
    for (const [other, place] of named.slice(i + 1))
      if (isSameFile(path, place)) throw new ImportStopped('USAGE', `${what} and ${other} are one file: ${path}`);
}

function wholeUpTo(most: number, option: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new ImportStopped('USAGE', `${option} is 1 to ${most}`);
}

/** Keys and orders go to other machines over TLS alone. */
function readUrl(text: string | undefined): string {
  const url = text === undefined ? null : URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new ImportStopped('USAGE', 'say by --url or TRADEPROOF_URL where the node is');
  // In no message and no file: fetch refuses it, and it may hold a password.
  if (url.username || url.password || url.search || url.hash)
    throw new ImportStopped('USAGE', 'the URL of the node has no user, password, query or fragment');
  const here = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url.protocol === 'http:' && !here)
    throw new ImportStopped('URL_INSECURE', `${url.host} is not this machine: use https`);
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function readKey(env: Environment, at: (name: string) => string): string {
  const file = env['TRADEPROOF_API_KEY_FILE'];
  const key = (file === undefined ? env['TRADEPROOF_API_KEY'] : keyIn(at(file)))?.trim();
  if (!key || !/^[\x21-\x7e]+$/.test(key))
    throw new ImportStopped('API_KEY_MISSING', 'no key is in TRADEPROOF_API_KEY_FILE or TRADEPROOF_API_KEY');
  return key;
}

function keyIn(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ImportStopped('API_KEY_MISSING', `${path} cannot be read (${code ?? 'error'})`);
  }
}
