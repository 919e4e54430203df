import type { ParamType } from 'ethers';

/** TypeScript type of an ABI value: numbers up to 64 bits (block numbers, times, counters), wider ones as 32-byte hex. */
export function tsType(type: ParamType, wide: 'Hex' | 'bigint' = 'Hex'): string {
  if (type.isArray()) return `readonly ${wrap(tsType(type.arrayChildren, wide))}[]`;
  if (type.isTuple()) {
    const fields = type.components.map((field) => `readonly ${field.name}: ${tsType(field, wide)}`);
    return `{ ${fields.join('; ')} }`;
  }
  if (type.baseType === 'bool') return 'boolean';
  if (type.baseType === 'string') return 'string';
  const bits = /^u?int(\d+)$/.exec(type.baseType)?.[1];
  if (bits === undefined) return 'Hex';
  return Number(bits) <= 64 ? 'number' : wide;
}

function wrap(type: string): string {
  return /[ |]/.test(type) && !type.startsWith('{') ? `(${type})` : type;
}
