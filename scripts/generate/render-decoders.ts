import type { EventFragment, ParamType } from 'ethers';
import type { ContractAbi } from './abis.js';
import { knownEvents } from './render-events.js';

const WORD = 64;

/** Where an event's history belongs, by parameter name, the first that it has. */
const OBJECTS = ['order', 'receivable', 'object', 'grant', 'proposal', 'key', 'entity', 'root'];

/** Hex digits that a value occupies at the end of its word, or at its start for bytesN. */
function slice(type: ParamType, source: string, start: number): string {
  const end = start + WORD;
  const text = (from: number, to: number) => `${source}.slice(${from}, ${to})`;
  if (type.baseType === 'bool') return `${source}.charCodeAt(${end - 1}) === 49`;
  if (type.baseType === 'address') return `\`0x\${${text(end - 40, end)}}\``;
  const bytes = /^bytes(\d+)$/.exec(type.baseType)?.[1];
  if (bytes) return `\`0x\${${text(start, start + 2 * Number(bytes))}}\``;
  const bits = /^uint(\d+)$/.exec(type.baseType)?.[1];
  if (!bits) throw new Error(`no decoder for ${type.type}`);
  return Number(bits) <= 64 ? `parseInt(${text(end - Number(bits) / 4, end)}, 16)` : `\`0x\${${text(start, end)}}\``;
}

const fixedLength = (type: ParamType) =>
  type.isArray() && type.arrayLength !== null && type.arrayLength > 0 ? type.arrayLength : 1;
const isDynamic = (type: ParamType) =>
  type.baseType === 'string' || type.baseType === 'bytes' || (type.isArray() && type.arrayLength === -1);

function dynamic(type: ParamType, start: number): string {
  if (type.baseType === 'string') return `stringAt(data, ${start})`;
  if (type.baseType === 'bytes') return `bytesAt(data, ${start})`;
  if (type.isArray() && type.arrayChildren.type === 'bytes32') return `wordsAt(data, ${start})`;
  throw new Error(`no decoder for ${type.type}`);
}

function decoder(fragment: EventFragment, contracts: readonly string[]): string {
  let topic = 0;
  let start = 2;
  let surplus = '===';
  const args = fragment.inputs.map((input) => {
    // A whole topic is the value: cutting it out would make a string that has to be hashed anew as a key.
    if (input.indexed && input.type === 'bytes32') return `${input.name}: topics[${++topic}]!`;
    if (input.indexed) return `${input.name}: ${slice(input, `topics[${++topic}]!`, 2)}`;
    const at = start;
    start += WORD * fixedLength(input);
    if (isDynamic(input)) {
      surplus = '>=';
      return `${input.name}: ${dynamic(input, at)}`;
    }
    if (!input.isArray()) return `${input.name}: ${slice(input, 'data', at)}`;
    const child = input.arrayChildren;
    const items = Array.from({ length: fixedLength(input) }, (_, index) => slice(child, 'data', at + WORD * index));
    return `${input.name}: [${items.join(', ')}]`;
  });
  const object = OBJECTS.find((name) =>
    fragment.inputs.some((input) => input.name === name && input.type === 'bytes32'),
  );
  return `'${fragment.topicHash}': {
    name: '${fragment.name}',
    contracts: [${contracts.map((name) => `'${name}'`).join(', ')}],
    object: ${object ? `'${object}'` : 'null'},
    shape: (topics, data) => topics.length === ${topic + 1} && data.length ${surplus} ${start},
    args: (${topic ? 'topics' : '_topics'}${start > 2 ? ', data' : ''}) => ({ ${args.join(', ')} }),
  }`;
}

/** chain/event-decoders.generated.ts */
export function renderDecoders(abis: readonly ContractAbi[]): string {
  const decoders = knownEvents(abis).map(({ fragment, contracts }) => decoder(fragment, contracts));
  const body = decoders.join(',\n  ');
  const helpers = ['bytesAt', 'stringAt', 'wordsAt'].filter((name) => body.includes(`${name}(`));
  return `
// Written by scripts/generate from the contracts' ABIs; npm run generate.
${helpers.length ? `import { ${helpers.join(', ')} } from './abi-tail.js';` : ''}
import type { EventDecoder } from './event-decoder.js';

/** By first topic. Values are cut out of the log's hex by position, without a walk over the ABI. */
export const EVENT_DECODERS: Readonly<Record<string, EventDecoder>> = {
  ${body},
};
`;
}
