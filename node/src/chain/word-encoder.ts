import type { FunctionFragment, ParamType } from 'ethers';
import type { Hex } from '../kernel/hex.js';

type Encode = (args: readonly unknown[]) => Hex;
type Write = (value: unknown) => string;

const WORD = 64;
const SIZED_HEX = /^0x[0-9a-f]+$/i;

/**
 * Encodes the calls of a function whose arguments are words, or one list of words or of records of words, as the bulk
 * entry points have it: ethers builds objects for each value, which takes 20 times as long. Null for any other function.
 */
export function wordEncoder({ selector, inputs }: FunctionFragment): Encode | null {
  const [only] = inputs;
  if (inputs.length === 1 && only!.isArray()) {
    const write = only!.arrayLength === -1 ? recordWriter(only!.arrayChildren) : null;
    if (!write) return null;
    return ([items]) => {
      const list = items as readonly unknown[];
      return `${selector}${number(32, 256)}${number(list.length, 256)}${list.map(write).join('')}` as Hex;
    };
  }
  const writers = allOf(inputs.map(wordWriter));
  if (!writers) return null;
  return (args) => {
    if (args.length !== writers.length) throw new TypeError(`${args.length} arguments for ${writers.length}`);
    return `${selector}${writers.map((write, i) => write(args[i])).join('')}` as Hex;
  };
}

function recordWriter(type: ParamType): Write | null {
  if (!type.isTuple()) return wordWriter(type);
  const fields = type.components.map(({ name }) => name);
  const writers = allOf(type.components.map(wordWriter));
  if (!writers) return null;
  return (record) =>
    writers.map((write, i) => write((record as Readonly<Record<string, unknown>>)[fields[i]!])).join('');
}

function wordWriter({ baseType }: ParamType): Write | null {
  if (baseType === 'bool') return (value) => number(value === true ? 1 : 0, 8);
  if (baseType === 'address') return (value) => digits(value, 20).padStart(WORD, '0');
  const [, kind, size] = /^(uint|bytes)(\d+)$/.exec(baseType) ?? [];
  if (kind === 'uint') return (value) => number(value, Number(size));
  if (kind === 'bytes') return (value) => digits(value, Number(size)).padEnd(WORD, '0');
  return null;
}

function number(value: unknown, bits: number): string {
  const whole = typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value));
  const text = whole && value >= 0 ? value.toString(16) : undefined;
  if (text === undefined || text.length > bits / 4) throw new RangeError(`no unsigned integer of ${bits} bits`);
  return text.padStart(WORD, '0');
}

function digits(value: unknown, bytes: number): string {
  const right = typeof value === 'string' && value.length === 2 + 2 * bytes && SIZED_HEX.test(value);
  if (!right) throw new TypeError(`not ${bytes} bytes as hex`);
  return value.slice(2).toLowerCase();
}

function allOf(writers: readonly (Write | null)[]): readonly Write[] | null {
  return writers.every((write) => write !== null) ? writers : null;
}
