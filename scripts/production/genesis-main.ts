import { parseArgs } from 'node:util';
import { CHAMBERS, MEMBER_ROLES } from '../../node/src/members/domain/roles.js';
import { folderFrom, fromCaller } from '../lib/from-caller.js';
import { whole } from '../lib/whole.js';
import { checked, memberPlan } from './cards.js';
import { Founding } from './founding.js';
import { rehearse } from './rehearsal.js';

const USAGE = `npm run genesis -- <what> [--dir DIR]        DIR is .data/production unless given

  validator NAME HOST [PORT]     your validator's key (kept) and its card (give it to the others)
  member NAME --roles R,.. --chamber C --endpoint URL
                                 your node's secrets (kept, sealed) and your card
  deployer                       keystore of the account that deploys the registries
  chain [--chain-id N] [--block-period S] [CARD...]
                                 genesis.json and static-nodes.json from all validators' cards
  rehearsal [--local]            all of it at once, for docker-compose.yml on one machine; --local: for npm run production

  roles: ${Object.keys(MEMBER_ROLES).join(', ')}; chambers: ${CHAMBERS.join(', ')}
`;

const MOST_WORDS: Record<string, number> = { validator: 4, member: 2, deployer: 1, rehearsal: 1 };

/** First port of plain processes' nodes. */
const LOCAL_PORT = 4_500;

const say = (text: string) => process.stdout.write(`tradeproof: ${text}\n`);

/** `npm run genesis`: what a consortium is founded with. Nothing is asked of a network. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      dir: { type: 'string' },
      'chain-id': { type: 'string', default: '20261' },
      'block-period': { type: 'string', default: '2' },
      roles: { type: 'string' },
      chamber: { type: 'string', default: 'NONE' },
      endpoint: { type: 'string' },
      local: { type: 'boolean', default: false },
    },
  });
  const [what = '', name = '', host = '', port = '30303'] = positionals;
  const tooMuch = positionals[MOST_WORDS[what] ?? Infinity];
  if (tooMuch !== undefined) throw new Error(`'${tooMuch}' is a word too many`);
  const dir = folderFrom(values.dir, '.data/production');
  const founding = new Founding(dir);
  if (what === 'validator' && name && host) {
    say(`card: ${founding.validator(name, host, whole(port, 'a port'))}`);
  } else if (what === 'member' && name && values.endpoint) {
    const { chamber, endpoint, roles = '' } = values;
    say(`card: ${await founding.member(checked(memberPlan, { name, roles: roles.split(','), chamber, endpoint }))}`);
    say(`${dir}/${name}/admin holds the key that replaces all others: take it off this machine`);
  } else if (what === 'deployer') {
    say(`the registries will be deployed by ${await founding.deployer()}`);
  } else if (what === 'chain') {
    const cards = positionals.slice(1).map((path) => fromCaller(path));
    const [chainId, period] = [whole(values['chain-id'], 'a chain id'), whole(values['block-period'], 'seconds')];
    const { folder, warnings } = founding.chain(chainId, period, cards);
    say(`written: ${folder}; compare the files with another member's`);
    for (const warning of warnings) say(warning);
  } else if (what === 'rehearsal') {
    await rehearse(founding, say, { basePort: values.local ? LOCAL_PORT : undefined });
    say(`all of it is in ${dir}`);
  } else {
    process.stderr.write(USAGE);
    process.exitCode = 2;
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`tradeproof: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
