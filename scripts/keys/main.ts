import { parseArgs } from 'node:util';
import { fromCaller } from '../lib/from-caller.js';
import { type KeysOptions, runKeys } from './run.js';

const USAGE = `usage: npm run keys -- COMMAND --keys-file FILE --passphrase-file FILE

  new --admin-keystore FILE   a new member's secrets, sealed, and its admin key in a keystore to be kept elsewhere
  seal                        seals a key file that lies in the clear
  show                        what the registry lists of the keys: accounts and public keys
  next KIND                   lays a new key beside the present one: operator, signing, encryption, tag
  switch KIND                 puts it in the present one's place, once the registry lists it
  discard KIND                drops it, if the registry does not list it
  replace-documents           makes a new key for documents, which no registry lists; the former one stays beside it
  forget-documents            drops former keys for documents, once GET /v1/vault says CURRENT; older backups of the
                              database still need them: keep the key file of before as long as those
  sign --admin-keystore FILE --passphrase-file FILE --to ADDRESS --data HEX --chain-id N --nonce N
                              signs what only the admin account may send; prints the raw transaction

Files are readable by their owner alone (0600). Nothing of this needs a network. docs/keys.md has the steps in order.
`;

/** The options that are paths, as they are meant. */
const pathsOf = (values: KeysOptions): KeysOptions =>
  Object.fromEntries(
    (['keys-file', 'passphrase-file', 'admin-keystore'] as const).flatMap((name) =>
      values[name] ? [[name, fromCaller(values[name])]] : [],
    ),
  );

const tell = (text: string) => process.stderr.write(`tradeproof: ${text}\n`);

try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      'keys-file': { type: 'string' },
      'passphrase-file': { type: 'string' },
      'admin-keystore': { type: 'string' },
      to: { type: 'string' },
      data: { type: 'string' },
      'chain-id': { type: 'string' },
      nonce: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help || positionals.length === 0) process.stdout.write(USAGE);
  else process.stdout.write(`${await runKeys(positionals, { ...values, ...pathsOf(values) }, tell)}\n`);
} catch (error) {
  process.stderr.write(`tradeproof: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
