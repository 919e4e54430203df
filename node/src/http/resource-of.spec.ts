import { resourceOf } from './resource-of.js';

describe('the resource of a write', () => {
  const reads = new Set([
    '/v1/orders',
    '/v1/orders/:id',
    '/v1/orders/batches',
    '/v1/orders/batches/:root',
    '/v1/letters',
  ]);
  const of = (route: string) => resourceOf(route, (path) => reads.has(path));

  it.each([
    ['/v1/orders/:id/acceptance', '/v1/orders/:id'],
    ['/v1/orders/:id/changes/:version/acceptance', '/v1/orders/:id'],
    ['/v1/orders/:id', '/v1/orders/:id'],
    // Not their lists, nor an order that is called so.
    ['/v1/orders/batches/:root/answer', '/v1/orders/batches/:root'],
    ['/v1/letters/:id/retry', undefined],
    ['/v1/files/:grant/openings', undefined],
    ['/v1/orders', undefined],
    ['/v1/orders/bulk', undefined],
  ])('%s is %s', (route, resource) => {
    expect(of(route)).toBe(resource);
  });
});
