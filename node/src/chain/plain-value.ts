import type { ParamType } from 'ethers';

/** An ABI value as ethers decoded it, in this project's types: small integers as number, hex lower case, structs as objects. */
export function plainValue(type: ParamType, value: unknown): unknown {
  if (type.isArray()) return (value as unknown[]).map((item) => plainValue(type.arrayChildren, item));
  if (type.isTuple()) return plainFields(type.components, value as unknown[]);
  if (typeof value === 'bigint') return Number(/\d+$/.exec(type.baseType)?.[0]) <= 64 ? Number(value) : value;
  return typeof value === 'string' && type.baseType !== 'string' ? value.toLowerCase() : value;
}

/** The same for a list of named values. */
export function plainFields(types: readonly ParamType[], values: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(types.map((type, index) => [type.name || String(index), plainValue(type, values[index])]));
}
