import { type Fragment, Interface } from 'ethers';
import { REGISTRIES } from '../deploy/artifacts.js';
import { builtContract } from '../lib/artifacts.js';
import { type GeneratedFiles, json, settle } from '../lib/generated.js';

/** What each registry promises to the outside, a line a function, event and error with the first bytes of its hash. */
const FOLDER = 'test/snapshots/abi';

const selector = (fragment: Fragment): string =>
  'selector' in fragment ? String(fragment.selector) : 'topicHash' in fragment ? String(fragment.topicHash) : '';

const files: GeneratedFiles = Object.fromEntries(
  REGISTRIES.map((name) => {
    const { fragments } = new Interface(builtContract(name).abi);
    const lines = fragments.map((fragment) => `${fragment.format('full')} ${selector(fragment)}`.trim());
    return [`${FOLDER}/${name}.json`, json(lines.sort())];
  }),
);
settle(files, FOLDER);
