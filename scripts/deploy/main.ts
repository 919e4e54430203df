import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { folderFrom, fromCaller } from '../lib/from-caller.js';
import { whole } from '../lib/whole.js';
import { deployFounding } from './deploy-founding.js';
import { endpointOf } from './endpoint.js';

const DAY = 86_400;
const USAGE = `npm run deploy -- [--rpc URL] [--dir DIR] [--out DIR] [--upgrade-delay S] [--voting-period S] [MEMBER CARD...]

  Deploys the registries behind their proxies from DIR/deployer (keystore.json, passphrase), with the members whose cards are
  given, else all in DIR/cards. Writes OUT/<chain id>.json and OUT/<chain id>.trust.json; OUT is DIR/deployments unless given.
  Without --rpc it asks the first of TRADEPROOF_RPC_URLS, or of the file that TRADEPROOF_RPC_URLS_FILE names; a URL with a password is taken
  from there alone.
  An upgrade that was voted waits 14 days unless --upgrade-delay says otherwise; a vote is open for 7 days.
`;

const say = (text: string) => process.stdout.write(`tradeproof: ${text}\n`);

/** `npm run deploy`: once a consortium. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rpc: { type: 'string' },
      dir: { type: 'string' },
      out: { type: 'string' },
      'upgrade-delay': { type: 'string', default: String(14 * DAY) },
      'voting-period': { type: 'string', default: String(7 * DAY) },
    },
  });
  const dir = folderFrom(values.dir, '.data/production');
  const out = folderFrom(values.out, join(dir, 'deployments'));
  const cards = positionals.map((path) => fromCaller(path));
  const rpcUrl = endpointOf(values.rpc);
  if (!rpcUrl) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
    return;
  }
  const upgradeDelay = whole(values['upgrade-delay'], '--upgrade-delay (seconds)');
  const votingPeriod = whole(values['voting-period'], '--voting-period (seconds)');
  say(`an upgrade that was voted will wait ${upgradeDelay} s, and a vote will be open for ${votingPeriod} s`);
  const path = await deployFounding({ rpcUrl, dir, out, cards, upgradeDelay, votingPeriod }, say);
  say(`written: ${path} and the trust file beside it; compare both with what another member reads from its own node`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`tradeproof: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
