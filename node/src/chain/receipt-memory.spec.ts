import type { Hex } from '../kernel/hex.js';
import { ReceiptMemory } from './receipt-memory.js';
import type { RpcEndpoint } from './rpc-endpoint.js';

const [tx, block, other] = ['0x01', '0x02', '0x03'] as [Hex, Hex, Hex];
const [liar, honest] = ['liar', 'honest'].map((name) => ({ name }) as RpcEndpoint) as [RpcEndpoint, RpcEndpoint];
const receipt = (succeeded: boolean, blockHash = block) => ({ tx, block: 2, blockHash, succeeded, gasUsed: 21_000 });

it('blames whoever says that what was proven to fail succeeded', () => {
  const memory = new ReceiptMemory();
  memory.hold(honest, receipt(false));
  expect(() => memory.hold(liar, receipt(true))).toThrow('liar contradicts itself');
  memory.hold(honest, receipt(true, other));
});

it('does not blame who proves that what was said to succeed failed', () => {
  const memory = new ReceiptMemory();
  memory.hold(liar, receipt(true));
  memory.hold(honest, receipt(false));
  expect(() => memory.hold(liar, receipt(true))).toThrow('liar');
});
