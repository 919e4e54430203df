import { randomBytes } from 'node:crypto';
import { AbiCoder, Interface, type ParamType } from 'ethers';
import { builtContract } from '../../../scripts/lib/artifacts.js';
import { CONTRACT_NAMES } from '../kernel/contract-events.generated.js';
import { type Hex, toHex } from '../kernel/hex.js';
import { Contracts } from './contracts.js';
import { EVENT_DECODERS } from './event-decoders.generated.js';
import { LogDecoder } from './log-decoder.js';
import { plainFields } from './plain-value.js';

const contracts = Object.fromEntries(
  CONTRACT_NAMES.map((name) => [name, { address: toHex(randomBytes(20)), implementation: '0x', codeHash: '0x' }]),
);
const registry = new Contracts({ contracts } as never);
const decoder = new LogDecoder(registry);
const block = { number: 7, timestamp: 1_795_000_000 } as never;

function sample(type: ParamType): unknown {
  if (type.isArray())
    return Array.from({ length: type.arrayLength! > 0 ? type.arrayLength! : 3 }, () => sample(type.arrayChildren));
  if (type.baseType === 'bool') return randomBytes(1)[0]! > 127;
  if (type.baseType === 'string') return 'Lieferant Ä "quoted" \\ 供应商';
  if (type.baseType === 'bytes') return toHex(randomBytes(48));
  if (type.baseType === 'address') return toHex(randomBytes(20));
  const size = Number(/\d+$/.exec(type.baseType)![0]);
  if (type.baseType.startsWith('bytes')) return toHex(randomBytes(size));
  return BigInt(toHex(randomBytes(Math.min(size / 8, 6))));
}

const events = CONTRACT_NAMES.flatMap((contract) => {
  const parsed = new Interface(builtContract(contract).abi);
  return parsed.fragments
    .filter(({ type }) => type === 'event')
    .map((fragment) => ({ contract, fragment: parsed.getEvent(fragment.format())!, abi: parsed }));
});

function logOf({ contract, fragment, abi }: (typeof events)[number]) {
  const values = fragment.inputs.map(sample);
  const { topics, data } = abi.encodeEventLog(fragment, values) as { topics: Hex[]; data: Hex };
  const position = { blockNumber: '0x7', blockHash: '0x', transactionHash: toHex(randomBytes(32)), logIndex: '0x1f' };
  return { log: { address: registry.address(contract), topics, data, ...position } as never, values };
}

describe('LogDecoder', () => {
  it.each(events.map((event) => [`${event.contract}.${event.fragment.name}`, event] as const))(
    'reads %s as ethers does',
    (_name, event) => {
      for (let round = 0; round < 20; round++) {
        const { log, values } = logOf(event);
        const { event: decoded, logIndex, blockTime } = decoder.decode(log, block);
        const expected = plainFields(event.fragment.inputs, values);
        for (const input of event.fragment.inputs) {
          // Wide integers are hex in events, since an event is kept as JSON.
          const value = expected[input.name];
          if (typeof value === 'bigint')
            expected[input.name] =
              input.baseType === 'uint256' ? AbiCoder.defaultAbiCoder().encode(['uint256'], [value]) : Number(value);
          if (Array.isArray(value))
            expected[input.name] = value.map((v: unknown) => (typeof v === 'bigint' ? Number(v) : v));
        }
        expect(decoded).toEqual({ name: event.fragment.name, contract: event.contract, args: expected });
        expect([logIndex, blockTime]).toEqual([31, 1_795_000_000]);
      }
    },
  );

  it('names the object whose history an event belongs to', () => {
    const event = events.find(({ fragment }) => fragment.name === 'OrderTagRegistered')!;
    const { log } = logOf(event);
    const decoded = decoder.decode(log, block);
    expect(decoded.object).toBe((decoded.event.args as { order: Hex }).order);
  });

  it('refuses an event that the contract does not declare, and data that is cut short', () => {
    const event = events.find(({ fragment }) => fragment.name === 'OrderPosted')!;
    const { log } = logOf(event);
    expect(() =>
      decoder.decode({ ...(log as object), address: registry.address('AccessGrants') } as never, block),
    ).toThrow('unknown event');
    expect(() => decoder.decode({ ...(log as object), topics: [toHex(randomBytes(32))] } as never, block)).toThrow(
      'unknown event',
    );
    const { data } = log as { data: Hex };
    expect(() => decoder.decode({ ...(log as object), data: data.slice(0, -2) } as never, block)).toThrow(
      'malformed event',
    );
    const named = events.find(({ fragment }) => fragment.name === 'MemberAdmitted')!;
    const long = logOf(named).log as { data: Hex };
    expect(() => decoder.decode({ ...long, data: long.data.slice(0, -64) } as never, block)).toThrow(
      'shorter than it says',
    );
  });

  it('has a decoder for every event of the contracts', () => {
    const topics = new Set(events.map(({ fragment }) => fragment.topicHash));
    expect(new Set(Object.keys(EVENT_DECODERS))).toEqual(topics);
  });

  it('reads text that PostgreSQL cannot store as what it can', () => {
    const event = events.find(({ fragment }) => fragment.name === 'EndpointChanged')!;
    const { topics, data } = event.abi.encodeEventLog(event.fragment, [7, 'https://a\0b.example']);
    const { log } = logOf(event);
    const { event: decoded } = decoder.decode({ ...(log as object), topics, data } as never, block);
    expect(decoded.args).toEqual({ member: 7, endpoint: 'https://a\ufffdb.example' });
  });
});
