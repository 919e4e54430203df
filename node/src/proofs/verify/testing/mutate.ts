import { keccak256Hex } from '../../../kernel/keccak.js';
import { canonicalJson } from '../canonical-json.js';

/** Numbers from a seed, so that a failure can be made again: mulberry32. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

type Random = ReturnType<typeof randomFrom>;
type Node = Record<string, unknown> | unknown[];

const BYTE_EDITS = ['flip', 'replace', 'swap', 'cut', 'delete', 'repeat', 'insert'] as const;
const MEANING_EDITS = [
  'digit',
  'number',
  'text',
  'remove',
  'double',
  'exchange',
  'null',
  'empty',
  'graft',
  'add',
] as const;

/** A bundle's bytes after one edit, by a careless hand or by one that makes the digest fit again, and the edit's name. */
export function mutate(random: Random, file: string, other: string): { readonly name: string; readonly bytes: Buffer } {
  const careless = random(4) === 0;
  if (careless || random(3) === 0) {
    const name = BYTE_EDITS[random(BYTE_EDITS.length)]!;
    const bytes = editBytes(random, Buffer.from(file), name);
    return careless ? { name, bytes } : { name: `${name}, mended`, bytes: mended(bytes) ?? bytes };
  }
  const name = MEANING_EDITS[random(MEANING_EDITS.length)]!;
  const value = JSON.parse(file) as Record<string, unknown>;
  editMeaning(random, value, JSON.parse(other) as Node, name);
  return { name: `${name}, mended`, bytes: mended(Buffer.from(JSON.stringify(value))) ?? Buffer.from(file.slice(1)) };
}

function editBytes(random: Random, bytes: Buffer, name: (typeof BYTE_EDITS)[number]): Buffer {
  const at = random(bytes.length - 1);
  const end = Math.min(bytes.length, at + 1 + random(80));
  const edited = Buffer.from(bytes);
  if (name === 'flip') edited[at]! ^= 1 << random(8);
  else if (name === 'replace') edited[at] = '0123456789abcdef",:[]{}'.charCodeAt(random(23));
  else if (name === 'swap') [edited[at], edited[at + 1]] = [edited[at + 1]!, edited[at]!];
  else if (name === 'cut') return edited.subarray(0, at);
  else if (name === 'delete') return Buffer.concat([edited.subarray(0, at), edited.subarray(end)]);
  else if (name === 'repeat') return Buffer.concat([edited.subarray(0, end), edited.subarray(at)]);
  else return Buffer.concat([edited.subarray(0, at), Buffer.from([random(256)]), edited.subarray(at)]);
  return edited;
}

/** The same content in its one form with its digest, if it is JSON at all. */
function mended(bytes: Buffer): Buffer | null {
  try {
    const { digest: _, ...content } = JSON.parse(bytes.toString()) as Record<string, unknown>;
    return Buffer.from(canonicalJson({ ...content, digest: keccak256Hex(canonicalJson(content)) }));
  } catch {
    return null;
  }
}

interface Place {
  readonly parent: Node;
  readonly key: string;
  readonly path: string;
}

/** Every value in the tree by where it is. */
function places(parent: Node, path = ''): Place[] {
  return Object.keys(parent).flatMap((key) => {
    const value = (parent as Record<string, unknown>)[key];
    const here = { parent, key, path: `${path}/${key}` };
    return typeof value === 'object' && value !== null ? [here, ...places(value as Node, here.path)] : [here];
  });
}

const at = ({ parent, key }: Place): unknown => (parent as Record<string, unknown>)[key];
const set = ({ parent, key }: Place, value: unknown): void => {
  (parent as Record<string, unknown>)[key] = value;
};

function editMeaning(random: Random, root: Node, other: Node, name: (typeof MEANING_EDITS)[number]): void {
  const all = places(root).filter(({ path }) => path !== '/digest');
  const some = (wanted: (place: Place) => boolean): Place | undefined => {
    const found = all.filter(wanted);
    return found[random(Math.max(1, found.length))];
  };
  const inList = (place: Place): boolean => Array.isArray(place.parent);
  if (name === 'digit') {
    const place = some((each) => /^0x[0-9a-f]+$/.test(String(at(each))))!;
    const text = String(at(place));
    const digit = 2 + random(text.length - 2);
    set(
      place,
      text.slice(0, digit) + ((parseInt(text[digit]!, 16) + 1 + random(15)) % 16).toString(16) + text.slice(digit + 1),
    );
  } else if (name === 'number') {
    const place = some((each) => typeof at(each) === 'number')!;
    set(place, (at(place) as number) + (random(2) === 0 ? 1 : -1) * (1 + random(3)));
  } else if (name === 'text') {
    const place = some(
      (each) => /\/(value|path|name|kind|contract|format)$/.test(each.path) && typeof at(each) === 'string',
    )!;
    const text = String(at(place));
    set(place, random(2) === 0 ? `${text}0` : `${text.slice(0, -1)}${String.fromCharCode(33 + random(90))}`);
  } else if (name === 'remove') {
    const place = some(() => true)!;
    if (Array.isArray(place.parent)) place.parent.splice(Number(place.key), 1);
    else delete place.parent[place.key];
  } else if (name === 'double') {
    const place = some(inList)!;
    (place.parent as unknown[]).splice(Number(place.key), 0, structuredClone(at(place)));
  } else if (name === 'exchange') {
    const place = some((each) => inList(each) && (each.parent as unknown[]).length > 1)!;
    const list = place.parent as unknown[];
    const [a, b] = [Number(place.key), random(list.length)];
    [list[a], list[b]] = [list[b], list[a]];
  } else if (name === 'null')
    set(
      some(() => true)!,
      null,
    );
  else if (name === 'empty')
    set(
      some((each) => Array.isArray(at(each)) && (at(each) as unknown[]).length > 0)!,
      [],
    );
  else if (name === 'graft') {
    const theirs = places(other);
    const place = some(({ path }) => path !== '/digest')!;
    const found = theirs.filter(({ path }) => path === place.path || path.split('/').at(-1) === place.key);
    if (found.length > 0) set(place, structuredClone(at(found[random(found.length)]!)));
  } else {
    const place = some((each) => typeof at(each) === 'object' && at(each) !== null)!;
    const target = at(place) as Node;
    if (Array.isArray(target)) target.push(structuredClone(target[0] ?? '0x00'));
    else target[['extra', '__proto__', 'constructor', 'toString'][random(4)]!] = 1;
  }
}
