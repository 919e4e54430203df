import { bareLayout, namespaceSlot, requireNamespace } from './storage-layout.js';

const variable = (slot: bigint | number, type = 't_bytes32') => ({
  astId: 7,
  contract: 'project/contracts/X.sol:X',
  label: '_salt',
  slot: String(slot),
  offset: 0,
  type,
});

it('computes the slot of a namespace as ERC-7201 gives it', () => {
  expect(namespaceSlot('example.main')).toBe(0x183a6125c38840424c4a85fa12bab2ab606c4b6d0e7cc73c0c06ba5300eab500n);
});

describe('a layout is refused', () => {
  it('when it is empty, since a snapshot of it could not fail', () => {
    expect(() => requireNamespace('X', { storage: [], types: null })).toThrow('is empty');
  });

  it('when it begins anywhere but at its namespace', () => {
    const base = namespaceSlot('tradeproof.storage.X');
    expect(() => requireNamespace('X', { storage: [variable(base)], types: {} })).not.toThrow();
    expect(() => requireNamespace('X', { storage: [variable(0)], types: {} })).toThrow('begins not at');
  });
});

it('leaves out what changes with the rest of the build', () => {
  const struct = { encoding: 'inplace', label: 'struct IX.Thing', numberOfBytes: '32', members: [variable(0)] };
  const mapping = {
    encoding: 'mapping',
    label: 'mapping(uint32 => struct IX.Thing)',
    numberOfBytes: '32',
    key: 't_uint32',
    value: 't_struct(Thing)812_storage',
  };
  const layout = bareLayout({
    storage: [variable(1, 't_mapping(t_uint32,t_struct(Thing)812_storage)')],
    types: { 't_struct(Thing)812_storage': struct, 't_mapping(t_uint32,t_struct(Thing)812_storage)': mapping },
  });
  expect(JSON.stringify(layout)).not.toMatch(/812|astId|project/);
  expect(layout.types).toHaveProperty('t_struct(Thing)_storage.members', [
    { label: '_salt', slot: '0', offset: 0, type: 't_bytes32' },
  ]);
});

it('refuses two structs that only their numbers tell apart', () => {
  const struct = { encoding: 'inplace', label: 'struct IX.Thing', numberOfBytes: '32' };
  expect(() =>
    bareLayout({
      storage: [variable(1)],
      types: { 't_struct(Thing)1_storage': struct, 't_struct(Thing)2_storage': struct },
    }),
  ).toThrow('two structs');
});
