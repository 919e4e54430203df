import type { DiscoveryService } from '@nestjs/core';
import { EnvelopeHandlers } from '../../exchange/receiving/handlers.js';
import type { Hex } from '../../kernel/hex.js';
import { ReceiveOrderDocument } from './receive-order-document.js';

const ids = ['ab', 'cd', 'ef'].map((byte): Hex => `0x${byte.repeat(32)}`);

const discovery = { getProviders: () => [{ instance: {}, metatype: ReceiveOrderDocument }] };
const handlers = new EnvelopeHandlers(discovery as unknown as DiscoveryService);
handlers.onModuleInit();

const object = ids[0]!;
const carriedBy = (body: unknown, type = 'order.document') =>
  handlers.carriedBy({ type, object, body: JSON.stringify(body) });

it('files a letter with documents by all orders whose documents are in it, well formed or not', () => {
  const orders = ids.map((order) => ({ order, document: 'not base64!' }));
  expect(carriedBy({ orders, more: true })).toEqual(ids);
  expect(carriedBy({ orders: [{ order: 'none' }] })).toEqual([]);
  expect(carriedBy({ orders }, 'order.rumour')).toEqual([]);
  expect(handlers.carriedBy({ type: 'order.document', object, body: 'no JSON' })).toEqual([]);
  const many = Array.from({ length: 100_000 }, (_, n) => ({ order: `0x${n.toString(16).padStart(64, '0')}` }));
  expect(carriedBy({ orders: [...many, ...many] })).toHaveLength(2000);
});
