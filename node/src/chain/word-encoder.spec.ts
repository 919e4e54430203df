import { randomBytes } from 'node:crypto';
import { type FunctionFragment, Interface, type ParamType } from 'ethers';
import { CONTRACT_NAMES } from '../kernel/contract-events.generated.js';
import { toHex } from '../kernel/hex.js';
import { CONTRACT_ABIS } from './contract-abis.generated.js';
import { wordEncoder } from './word-encoder.js';

function sample(type: ParamType): unknown {
  if (type.isArray()) return Array.from({ length: 3 }, () => sample(type.arrayChildren));
  if (type.isTuple()) return Object.fromEntries(type.components.map((each) => [each.name, sample(each)]));
  if (type.baseType === 'bool') return randomBytes(1)[0]! > 127;
  if (type.baseType === 'address') return toHex(randomBytes(20));
  const size = Number(/\d+$/.exec(type.baseType)?.[0]);
  return type.baseType.startsWith('bytes') ? toHex(randomBytes(size)) : BigInt(toHex(randomBytes(size / 8)));
}

const functions = CONTRACT_NAMES.flatMap((contract) => {
  const abi = new Interface(CONTRACT_ABIS[contract]);
  const fragments = abi.fragments.filter(({ type }) => type === 'function') as FunctionFragment[];
  return fragments.map((fragment) => ({ name: `${contract}.${fragment.name}`, abi, fragment }));
});
const encoderOf = (signature: string) => wordEncoder(new Interface([signature]).fragments[0] as FunctionFragment);

describe('calls encoded word by word', () => {
  const encodable = functions.filter(({ fragment }) => wordEncoder(fragment));

  it('are those of the bulk entry points and most others', () => {
    const names = encodable.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['OrderRegistry.postMany', 'OrderRegistry.acceptMany', 'OrderRegistry.recordMany']),
    );
  });

  it.each(encodable)('$name is as ethers has it', ({ abi, fragment }) => {
    for (let i = 0; i < 5; i++) {
      const args = fragment.inputs.map(sample);
      expect(wordEncoder(fragment)!(args)).toBe(abi.encodeFunctionData(fragment, args));
    }
  });

  it('are left to ethers where a value takes more than a word', () => {
    expect(encoderOf('function f(string name)')).toBeNull();
    expect(encoderOf('function f(bytes32 a, bytes data)')).toBeNull();
    expect(encoderOf('function f((bytes32 a, bytes b)[] items)')).toBeNull();
    expect(encoderOf('function f(bytes32[2] pair)')).toBeNull();
    expect(encoderOf('function f(bytes32[] one, bytes32 other)')).toBeNull();
    expect(encoderOf('function f(int8 x)')).toBeNull();
  });

  it.each([
    ['function f(uint8 x)', [256]],
    ['function f(uint8 x)', [-1]],
    ['function f(uint40 x)', [1.5]],
    ['function f(uint40 x)', ['1']],
    ['function f(bytes32 x)', [`0x${'00'.repeat(31)}`]],
    ['function f(bytes32 x)', [`0x${'zz'.repeat(32)}`]],
    ['function f(address x)', [undefined]],
    ['function f(uint8 x)', []],
  ])('%s refuses %p', (signature, args) => {
    expect(() => encoderOf(signature)!(args)).toThrow();
  });
});
