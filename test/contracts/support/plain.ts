import type { ParamType, Result } from 'ethers';

/** An ABI value as tests like to compare it: integers up to 64 bits are numbers, tuples are objects. */
export type Plain = string | number | bigint | boolean | readonly Plain[] | { readonly [name: string]: Plain };

export function plainValues(types: readonly ParamType[], values: Result): Record<string, Plain> {
  return Object.fromEntries(types.map((type, i) => [type.name || String(i), plain(type, values[i])]));
}

export function plain(type: ParamType, value: unknown): Plain {
  if (type.isArray()) return (value as Result).toArray().map((each: unknown) => plain(type.arrayChildren, each));
  if (type.isTuple()) return plainValues(type.components, value as Result);
  const bits = /^u?int(\d+)$/.exec(type.type)?.[1];
  return bits && Number(bits) <= 64 ? Number(value) : (value as Plain);
}
