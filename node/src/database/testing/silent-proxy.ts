import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface SilentProxy {
  /** The server's URL, by way of this. */
  readonly url: string;
  /** From now on, or no longer, it is as if the host were gone: nothing passes, nothing is answered, nothing is closed. */
  silence(on: boolean): void;
  /** The same for connections that are made from now on. */
  silenceNew(on: boolean): void;
  close(): Promise<void>;
}

/** Passes bytes on between clients and the server at `target`, whose host can be made to vanish without a word. */
export async function silentProxy(target: string): Promise<SilentProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let [silent, silentToNew] = [false, false];
  const server = createServer({ allowHalfOpen: true }, (client) => {
    sockets.add(client.on('error', () => undefined));
    if (silent || silentToNew) return void client.pause();
    const upstream = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
    sockets.add(upstream.on('error', () => undefined));
    client.on('data', (bytes) => silent || upstream.write(bytes)).on('end', () => silent || upstream.end());
    upstream.on('data', (bytes) => silent || client.write(bytes)).on('end', () => silent || client.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    silence: (on) => (silent = on),
    silenceNew: (on) => (silentToNew = on),
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
