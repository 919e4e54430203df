import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An edge before a node that answers some requests itself, as `refuses` does, and passes on the rest. */
export async function edgeBefore(
  node: string,
  refuses: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean,
): Promise<{ url: string; close(): void }> {
  const server = createServer((incoming, outgoing) => {
    if (refuses(incoming, outgoing)) return;
    const { url = '/', method, headers } = incoming;
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

/** One that cuts the connection of what is larger, before it has read it. */
export const narrowEdge = (node: string, mostBytes: number) =>
  edgeBefore(node, ({ headers, socket }) => {
    const large = Number(headers['content-length']) > mostBytes;
    if (large) socket.destroy();
    return large;
  });
