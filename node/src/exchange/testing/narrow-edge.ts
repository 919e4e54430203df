import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An edge before a node that cuts the connection of what is larger, before it has read it, and passes on the rest. */
export async function narrowEdge(node: string, mostBytes: number): Promise<{ url: string; close(): void }> {
  const server = createServer((incoming, outgoing) => {
    const { url = '/', method, headers } = incoming;
    if (Number(headers['content-length']) > mostBytes) {
      incoming.socket.destroy();
      return;
    }
    const onward = request(new URL(url, node), { method, headers }, (answer) => {
      answer.pipe(outgoing.writeHead(answer.statusCode!, answer.headers));
    });
    onward.on('error', () => incoming.socket.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
