import { type AddressInfo, createServer } from 'node:net';
import { anyPort, freePorts, isFree } from './ports.js';

describe('beside a port on which somebody listens', () => {
  const server = createServer();
  let taken: number;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    taken = (server.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('says that it is not free', async () => {
    expect(await isFree(taken)).toBe(false);
  });

  it('passes it over where others are counted out', async () => {
    const ports = await freePorts(taken, 3);
    expect(ports).toEqual([...new Set(ports)].sort((a, b) => a - b));
    expect(ports).toHaveLength(3);
    expect(ports[0]).toBeGreaterThan(taken);
  });

  it('hands out another, which is free', async () => {
    const port = await anyPort();
    expect(port).not.toBe(taken);
    expect(await isFree(port)).toBe(true);
  });
});

it('counts no ports out beyond the last', async () => {
  await expect(freePorts(65_536, 1)).rejects.toThrow('no 1 free ports above 65536');
});
